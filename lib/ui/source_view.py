"""The source of a filing as the person knows it, with the picked value's place marked."""

from __future__ import annotations

from typing import Final

import streamlit as st

from lib.filings.corrections import strange_characters
from lib.filings.lookalikes import unread_text
from lib.filings.record import Filing, Source
from lib.filings.words import where_in_words
from lib.store import Document
from lib.ui.narrow_screen import link_to_values
from lib.ui.page_image import Box, boxes_in, page_count, page_picture
from lib.ui.source_lines import Unread, as_html, listing
from lib.ui.words import plain

HEIGHT: Final = 720


def source_view(filing: Filing, document: Document, sha256: str, cell: str | None) -> None:
    """The PDF page as a picture, or the text with line numbers, at the place of ``cell``."""
    source = place_of(filing, cell)
    unread = unread_at(filing, cell)
    st.subheader("Source", anchor=False)
    link_to_values()
    if cell is None:
        st.caption("Pick a value in the tables to see where it stands.")
    elif source is None:
        st.caption(
            f"{plain(where_in_words(cell))}: the source has no place for it; it is empty or was inferred."
        )
    else:
        framed = "; what looks like another character is framed" if unread and unread.strange else ""
        st.caption(plain(f"{where_in_words(cell)}: {source.in_words()}{framed}"))
    if filing.container in {"pdf", "scan"}:
        _page(document, sha256, source, unread)
    else:
        _lines(document, filing, source, unread)


def place_of(filing: Filing, cell: str | None) -> Source | None:
    """The place of the value at a path of the record, else of the row or part it belongs to."""
    while cell:
        if cell in filing.sources:
            return filing.sources[cell]
        cell = cell.rpartition(".")[0]
    return None


def unread_at(filing: Filing, cell: str | None) -> Unread | None:
    """What stands at ``cell`` and could not be read."""
    text = unread_text(filing, cell) if cell else None
    return Unread(text, strange_characters(cell, text)) if cell and text else None


def _page(document: Document, sha256: str, source: Source | None, unread: Unread | None) -> None:
    pages = page_count(document.data, sha256)
    number = source.page if source and source.page else 1
    if pages > 1 and source is None:
        number = st.pagination(pages, key="source_page")
    number = min(number, pages)
    strange: tuple[Box, ...] = ()
    if source and source.box and unread and unread.strange:
        strange = boxes_in(
            document.data, sha256, number, source.box, unread.text, tuple(sorted(unread.strange))
        )
    picture = page_picture(document.data, sha256, number, source.box if source else None, strange)
    if picture.close_up:
        st.image(picture.close_up, width="stretch", alt="The marked place, enlarged")
    st.image(picture.whole, width="stretch", alt=f"Page {number} of {pages}")


def _lines(document: Document, filing: Filing, source: Source | None, unread: Unread | None) -> None:
    found = listing(document.data, filing.container, source, unread)
    whole = st.toggle("Whole document", key="whole_source")
    with st.container(height=HEIGHT, border=True, key="source_lines"):
        st.html(as_html(found, whole=whole))
