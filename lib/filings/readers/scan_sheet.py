"""From a picture to a ``Sheet``: words with the geometry of type, in reading order, labels put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lib.filings.readers.scan import DOUBTED, TICK, Doubt
from lib.filings.readers.scan_labels import numbered, with_labels
from lib.filings.readers.scan_layout import CAPITAL, Layout, Line, Spot, layout_of
from lib.filings.readers.scan_letters import mended, seams
from lib.filings.readers.scan_picture import POINT, Gray, Picture
from lib.filings.readers.scan_prose import in_english, vocabulary
from lib.filings.readers.scan_ticks import ticks
from lib.filings.readers.scan_words import DISAGREE, Reading, read_words
from lib.filings.readers.sheet import Box, Rule, Sheet, Word

SMALL_LETTER = 0.48
"""Height of letters such as x as a share of the type size."""
ABOVE, BELOW = 0.9, 0.21
"""What type takes above and below its base line, as shares of its size, as PDFs give it."""
RAISED_SIZE = 0.7
AROUND_ONE = 0.28
"""Share of its height by which a 1 stands off from its neighbours at most."""
_CUT = re.compile(r"[\d($.,/] 1|1 [\d).,/]")
_REST_OF_MARK = re.compile(r"\(?\d{1,2}\)(?:\(\d{1,2}\))*")
WITHIN_INITIALS = 0.22
_INITIALS = re.compile(r"[A-Z]\. [A-Z]\.")
_SMALL = frozenset("acegmnopqrsuvwxyz.,;:-")


def sheet_of(picture: Picture) -> tuple[Sheet, list[Doubt]]:
    """The page's words and rules, and the words that were hard to read."""
    layout = layout_of(picture.gray)
    read = dict(read_words(layout))
    pieces = [_joined(_words(line, read[line], layout.gray)) for line in _in_order(list(read), layout)]
    words: list[Word] = []
    doubts: list[Doubt] = []
    number: int | None = None
    known = vocabulary(pieces)
    for found in (in_english(piece, known, pieces[n + 1 : n + 4]) for n, piece in enumerate(pieces)):
        kept, labelled = with_labels([word for word, _ in found])
        number, kept = numbered(number, kept)
        words += [word for word in kept if word.text]
        doubts += [
            Doubt(picture.number, (w.x0, w.top, w.x1, w.bottom), w.text, sure)
            for n, (w, sure) in enumerate(found)
            if sure < DOUBTED and n >= labelled
        ]
    for box in ticks(picture.gray):
        if not any(word.text.strip("[]") == "X" and _within(word, box) for word in words):
            words.append(Word("X", box[0], box[1], box[2], box[3], box[3] - box[1], True))
            doubts.append(Doubt(picture.number, box, TICK, DISAGREE))
    return Sheet(
        picture.number, picture.width, picture.height, words, layout.horizontal, layout.vertical
    ), doubts


def _within(word: Word, box: Box) -> bool:
    return box[0] <= word.center <= box[2] and box[1] <= word.middle <= box[3]


def _size(line: Line, readings: Sequence[Reading]) -> float:
    """The type size in pixels. A line of small letters only is of larger type than it looks."""
    text = "".join(r.text for spot, r in zip(line.spots, readings, strict=True) if not spot.raised)
    small = bool(text) and set(text) <= _SMALL
    return line.size * CAPITAL / SMALL_LETTER if small else line.size


def _words(line: Line, readings: Sequence[Reading], gray: Gray) -> Iterator[tuple[Word, float]]:
    """Words with the place that their type takes, not only its ink, and how sure each is.

    Where nothing can be read the word has no text.
    """
    size = _size(line, readings)
    for spot, reading in _pieces(line, readings, gray):
        top, bottom, height = line.base - ABOVE * size, line.base + BELOW * size, (ABOVE + BELOW) * size
        if spot.raised:
            top, bottom, height = spot.top, spot.bottom, RAISED_SIZE * height
        left, right = spot.x0 / POINT, spot.x1 / POINT
        word = Word(reading.text, left, top / POINT, right, bottom / POINT, height / POINT, spot.spaced)
        yield word, reading.confidence


def _pieces(line: Line, readings: Sequence[Reading], gray: Gray) -> Iterator[tuple[Spot, Reading]]:
    """Words as their shapes mend them, parted where two are one."""
    for spot, read in zip(line.spots, readings, strict=True):
        reading = mended(read, spot, line, gray)
        start, left, spaced = 0, spot.x0, spot.spaced
        for n, end, begin in seams(reading, spot, line, gray):
            part = replace(reading, text=reading.text[start:n])
            yield replace(spot, x0=left, x1=end, spaced=spaced), part
            start, left, spaced = n, begin, True
        yield replace(spot, x0=left, spaced=spaced), replace(reading, text=reading.text[start:])


def _joined(words: Iterable[tuple[Word, float]]) -> list[tuple[Word, float]]:
    """Words put together that the paper around a narrow 1, or after a point, cut: ``(1`` and ``)``."""
    found: list[tuple[Word, float]] = []
    for word, sure in words:
        if found and _is_cut(found[-1][0], word):
            before, least = found.pop()
            opened = before.text.endswith("(") and word.text.startswith("(")
            text = before.text.removesuffix("(" * opened) + word.text
            found.append((replace(before, text=text, x1=word.x1), min(least, sure)))
        else:
            found.append((word, sure))
    return found


def _is_cut(one: Word, other: Word) -> bool:
    apart = other.x0 - one.x1
    if one.text.endswith("(") and _REST_OF_MARK.fullmatch(other.text):
        return apart < AROUND_ONE * one.size
    if one.bottom != other.bottom:
        return False
    if _INITIALS.fullmatch(f"{one.text[-2:]} {other.text[:2]}"):
        return apart < WITHIN_INITIALS * other.size
    return bool(_CUT.fullmatch(f"{one.text[-1:]} {other.text[:1]}")) and apart < AROUND_ONE * other.size


def _in_order(lines: Sequence[Line], layout: Layout) -> list[Line]:
    """Line pieces as a person reads them: cell by cell, in each from line to line."""
    cells: dict[Box, list[Line]] = {}
    for line in lines:
        cells.setdefault(_cell(line, layout.horizontal, layout.vertical), []).append(line)
    ordered: list[Line] = []
    for cell in sorted(cells, key=lambda box: (box[1], box[0])):
        rows: list[list[Line]] = []
        for line in sorted(cells[cell], key=lambda piece: piece.base):
            if rows and line.base - rows[-1][0].base < 0.4 * line.size:
                rows[-1].append(line)
            else:
                rows.append([line])
        ordered += [line for row in rows for line in sorted(row, key=lambda piece: piece.x0)]
    return ordered


def _cell(line: Line, horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> Box:
    """The rules nearest to the middle of a line piece, left, above, right and below."""
    x, y = (line.x0 + line.x1) / 2 / POINT, (line.top + line.bottom) / 2 / POINT
    beside = [r.at for r in vertical if r.start <= y <= r.end]
    left = max((at for at in beside if at <= x), default=0.0)
    right = min((at for at in beside if at > x), default=1e6)
    wide = [r.at for r in horizontal if r.start <= max(left, 20.0) + 3 and r.end >= min(right, x) - 3]
    return (
        left,
        max((at for at in wide if at <= y), default=0.0),
        right,
        min((at for at in wide if at > y), default=1e6),
    )
