"""The outline of a plan document: its parts (plan, amendments, agreement forms), its clauses, and its sentences.

Clauses are found by their labels alone, so any numbering such as 5(e)(ii) or 6.5(a)(iv) comes out as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lib.plans.vesting_words import MONTHS

PartKind = str
_SECTION = re.compile(
    r"^\s{0,30}(?:SECTION|Section|ARTICLE|Article)?\s*(\d{1,2}(?:\.\d{1,2})*)\.?(?:\s{1,12}|\s*$)(?=[A-Z\"“(]|$)"
)
_ITEM = re.compile(r"^\s*\(([a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2}(?=\)\s*[A-Z\"“]))\)\s*(?=\S)")
_INLINE = re.compile(r"(?<![\w)(])\((i{1,3}|iv|v|vi{0,3}|[a-h]|[A-H])\)\s(?=\S)")
_REFERENCE = re.compile(
    r"(?:section|sections|paragraph|paragraphs|clause|clauses|subsection|item|exhibit|and|or|either)\s*$",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(
    r"^\s*(?:[A-Z]+ )?AMENDMENT\b(?! AND RESTATE)[^.]*$|^\s*Amendment (?:No|Number)\b[^.]*$"
)
_FORM = re.compile(r"\b(?:agreement|notice of grant)\b", re.IGNORECASE)
_DATE = rf"(?:{'|'.join(month.capitalize() for month in MONTHS)}|{'|'.join(month.upper() for month in MONTHS)}) \d{{1,2}}, \d{{4}}"
DATE = re.compile(rf"\b({_DATE})\b")
SKIPPED = 3
"""Sections that a document may leave out between two others."""
SKIPPED_IF_HEADED = 8
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ABBREVIATED = (
    r"(?<!\bInc\.)(?<!\bCorp\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bNo\.)(?<!\bCo\.)(?<!\bSec\.)(?<!\bU\.S\.)"
)
_SENTENCE_END = re.compile(rf"(?<=[.;]){_ABBREVIATED}\s+(?=[A-Z\"“(\[])")


@dataclass(frozen=True)
class Sentence:
    """A sentence with the clause it begins in, and the clauses of the items within it.

    ``lead`` is what introduces the list that the sentence is an item of, such as "expires upon the earliest of:".
    """

    text: str
    clause: str
    heading: str
    items: tuple[tuple[int, str], ...] = ()
    lead: str = ""

    @property
    def whole(self) -> str:
        """The sentence in lower case, with what introduces it."""
        return f"{self.lead} {self.text}".strip().lower()

    def clause_at(self, place: int) -> str:
        """The clause of a place in the sentence: that of the last item that begins before it."""
        number = bisect_right([start for start, _ in self.items], place) - 1
        return self.items[number][1] if number >= 0 else self.clause


@dataclass
class Block:
    """The text from one label to the next."""

    clause: str
    heading: str
    text: str


@dataclass
class Part:
    """A plan, an amendment or an agreement form within a document."""

    kind: PartKind
    heading: str
    blocks: list[Block] = field(default_factory=list)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in order; a sentence never runs past its label."""
        leads: dict[str, str] = {}
        for block in self.blocks:
            inline = _inline(block)
            place, running = 0, block.clause
            lead = leads.get(_above(block.clause), "")
            for text in _SENTENCE_END.split(block.text):
                start = block.text.index(text, place) if text else place
                place = start + len(text)
                items = tuple((at - start, clause) for at, clause in inline if start <= at < place)
                first = running
                running = (
                    (items[-1][1] if items else running) if text.rstrip().endswith(";") else block.clause
                )
                flat, shifted = _flat(text), _shifted(text, items)
                yield Sentence(
                    flat, items[0][1] if items and not items[0][0] else first, block.heading, shifted, lead
                )
                if items and items[0][0] and flat[: shifted[0][0]].endswith((":", "-", "—")):
                    lead = leads[block.clause] = flat[: shifted[0][0]]
            if block.text.rstrip().endswith((":", "—")):
                leads[block.clause] = _SENTENCE_END.split(_flat(block.text))[-1]

    def text(self) -> str:
        """All of its text."""
        return "\n".join(block.text for block in self.blocks)

    def under(self, clause: str) -> list[Block]:
        """The blocks of a clause and of those below it."""
        return [
            b for b in self.blocks if b.clause == clause or b.clause.startswith((f"{clause}(", f"{clause}."))
        ]


def _above(clause: str) -> str:
    """The clause that a clause is an item of."""
    return re.sub(r"\([^()]+\)$|\.\d+$", "", clause)


def _shifted(text: str, items: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """Places of items once white space has been folded."""
    return tuple((len(_flat(text[:at])), clause) for at, clause in items)


def _flat(text: str) -> str:
    """Text in one line, a compound that a line break split joined again."""
    return " ".join(re.sub(r"(?<=\w)-\n(?=[A-Z])", "-", text).split())


def parts_of(lines: list[str]) -> list[Part]:
    """The document's parts in order; the first is the plan, or an agreement form where there is nothing else."""
    parts: list[Part] = []
    heading: list[str] = []
    current = Part("plan", "")
    state = _Labels()
    before = ""
    for line in lines:
        if _AMENDMENT.match(line) and DATE.search(_title(line)) and current.blocks:
            parts.append(current)
            current, state, heading = Part("amendment", line.strip()), _Labels(), []
            current.blocks.append(Block("", "", ""))
            continue
        label = None if _refers(before, line) else state.read(line)
        before = line if line.strip() else before
        if (
            label is not None
            and label.name == "1"
            and current.blocks
            and (state.sections >= 2 or current.kind == "amendment")
        ):
            title = _heading(heading)
            if _FORM.search(title):
                parts.append(current)
                current, state = Part("form", title), _Labels()
                label = state.read(line)
        elif label is None and current.blocks and _is_form_title(line):
            parts.append(current)
            current, state = Part("form", line.strip()), _Labels()
            current.blocks.append(Block("", "", ""))
            heading = [line]
            continue
        if label is not None:
            state.take(label)
            rest = line[label.end :].strip()
            head = _head(rest)
            state.name(head)
            current.blocks.append(Block(state.clause(), state.heading(), rest))
            heading = []
        elif line.strip():
            heading = [*heading[-6:], line]
            if not current.blocks:
                current.blocks.append(Block("", "", ""))
            current.blocks[-1].text += ("\n" if current.blocks[-1].text else "") + line.strip()
            if current.kind == "amendment" and not state.stack:
                state.enter(current.blocks[-1].text)
        elif current.blocks and current.blocks[-1].text and not current.blocks[-1].text.endswith("\n"):
            current.blocks[-1].text += "\n"
    parts.append(current)
    if (
        len(parts) == 1
        and _FORM.search(_heading(lines[:30]))
        and not re.search(r"\bplan\s*$", _heading(lines[:12]), re.IGNORECASE | re.MULTILINE)
    ):
        parts[0].kind = "form"
    return parts


def _refers(before: str, line: str) -> bool:
    """Whether a label at the start of a line belongs to a reference that the line before began."""
    if re.match(r"\s*\([a-z]{1,4}\) (?:below|above|or|and|of this|hereof|shall)\b", line):
        return True
    return (
        _ITEM.match(line) is not None
        and _REFERENCE.search(before) is not None
        and re.search(r"(?:and|or|either)\s*$", before) is None
    )


def _title(line: str) -> str:
    """A line with its months in the case that dates are read in."""
    return re.sub(r"[A-Za-z]+", lambda m: m[0].capitalize() if m[0].lower() in MONTHS else m[0], line)


def _heading(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines if line.strip())[:600]


def _is_form_title(line: str) -> bool:
    text = line.strip()
    return (
        bool(text)
        and len(text) < 90
        and text == text.upper()
        and re.search(r"\bAGREEMENT\b", text) is not None
        and "WHEREOF" not in text
    )


def _head(rest: str) -> str:
    """The heading that a clause begins with, if its first words look like one."""
    found = re.match(
        r"((?:[A-Z][\w’'/(),&-]*|of|the|to|and|or|for|a|an|in|on|upon|by|with|from|as|is|takes|part|that|how|back|come|after)(?: |$)){1,12}?(?=[A-Z(\"“\[]|$)",
        rest.replace(". ", " . ", 1),
    )
    first = re.match(r"[^.]{2,90}\.(?=\s|$)", rest)
    if first and len(first[0].split()) <= 12:
        return first[0].rstrip(".")
    return found[0].strip() if found and rest.isupper() else ""


@dataclass(frozen=True)
class _Label:
    level: str
    name: str
    end: int
    restarts: bool = False


class _Labels:
    """The labels above the present line."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, str]] = []
        self.heads: dict[str, str] = {}
        self.sections = 0

    def read(self, line: str) -> _Label | None:
        """The label that a line begins with, null when none."""
        found = _SECTION.match(line)
        if found and self._follows(found[1], line[found.end() :]):
            return _Label("section", found[1], found.end(), found[1] == "1" and self.sections > 0)
        item = _ITEM.match(line)
        if item and self.stack:
            return _Label(self._level(item[1]), item[1], item.end())
        return None

    def enter(self, text: str) -> None:
        """Stand in the section that an amendment names, so that its items are labelled as in the plan."""
        found = re.search(r"[Ss]ection (\d{1,2}(?:\.\d{1,2})?)\b", text)
        if found:
            self.stack = [("section", found[1])]

    def _follows(self, number: str, rest: str) -> bool:
        """Whether a number can be the next section: the next one, one below it, the first again, or after a gap."""
        if "." in number:
            return True
        last = int(self.stack[0][1].partition(".")[0]) if self.stack else 0
        if int(number) in {last + 1, 1} or (int(number) == last and "." in self.stack[0][1]):
            return True
        titled = re.match(r"[A-Z\"“][^.]{2,70}\.?(?:\s|$)", rest) is not None
        headed = re.match(r"[A-Z][\w ,’'-]{2,40}\.(?:\s|$)", rest) is not None
        return titled and (
            last == 0 or last < int(number) <= last + (SKIPPED_IF_HEADED if headed else SKIPPED)
        )

    def _level(self, name: str) -> str:
        if name.isdigit():
            return "digit"
        if name.isupper():
            return "capital"
        letter = next((known for level, known in self.stack if level == "letter"), "")
        roman = next((known for level, known in self.stack if level == "roman"), "")
        if (
            name in _ROMANS
            and not (len(name) == 1 and letter and ord(name) == ord(letter[-1]) + 1 and not roman)
            and (name == "i" or roman or len(name) > 1)
        ):
            return "roman"
        return "letter"

    def take(self, label: _Label) -> None:
        """Make a label the lowest one."""
        if label.level == "section":
            self.sections += 1
            self.stack = [("section", label.name)]
            return
        levels = [level for level, _ in self.stack]
        if label.level in levels:
            self.stack = self.stack[: levels.index(label.level)]
        self.stack.append((label.level, label.name))

    def clause(self) -> str:
        """The clause in the way that plans cite it."""
        return "".join(name if level == "section" else f"({name})" for level, name in self.stack)

    def name(self, head: str) -> None:
        """The heading of the lowest label."""
        self.heads[self.clause()] = head

    def heading(self) -> str:
        """The headings of the label and of those above it."""
        written = [""] + [name if level == "section" else f"({name})" for level, name in self.stack]
        above = ["".join(written[: number + 1]) for number in range(1, len(written))]
        return " / ".join(filter(None, (self.heads.get(clause, "") for clause in above)))


def _inline(block: Block) -> list[tuple[int, str]]:
    """The items within a block, (i) and so on, as clauses; references to other clauses are none."""
    listed: list[tuple[int, str]] = []
    expected = ""
    for found in _INLINE.finditer(block.text):
        before = block.text[max(0, found.start() - 24) : found.start()]
        if re.search(
            r"(?:section|paragraph|clause|subsection|under|article)s?\s*(?:\d[\w.]*)?$", before, re.IGNORECASE
        ):
            continue
        name = found[1]
        if name in {"i", "a", "A"} or name == expected:
            listed.append((found.start(), f"{block.clause}({name})"))
            expected = _next_name(name)
    return listed


def _next_name(name: str) -> str:
    if name in _ROMANS:
        return _ROMANS[_ROMANS.index(name) + 1]
    return chr(ord(name) + 1)


def to_date(text: str) -> date:
    """A date in words as a date. Raises ValueError for one that is not on the calendar."""
    month, day, year = re.split(r"[ ,]+", text.strip())
    return date(int(year), MONTHS.index(month.lower()) + 1, int(day))


def dates_in(text: str) -> list[date]:
    """The dates that a text names, in order; impossible ones left out."""
    listed = []
    for found in DATE.finditer(" ".join(text.split())):
        try:
            listed.append(to_date(found[1]))
        except ValueError:
            continue
    return listed


def defined_dates(text: str) -> dict[str, date]:
    """Dates that the document gives a name, such as the "Restatement Date"."""
    flat = " ".join(text.split())
    listed: dict[str, date] = {}
    for found in re.finditer(rf"({_DATE})\s*\((?:the\s*)?[\"“]([^\"”]{{3,40}} Date)[\"”]", flat):
        listed.setdefault(found[2].lower(), to_date(found[1]))
    for found in re.finditer(
        rf"[\"“]([^\"”]{{3,40}} Date)[\"”],?\s*(?:means|shall mean|is)\s*(?:the date of [^.;]{{0,80}}?)?({_DATE})",
        flat,
    ):
        listed.setdefault(found[1].lower(), to_date(found[2]))
    for found in re.finditer(rf"\(Effective as of ({_DATE})\)", flat):
        listed.setdefault("effective date", to_date(found[1]))
    for found in re.finditer(
        rf"\b[Pp]lan (?:(?:shall|will) (?:become|be|take)|becomes|became|is|was|takes|took) effect(?:ive)? (?:on|as of) ({_DATE})",
        flat,
    ):
        listed.setdefault("effective date", to_date(found[1]))
    return listed
