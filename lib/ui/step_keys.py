"""Keys that step through values, each press counted.

A button's own shortcut loses presses: those that come before the server has begun with the last one are one
click to it. So the browser keeps the presses until the server has told that it has seen them, also those of the
moment in which the page takes the component away and puts it back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

_KEY: Final = "step_keys"
_SEEN: Final = "step_keys_seen"
_HTML: Final = "<p>Keys: <kbd>N</kbd> next value, <kbd>P</kbd> previous value</p>"
_CSS: Final = """
p { color: var(--st-text-color); font: 0.85rem var(--st-font); margin: 0; opacity: 0.75 }
kbd { border: 1px solid var(--st-border-color); border-radius: 3px; font: inherit; padding: 0 0.3rem }
@media (hover: none) { p { display: none } }
"""
_JS: Final = """
export default function ({ data, setStateValue }) {
  const kept = (window.stakelineStepKeys ??= { waiting: [], last: 0, sent: 0 });
  const lately = Date.now() - 2000;
  kept.waiting = kept.waiting.filter(([n]) => n > data.done && (n <= kept.sent || n > lately));
  const send = () => {
    kept.sent = kept.last;
    setStateValue("waiting", [...kept.waiting]);
  };
  kept.send = send;
  kept.press ??= (event) => {
    const by = { n: 1, p: -1 }[event.key.toLowerCase()];
    const at = event.composedPath()[0];
    const writes = at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));
    if (!by || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    kept.last = Math.max(kept.last + 1, Date.now());
    kept.waiting.push([kept.last, by]);
    kept.send?.();
  };
  document.addEventListener("keydown", kept.press);
  if (kept.waiting.some(([n]) => n > kept.sent)) setTimeout(send);
  return () => {
    if (kept.send === send) kept.send = null;
  };
}
"""


def step_keys(go: Callable[[int], None]) -> None:
    """Listen for N and P, and call ``go`` with how many steps forward the presses since the last time make.

    A further press may end the run wherever it asks for the session's state: so ``go`` asks first, and then changes
    what it has to change at once.
    """
    seen = _seen()
    _mounted()(key=_KEY, data={"done": seen.last}, on_waiting_change=lambda: take_steps(go))


def take_steps(go: Callable[[int], None]) -> None:
    """Go as many steps as there are presses, pairs of a number and a step, that were not counted before."""
    seen = _seen()
    waiting: Any = getattr(st.session_state[_KEY], "waiting", None) or []
    fresh = [(int(number), int(by)) for number, by in waiting if number > seen.last]
    if by := sum(1 if by > 0 else -1 for _, by in fresh):
        go(by)
    seen.last = max((number for number, _ in fresh), default=seen.last)


@dataclass
class _Seen:
    """The number of the last press that was counted."""

    last: int = 0


def _seen() -> _Seen:
    seen: _Seen = st.session_state.setdefault(_SEEN, _Seen())
    return seen


@st.cache_resource(show_spinner=False)
def _mounted() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "stakeline_step_keys", html=_HTML, css=_CSS, js=_JS
    )
    return mount
