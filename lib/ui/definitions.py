"""Terms with what they mean, as one piece of HTML: a page of dozens draws at once instead of one by one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

_FAINT = "opacity:.72;font-size:.9rem"


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Short facts beside each other, each under its name."""
    shown = "".join(
        f'<div><dt style="{_FAINT};font-weight:400;margin:0;padding:0">{escape(name)}</dt>'
        f'<dd style="margin:0;padding:0;overflow-wrap:anywhere">{escape(value)}</dd></div>'
        for name, value in pairs
    )
    st.html(f'<dl style="display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0;padding:0">{shown}</dl>')


def definitions(
    pairs: Iterable[tuple[str, str, str]], *, title: str | None = None, term_width: str = "2.2rem"
) -> None:
    """A list of (term, text, source of the text), the sources smaller and none where they are empty."""
    shown = "".join(
        f'<dt style="font-weight:400;margin:0;padding:0">{escape(term)}</dt>'
        f'<dd style="margin:0;padding:0;overflow-wrap:anywhere">{escape(text)}'
        + (f'<br><span style="{_FAINT}">{escape(source)}</span>' if source else "")
        + "</dd>"
        for term, text, source in pairs
    )
    head = f'<p style="font-weight:600;margin:0 0 .3rem">{escape(title)}</p>' if title else ""
    st.html(
        f'{head}<dl style="display:grid;grid-template-columns:{term_width} 1fr;'
        f'gap:.45rem .9rem;margin:0;padding:0">{shown}</dl>'
    )
