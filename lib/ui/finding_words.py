"""What a finding says, with the characters marked that made a value unreadable."""

from __future__ import annotations

from html import escape

import streamlit as st

from lib.filings.corrections import strange_characters
from lib.filings.lookalikes import unread_in
from lib.ui.source_lines import with_strange_html


def finding_words(where: str, rule: str, message: str) -> None:
    """A finding's sentence; what could not be read in type of one width, where look-alikes differ."""
    unread = unread_in(rule, message)
    if unread is None:
        st.text(message, width="stretch")
        return
    before, _, after = message.partition(f"“{unread}”")
    shown = with_strange_html(unread, strange_characters(where, unread))
    code = f"<code style=\"font-family:'IBM Plex Mono',Menlo,Consolas,monospace\">{shown}</code>"
    st.html(f'<p style="margin:0">{escape(before)}{code}{escape(after)}</p>', width="stretch")
