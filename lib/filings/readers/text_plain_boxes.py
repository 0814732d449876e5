"""Further reporting persons' boxes in a dump in reading order, where they run in among the cells of Table II.

A box is a name above "(Last)", streets above "(Street)", and city, state and zip code above theirs. A converter
that reads down columns says the left cells of the table, then the boxes below them, then the rest of the table;
what is no label, no value and no title of a security between the labels of a box belongs to the box.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.filings.meaning import CODE, is_marks, is_value
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_boxes import unwrapped
from lib.filings.readers.text_head import NAME
from lib.filings.readers.text_labels import HEAD_WORDS
from lib.filings.readers.text_lines import Word, text_of
from lib.filings.readers.text_stream import Block
from lib.filings.readers.text_weave import is_nature, is_security
from lib.filings.record import Finding

_LABEL: Final = re.compile(r"\((?:Last|First|Middle|Street|City|State|Zip)\)")
_UNDER_NAME: Final = re.compile(r"\((?:Last|First|Middle)\)")
_STATE: Final = re.compile(r"[A-Z][A-Z0-9]|[0-9][A-Z]")
_ZIP: Final = re.compile(
    r"\d{5}(?:-?\d{4})?|(?=.*\d)[A-Z0-9]{2,4}[ -]\d[A-Z0-9]{1,4}|\d{4} [A-Z]{2}|[A-Z]{2}\d{2}|[A-Z]-\d{4}"
)
_STREET: Final = re.compile(
    r"^\d|^(?:ONE|TWO|THREE) |C/O|\b(?:FLOOR|SUITE|STREET|ROAD|AVENUE|BOX)\b", re.IGNORECASE
)


@dataclass
class _Box:
    name: list[Word] = field(default_factory=list)
    streets: list[Sequence[Word]] = field(default_factory=list)
    city: list[Word] = field(default_factory=list)
    state: list[Word] = field(default_factory=list)
    code: list[Word] = field(default_factory=list)
    stage: str = "name"
    late: bool = False
    """Whether a part of it stood below the next box's label."""


class LaterBoxes:
    """Takes the blocks below Table I or II in order; ``into`` sets down the owners found."""

    def __init__(self) -> None:
        self._boxes: list[_Box] = []
        self._named = False

    def rest(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks that are no part of a box, with the boxes taken out."""
        rest: list[Block] = []
        for block in blocks:
            lines = self._taken(block)
            if lines:
                rest.append(Block(tuple(lines), block.page))
        return rest

    def _taken(self, block: Block) -> list[tuple[Word, ...]]:
        """Take a block's lines; returns those that belong to the table."""
        texts = block.texts
        labels = [n for n, text in enumerate(texts) if NAME.search(text) or _LABEL.match(text)]
        if not labels:
            if not self._wants(block):
                return [line for line, text in zip(block.lines, texts, strict=True) if text != "*"]
            self._words(block.lines, "")
            return []
        rest: list[tuple[Word, ...]] = []
        open_lines: list[tuple[Word, ...]] = []
        for line, text in zip(block.lines, texts, strict=True):
            if NAME.search(text):
                rest += open_lines
                open_lines = []
                self._named = True
            elif _LABEL.match(text):
                self._words(open_lines, text)
                open_lines = []
                self._label(text)
            elif text != "*" and (_is_cell(text) or all(w.text in HEAD_WORDS for w in line)):
                rest.append(line)
            elif text != "*":
                open_lines.append(line)
        if open_lines and self._named:
            self._words(open_lines, "")
        else:
            rest += open_lines
        return rest

    def _wants(self, block: Block) -> bool:
        """Whether a block without labels goes on with a box."""
        text = " ".join(block.texts)
        if not self._boxes and not self._named:
            return False
        if _ZIP.fullmatch(text):
            return any(not box.code for box in self._boxes)
        if _STATE.fullmatch(text):
            return any(not box.state for box in self._boxes)
        if _is_cell(block.texts[0]) or all(w.text in HEAD_WORDS for w in block.words):
            return False
        if text[-1] == ")" or is_nature(text) or (is_security(text) and not _STREET.search(text)):
            return False
        box = self._boxes[-1] if self._boxes else None
        done = box is None or bool(box.city)
        return (self._named and done and not _STREET.search(text)) or not done

    def _words(self, lines: Sequence[tuple[Word, ...]], label: str) -> None:
        """Take lines that stand above a label, or above none."""
        words: list[tuple[Word, ...]] = []
        for line in lines:
            text = " ".join(w.text for w in line)
            if _ZIP.fullmatch(text) and self._fill("code", line):
                continue
            if not (_STATE.fullmatch(text) and self._fill("state", line)):
                words.append(line)
        if not words:
            return
        box = self._boxes[-1] if self._boxes else None
        begins = _UNDER_NAME.match(label) or (not label and (box is None or (box.city and self._named)))
        if begins or box is None:
            if box is None or box.name:
                box = _Box()
                self._boxes.append(box)
            box.name += [w for line in words for w in line]
            box.stage, self._named = "street", False
        elif box.stage == "place" and label != "(Street)" and not box.city:
            box.city += [w for line in words for w in line]
        else:
            box.streets += words

    def _fill(self, part: str, line: Sequence[Word]) -> bool:
        """Give a state or zip code to the first box that lacks one."""
        box = next((box for box in self._boxes if not getattr(box, part)), None)
        if box is None:
            return False
        getattr(box, part).extend(line)
        box.late = box.late or self._named or box is not self._boxes[-1]
        return True

    def _label(self, text: str) -> None:
        if self._boxes and text == "(Street)":
            self._boxes[-1].stage = "place"

    def into(self, printed: Printed) -> None:
        """Every owner found, in order."""
        for box in self._boxes:
            where = f"reporting_owners[{len(printed.owners)}]"
            owner = PrintedOwner(name=text_of(box.name))
            owner.streets = unwrapped(box.streets, where, printed.findings)
            owner.city, owner.state, owner.zip_code = map(text_of, (box.city, box.state, box.code))
            printed.owners.append(owner)
            if box.late or not (box.name and box.streets and box.city and box.state and box.code):
                message = (
                    "The box ran in among the cells of a table; its parts were told by what they look like."
                )
                printed.findings.append(Finding("note", where, message, "text.address"))


def _is_cell(text: str) -> bool:
    """Whether a line is a cell of a table: a value, marks, a code or a letter."""
    if _ZIP.fullmatch(text) or (_STATE.fullmatch(text) and not CODE.fullmatch(text)):
        return False
    return all(is_value(x) or is_marks(x) or CODE.fullmatch(x) for x in text.split()) and "&" not in text
