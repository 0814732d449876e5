"""The cells of a table in a dump in reading order: labels told from values, cells that ran together parted.

Converters print a column's cells below its label, so a label says from where on its column's cells may come.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lib.filings.form import TITLE_I, TITLE_II, Table, split_marks
from lib.filings.meaning import CODE, DATE, bare, is_marks, is_value
from lib.filings.readers.text_labels import HEAD_WORDS, LOWER_LABELS, numbered_labels
from lib.filings.readers.text_lines import Word, joined, words_of

Lines = Sequence[tuple[Word, ...]]

_NUMBERED: Final = re.compile(r"(\d{1,2}A?)\.(?: |$)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ENDS_IN_MARK: Final = re.compile(r"\S\(\d{1,2}\)$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that no blank line parts, and the page they stand on."""

    lines: tuple[tuple[Word, ...], ...]
    page: int = 0

    @property
    def words(self) -> list[Word]:
        """All words in order."""
        return [word for line in self.lines for word in line]

    @property
    def texts(self) -> list[str]:
        """The lines as they stand."""
        return [" ".join(word.text for word in line) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that came loose. ``closed`` are the columns whose label stands further down on its page."""

    lines: tuple[tuple[Word, ...], ...]
    page: int
    closed: frozenset[str] = frozenset()
    below: str = ""
    """The column of the last label before it."""

    @property
    def text(self) -> str:
        """The cell's words, its lines joined."""
        return joined(" ".join(w.text for w in line) for line in self.lines)


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """The blocks of a dump; a form feed begins a page."""
    blocks: list[Block] = []
    current: list[tuple[Word, ...]] = []
    page = 0
    for number, line in enumerate([*lines, ""], 1):
        words = tuple(words_of(line, number))
        if current and (not words or "\f" in line):
            blocks.append(Block(tuple(current), page))
            current = []
        page += "\f" in line
        if words:
            current.append(words)
    return blocks


def cells_of(table: Table, form: str, blocks: Sequence[Block]) -> list[Cell]:
    """The cells among the blocks of a table, without titles and labels, in their order."""
    lower, numbered = LOWER_LABELS[table], numbered_labels(table, form)
    numbered = {n: column for n, column in numbered.items() if column not in lower.values()}
    found: list[Cell | tuple[int, str]] = []
    titles = _whole_titles(blocks)
    page = -1
    for block in blocks:
        lines = [line for line, text in zip(block.lines, block.texts, strict=True) if not _is_title(text)]
        lines, labels = _unlabelled(lines, lower, numbered)
        found += [(block.page, label) for label in labels]
        for part in _by_kind(lines):
            found += [
                Cell(tuple(cell), block.page) for cell in _parted(part, titles, block.page > max(page, 0))
            ]
            page = block.page
    return _placed_below(found)


def _placed_below(found: Sequence[Cell | tuple[int, str]]) -> list[Cell]:
    """The cells, each with the labels that are still to come on its page; a V without a trade is a label."""
    cells: list[Cell] = []
    for n, item in enumerate(found):
        if not isinstance(item, Cell):
            continue
        if item.text == "V" and not _after_code(found[max(n - 2, 0) : n]):
            continue
        coming = (x for x in found[n + 1 :] if not isinstance(x, Cell) and x[0] == item.page)
        before = (x[1] for x in reversed(found[:n]) if not isinstance(x, Cell) and x[0] == item.page)
        seen = {x[1] for x in found[:n] if not isinstance(x, Cell) and x[0] == item.page}
        closed = frozenset(label for _, label in coming) - seen
        cells.append(Cell(item.lines, item.page, closed, next(before, "")))
    return cells


def _after_code(before: Sequence[Cell | tuple[int, str]]) -> bool:
    texts = [bare(x.text) if isinstance(x, Cell) else "" for x in before]
    return len(texts) == 2 and bool(DATE.fullmatch(texts[0]) and CODE.fullmatch(texts[1]))


def _is_title(text: str) -> bool:
    return bool(TITLE_I.search(text) or TITLE_II.search(text) or text.startswith("(e.g., puts"))


def _unlabelled(
    lines: list[tuple[Word, ...]], lower: dict[str, str], numbered: dict[str, str]
) -> tuple[list[tuple[Word, ...]], list[str]]:
    """The lines of a block after its labels, and the columns of those labels."""
    texts = [" ".join(w.text for w in line) for line in lines]
    start = 0
    while start < len(lines) and all(w.text in HEAD_WORDS for w in lines[start]):
        start += 1
    head = "".join("".join(texts[:start]).split()).lower()
    first = _NUMBERED.match(texts[0]) if texts else None
    if first:
        column = numbered.get(first[1])
        return lines[start:], [column] if column else []
    if start == len(lines) and head in lower:
        return [], [lower[head]] if head != "v" else []
    whole = start == len(lines) and not all(is_value(w.text) for line in lines for w in line)
    return ([] if whole and head not in {"a", "d", "i", "v"} else lines), []


def _whole_titles(blocks: Iterable[Block]) -> frozenset[str]:
    """The words of blocks that hold words alone, by which titles that ran into another cell are known."""
    said = [" ".join(block.texts) for block in blocks]
    whole = {text for text in said if len(text) > 4 and not is_value(text)}
    # What is said with marks more than once is a cell's words, too.
    times = Counter(split_marks(text)[0] for text in said)
    return frozenset(whole | {text for text, count in times.items() if count > 1 and text.count(" ")})


def _by_kind(lines: Sequence[tuple[Word, ...]]) -> list[list[tuple[Word, ...]]]:
    """A block's lines in cells: values are cells of their own, lines of words go together."""
    cells: list[list[tuple[Word, ...]]] = []
    words_open = False
    par = any(w.text == "value" for line in lines for w in line)
    for n, line in enumerate(lines):
        marks = all(is_marks(w.text) for w in line)
        values = all(is_value(w.text) for w in line) or (len(line) == 1 and line[0].text in {"A", "D", "I"})
        text = line[0].text
        # "Class" / "A" / "Common Stock", "$0.01" / "par value" and "Trust" / "2007" are words of one cell.
        within = (par and text.startswith("$")) or (
            words_open and ((len(text) == 1 and n + 1 < len(lines)) or bool(_YEAR.fullmatch(bare(text))))
        )
        if marks and cells and not is_marks("".join(w.text for w in cells[-1][-1])):
            cells[-1].append(line)
        elif values and not within:
            cells += [[(word,)] for word in line]
            words_open = False
        elif words_open:
            cells[-1].append(line)
        else:
            cells.append([line])
            words_open = True
    return cells


def _parted(lines: list[tuple[Word, ...]], titles: frozenset[str], cut: bool) -> list[list[tuple[Word, ...]]]:
    """Words of neighbouring rows that ran together, parted: after marks, between twins, between known titles.

    ``cut`` tells that a page begins here, so the first of them may be the end of any cell.
    """
    texts = [" ".join(w.text for w in line) for line in lines]
    if len(lines) < 2 or all(is_value(text) for text in texts):
        return [lines]
    for n in range(1, len(lines)):
        before, rest = " ".join(texts[:n]), " ".join(texts[n:])
        after_marks = _ENDS_IN_MARK.search(texts[n - 1]) and not is_marks(texts[n].replace(" ", ""))
        twin = n > 1 and n * 2 == len(lines) and before == rest
        if (
            after_marks
            or twin
            or (before in titles and _ENDS_IN_MARK.search(rest) and rest.count(" ") > 1 and rest[0].isupper())
            or (rest in titles and (cut or before in titles or before[-1] in ')"”') and before != rest)
        ):
            return [lines[:n], *_parted(lines[n:], titles, False)]
    return [lines]
