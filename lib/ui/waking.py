"""An open page wakes by itself when its server has come back.

Streamlit gives a page that connects to a restarted server a session that has not run anything, and the first
click there would only start it. So the page asks for a run as soon as it is connected again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

_JS: Final = """
export default function ({ setStateValue }) {
  const app = document.querySelector("[data-testid=stApp]");
  const state = () => app.getAttribute("data-test-connection-state");
  let before = state();
  const watching = new MutationObserver(() => {
    const now = state();
    if (now === "CONNECTED" && before !== now) setStateValue("woken", Date.now());
    before = now;
  });
  watching.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  return () => watching.disconnect();
}
"""


def wake_after_restart() -> None:
    """Watch the connection; at the end of every page."""
    _mounted()(key="waking", on_woken_change=lambda: None)


@st.cache_resource(show_spinner=False)
def _mounted() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component("stakeline_waking", js=_JS)
    return mount
