"""What the inputs of the vesting page come to, worked out before any of it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import streamlit as st

from lib.plans.errors import ScenarioError
from lib.plans.term import Reason
from lib.ui.navigation import is_dark
from lib.ui.vesting_outcome import Outcome, outcome
from lib.ui.vesting_picture import Picture, picture
from lib.ui.vesting_scenario import SERVING, Course, Setup, make_scenario

_ANSWER: Final = "vesting_answer"


@dataclass(frozen=True)
class Answer:
    """What the inputs come to. ``found`` is null where no grant had been made, or where ``problems`` say why not."""

    setup: Setup
    course: Course
    dark: bool
    found: Outcome | None = None
    problems: tuple[str, ...] = ()

    @cached_property
    def picture(self) -> Picture | None:
        """The outcome over time; null without one."""
        if self.found is None:
            return None
        return picture(self.setup, self.course, self.found, dark=self.dark)


def answered(setup: Setup, course: Course) -> Answer:
    """Run the inputs, unless they are the ones that were run last."""
    last, dark = shown_answer(), is_dark()
    if last is not None and (last.setup, last.course, last.dark) == (setup, course, dark):
        return last
    try:
        if setup.problems:
            raise ScenarioError("\n".join(setup.problems))
        found = outcome(setup.terms, make_scenario(setup, course), setup.share_price)
        answer = Answer(setup, course, dark, found)
    except ScenarioError as error:
        answer = Answer(setup, course, dark, problems=tuple(str(error).splitlines()))
    st.session_state[_ANSWER] = answer
    return answer


def shown_answer() -> Answer | None:
    """The answer that the page shows, for what is done on a click; null before the first."""
    answer: Answer | None = st.session_state.get(_ANSWER)
    return answer


def known_course() -> Course | None:
    """The sliders as the session has them before they are drawn; null on a first visit, when the link may set them."""
    state = st.session_state
    if not all(state.get(key) for key in ("granted", "leaves", "service", "reason")):
        return None
    return Course(state["granted"], state["leaves"], reason())


def reason() -> Reason | None:
    """Why service ends; null while it goes on."""
    return None if st.session_state["service"] == SERVING else st.session_state["reason"]
