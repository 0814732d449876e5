"""Words that a converter cut at a cell's border or a line's end, made whole by the words of the same document.

A border takes the last letters of a cell's longest lines, and sets them down after the cell or not at all. A word is
completed only where the document, or the trade's own words, know exactly one that it can be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from lib.filings.form import Table, Text
from lib.filings.meaning import TITLES, WORDS
from lib.filings.printed import Printed
from lib.filings.readers.text_phrases import Phrases, names_security
from lib.filings.record import TABLES, Finding

TRADE_WORDS: Final = frozenset(
    """Attorney Fact fact President Vice Secretary Counsel Director Officer Managing Member Chief Executive Financial
    Power Trust Spouse Daughter Son Children Common Stock Class Ordinary Shares Share Units Unit Option Options Warrant
    Warrants Restricted Performance Preferred Series Employee Right Buy Footnote Footnotes footnote footnotes Custodian
    custodian Partners Partnership Holdings Investments Capital Fund Family Irrevocable Revocable Living Authorized
    Signatory General Partner partner Limited Company Manager Trustee trustee value share per par the for and with of By
    Phantom Deferred Director Convertible Note Notes Subscription Contract Forward Plan Spendthrift Foundation""".split()  # noqa: SIM905
)
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_SLASHES: Final = re.compile(r"(^|\s)(?:s/|/s)\s+(?=[A-Z])|^()/\s+(?=[A-Z])")
_IN_FACT: Final = re.compile(r"\b([Aa]ttorney)(?:-in | in-|--)([Ff]act)\b")
_OPEN_END: Final = re.compile(r"(?:,|\$[\d.]+|\b(?:par|value|per|of|to|and|Right|right))$")
_HYPHEN_BREAK: Final = re.compile(r"(?<=[A-Za-z])- (?=[A-Za-z](?!nd\b|r\b|o\b))")
_CITED: Final = re.compile(r"(?<=\w)(\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)) (\((?:\d{1,2}|[a-z]|[ivx]{1,4})\))")
_MAX_WORDS: Final = 400
_MOST_NATURES: Final = 200
"""Different natures of ownership that are held against each other; no form has more."""
_MOST_LOST: Final = 2
"""Letters or signs that the end of a line loses at most."""


def _known_words(texts: Iterable[str], printed: Printed) -> frozenset[str]:
    """The words that can be trusted to be whole: the trade's, those of the prose, and those of the boxes."""
    said = [*texts, *(o.name.text for o in printed.owners), printed.issuer_name.text]
    prose = Counter(word for text in said for word in _LETTERS.findall(text))
    cells = Counter(
        word for _, row in printed.rows for text in row.values() for word in _LETTERS.findall(text.text)
    )
    cells.update(word for note in printed.footnotes.values() for word in _LETTERS.findall(note.text))
    known = TRADE_WORDS | prose.keys()
    return known | {word for word, times in cells.items() if times > 1 and not _longer(word, known)}


def _longer(word: str, known: Iterable[str]) -> set[str]:
    """The known words of one letter more; a plural is another word, not a whole one."""
    return {x for x in known if len(x) == len(word) + 1 and x.startswith(word) and x[-1] not in "sS"}


def whole_words(text: str, known: frozenset[str]) -> str:
    """The text with its cut words whole, and without what both sides of a border show."""
    words = text.split()
    if len(words) > _MAX_WORDS:
        return text
    words = _rejoined(_once(words), known)
    return " ".join(_completed(word, known) for word in words)


def _once(words: list[str]) -> list[str]:
    """The words without a run that only says again, whole or cut, the run before it."""
    n = 0
    while n < len(words):
        for size in range(min(n, len(words) - n), 0, -1):
            run, again = words[n - size : n], words[n : n + size]
            cut = (
                run[:-1] == again[:-1] and run[-1].startswith(again[-1]) and (size > 1 or len(again[-1]) > 3)
            )
            if cut:
                words = words[:n] + words[n + size :]
                n -= 1
                break
        n += 1
    return words


def _rejoined(words: list[str], known: frozenset[str]) -> list[str]:
    """Letters that a border set down after a cell, given back to the words they end."""
    scraps = [
        n
        for n, w in enumerate(words)
        if w.isalpha() and w.islower() and (w != "a" if len(w) == 1 else len(w) == 2 and w not in known)
    ]
    for n in reversed(range(1, len(words))):
        if words[n - 1].isalpha() and words[n - 1] not in known and _bare(words[n - 1] + words[n]) in known:
            words[n - 1 : n + 1] = [words[n - 1] + words[n]]
            scraps = [m for m in scraps if m < n - 1]
    used: list[int] = []
    for n in scraps:
        to = next(
            (
                m
                for m, word in enumerate(words)
                if m not in scraps and word.isalpha() and word not in known and word + words[n] in known
            ),
            None,
        )
        if to is not None:
            words[to] += words[n]
            used.append(n)
    return [word for n, word in enumerate(words) if n not in used]


def _bare(word: str) -> str:
    return word.strip(",.;:()")


def _completed(word: str, known: frozenset[str]) -> str:
    """A word, or the last part of one with hyphens, with the one letter that it lacks."""
    found = re.search(r"[A-Za-z]{3,}$", word)
    if not found or found[0] in known:
        return word
    longer = _longer(found[0], known) or {
        x
        for x in known
        if len(x) == len(found[0]) + 1 and x.lower().startswith(found[0].lower()) and x[-1] not in "sS"
    }
    if len({x.lower() for x in longer}) != 1:
        return word
    ending = min(longer)[-1]
    return word + (ending.upper() if found[0].isupper() else ending.lower())


def make_words_whole(prose: Sequence[str], lines: Sequence[str], printed: Printed) -> None:
    """Mend titles, natures and signatures.

    ``lines`` are those outside tables, and ``prose`` what of them nothing was cut from.
    """
    known = _known_words(prose, printed)
    natures = [c["nature_of_ownership"].text for _, c in printed.rows if "nature_of_ownership" in c]
    said = [
        *prose,
        *(note.text for note in printed.footnotes.values()),
        *(o.name.text for o in printed.owners),
    ]
    phrases, other_rows = Phrases(said), Phrases(natures)
    counts = {"non_derivative": 0, "derivative": 0}
    for table, cells in printed.rows:
        for column in cells.keys() & WORDS:
            whole = whole_words(cells[column].text, known)
            if column not in TITLES:
                whole = phrases.whole(whole)
                whole = other_rows.longer(whole)
            if whole != cells[column].text:
                cells[column] = replace(cells[column], text=whole)
                _tell(f"{table}[{counts[table]}].{column}", whole, printed)
        counts[table] += 1
    _complete_natures(printed)
    _complete_titles(printed, phrases)
    _complete_cut_rows(printed)
    _rejoin_lines(printed)
    owners = [o.name.text.split() for o in printed.owners]
    names = [
        _surnamed(_slashed(whole_words(_SLASHES.sub(r"\1\2/s/ ", who.text), known)), owners)
        for who, _ in printed.signatures
    ]
    pairs = _pairs(names)
    unbroken = {pair for line in lines for pair in pairwise(line.split())}
    for n, (who, when) in enumerate(printed.signatures):
        whole = _punctuated(names[n], pairs, unbroken)
        if whole != who.text:
            printed.signatures[n] = (replace(who, text=whole), when)
            _tell(f"signatures[{n}].name", whole, printed)


def _complete_natures(printed: Printed) -> None:
    """Natures of ownership as the one other that has all of their words, each with what it lost to a line's end.

    A plural is another word, as everywhere here.
    """
    said = {cells["nature_of_ownership"].text for _, cells in printed.rows if "nature_of_ownership" in cells}
    if len(said) > _MOST_NATURES:
        return
    counts = {"non_derivative": 0, "derivative": 0}
    for table, cells in printed.rows:
        nature = cells.get("nature_of_ownership")
        fuller = {text for text in said if _loses(nature.text, text)} if nature else set()
        if nature and len(fuller) == 1:
            cells["nature_of_ownership"] = replace(nature, text=fuller.pop())
            _tell(f"{table}[{counts[table]}].nature_of_ownership", cells["nature_of_ownership"].text, printed)
        counts[table] += 1


def _loses(text: str, whole: str) -> bool:
    """Whether a text is another with some of its words cut, each by a few letters or signs."""
    words, others = text.split(), whole.split()
    return (
        text != whole
        and len(words) == len(others) > 1
        and all(
            other.startswith(word) and len(other) - len(word) <= _MOST_LOST and other != f"{word}s"
            for word, other in zip(words, others, strict=True)
        )
    )


def _rejoin_lines(printed: Printed) -> None:
    """Put together what a line's end parted after a hyphen or between the brackets of a rule's number."""

    def one(text: Text, where: str) -> Text:
        whole = _CITED.sub(r"\1\2", _HYPHEN_BREAK.sub("-", text.text))
        if whole == text.text:
            return text
        message = "A space that only a line's end put in was taken out."
        printed.findings.append(Finding("note", where, message, "text.line_end"))
        return replace(text, text=whole)

    for n, note in printed.footnotes.items():
        printed.footnotes[n] = one(note, f"footnotes.F{n}")
    printed.remarks = one(printed.remarks, "remarks")
    for n, owner in enumerate(printed.owners):
        where = f"reporting_owners[{n}]"
        owner.city = one(owner.city, f"{where}.city")
        owner.officer_title = one(owner.officer_title, f"{where}.officer_title")
        owner.other_text = one(owner.other_text, f"{where}.other_text")


def _complete_titles(printed: Printed, phrases: Phrases) -> None:
    """Titles whose lower lines are lost, completed where the filing shows one whole title that begins so.

    So are wrapped ones that its prose never says without one more word for a security, such as "Units".
    """
    cut = {f.where for f in printed.findings if f.rule in {"text.lower_line", "text.two_rows"}}
    whole = {cells[c].text for _, cells in printed.rows for c in TITLES & cells.keys()}
    whole -= {t for t in whole if any(t.startswith(x + " ") and _says_nothing_new(t, x) for x in whole)}
    counts = {"non_derivative": 0, "derivative": 0}
    for table, cells in printed.rows:
        for column in TITLES & cells.keys():
            text, where = cells[column].text, f"{table}[{counts[table]}].{column}"
            said = [t for t in whole if text.startswith(t + " ") and _says_nothing_new(text, t)]
            if said:
                cells[column] = replace(cells[column], text=min(said, key=len))
                _tell(where, text, printed)
                continue
            longer = {title for title in whole if title.startswith(text + " ")}
            if len(longer) == 1 and (where in cut or _OPEN_END.search(text)):
                title = longer.pop()
                cells[column] = replace(cells[column], text=title)
                message = f"Only “{text}” is left; another row shows the whole title."
                printed.findings.append(Finding("warning", where, message, "text.longer_title"))
            elif (where in cut and not longer) or not names_security(text):
                more = phrases.security_after(text)
                if not more:
                    continue
                cells[column] = replace(cells[column], text=f"{text} {more}")
                message = f"Only “{text}” is left; the notes never say it without “{more}”."
                printed.findings.append(Finding("warning", where, message, "text.longer_title"))
        counts[table] += 1


def _complete_cut_rows(printed: Printed) -> None:
    """What a row that was cut still begins to say, completed where the others of its column end it in one way.

    Where no other row of its table says anything in the column, the natures of both tables tell of a nature, and the
    titles of Table I of what a derivative is for; a derivative's own title is like neither.
    """
    cut = {f.where for f in printed.findings if f.rule == "text.cut_row"}
    tables = {name: [cells for table, cells in printed.rows if table == name] for name in TABLES}
    rows = [(f"{name}[{n}]", name, cells) for name in TABLES for n, cells in enumerate(tables[name])]
    whole = [(table, cells) for where, table, cells in rows if where not in cut]
    elsewhere = {
        "nature_of_ownership": _said(whole, "nature_of_ownership", TABLES),
        "underlying_security_title": _said(whole, "security_title", TABLES[:1]),
    }
    for where, table, cells in rows:
        for column in WORDS & cells.keys() if where in cut else ():
            text, beside = cells[column].text, _said(whole, column, (table,))
            said = beside or elsewhere.get(column, set())
            longer = {other for other in said if text and other.startswith(f"{text} ")}
            if text not in said and len(longer) == 1:
                cells[column] = replace(cells[column], text=longer.pop())
                place = "another row of its column" if beside else "a row of the other table"
                message = f"Only “{text}” is left; {place} shows it whole."
                rule = "text.longer_title" if column in TITLES else "text.longer_nature"
                printed.findings.append(Finding("warning", f"{where}.{column}", message, rule))


def _said(rows: Iterable[tuple[Table, dict[str, Text]]], column: str, tables: Collection[Table]) -> set[str]:
    """What rows of these tables say in a column."""
    return {cells[column].text for table, cells in rows if table in tables and column in cells} - {""}


def _says_nothing_new(text: str, title: str) -> bool:
    """Whether what follows a title in a text only says words of that title again."""
    return set(text[len(title) :].split()) <= set(title.split())


def _tell(where: str, whole: str, printed: Printed) -> None:
    message = f"Letters or signs that a cut took from “{whole[:80]}” were put back."
    printed.findings.append(Finding("note", where, message, "text.cut_word"))


def _slashed(name: str) -> str:
    """A signature with the signs that the end of a line most often loses."""
    name = re.sub(r"\bPower f (?=Att)", "Power of ", re.sub(r"\bBy (?=/s/)", "By: ", name))
    return _IN_FACT.sub(r"\1-in-\2", re.sub(r"(?<=[Aa]ttorney-in-)act\b", "Fact", name))


def _surnamed(name: str, owners: Sequence[Sequence[str]]) -> str:
    """A signature whose last words are an owner's first name and surname, one of them whole and the other cut.

    A middle name that the box of the owner leaves out may stand between them. Names are capitalised: "as" begins none.
    """
    words = name.split()
    for surname, *others in owners:
        said = {_bare(x).lower() for x in words[-3:-1]} & {_bare(x).lower() for x in others}
        last = words[-1] if words else ""
        begun = last[:1].isupper() and last.isalpha() and len(last) > 1
        if said and begun and surname.lower().startswith(last.lower()):
            return " ".join([*words[:-1], last + surname[len(last) :].lower()])
        cut = words[-2] if len(words) > 1 and last.lower() == surname.lower() else ""
        first = others[0] if others else ""
        if (
            len(cut) > 1
            and cut[0].isupper()
            and 0 < len(first) - len(cut) <= _MOST_LOST
            and first.lower().startswith(cut.lower())
        ):
            return " ".join([*words[:-2], cut + first[len(cut) :].lower(), last])
    return name


def _pairs(names: Sequence[str]) -> dict[tuple[str, str], Counter[str]]:
    """The words that follow each other in signatures, with the signs between them."""
    said: dict[tuple[str, str], Counter[str]] = {}
    for name in names:
        for one, other in pairwise(name.split()):
            said.setdefault((_bare(one), _bare(other)), Counter())[one] += 1
    return said


def _punctuated(
    name: str, said: dict[tuple[str, str], Counter[str]], unbroken: Collection[tuple[str, str]]
) -> str:
    """A signature with the comma or colon that the same two words have between them in another.

    Only a line's end loses a sign, so words that stand beside each other in a line are left as they are.
    """
    words = name.split()
    for n, (one, other) in enumerate(pairwise(words)):
        forms = said[_bare(one), _bare(other)]
        if (
            (one, other) not in unbroken
            and forms[one] == 1
            and forms.keys() in ({one, one + ","}, {one, one + ":"})
        ):
            words[n] = max(forms, key=len)
    return " ".join(words)
