"""The figures of the vesting page, as a person reads them off it."""

from __future__ import annotations

from lxml import html
from streamlit.testing.v1 import AppTest


def figures(at: AppTest) -> dict[str, str]:
    """The value of each figure by its name; none where the page shows none."""
    assert not at.exception
    bodies = [html.fromstring(one.proto.body) for one in at.get("html")]
    return {
        figure.find("dt").text: figure.find("dd").text
        for body in bodies
        for figure in body.iter("div")
        if figure.find("dd[@popover]") is not None
    }
