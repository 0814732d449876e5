"""Reading-order dumps whose columns lie far from their rows: several ways are tried, and marks find their cells."""

from __future__ import annotations

import pytest

from lib.filings.readers import text_plain
from lib.filings.readers.text import read_text
from lib.filings.readers.text_lines import words_of
from lib.filings.readers.text_stray_marks import settled
from lib.filings.readers.text_stream import Cell
from lib.filings.readers.text_weave import NOWHERE, WIDER, woven

from .dumps import FOOT, PLAIN, TABLE_I, rules
from .test_text_plain import plain

SALE = ("Common Stock", "03/04/2021", "S", "100", "D", "900", "D")


def cells(*texts: str) -> list[Cell]:
    """Loose cells of one line each."""
    return [Cell((tuple(words_of(text, n)),), 0) for n, text in enumerate(texts, 1)]


def test_a_way_costs_more_the_less_its_cells_follow_each_other() -> None:
    """Two sales row by row cost less than the same cells column by column, and both come back as two rows."""
    by_rows, cost = woven(cells(*SALE, *SALE), TABLE_I)
    by_columns, more = woven(cells(*(text for text in SALE for _ in range(2))), TABLE_I)
    assert by_rows == [(row, column) for row in range(2) for column in range(7)]
    assert sorted(by_columns) == sorted(by_rows)
    assert cost < more


@pytest.mark.parametrize(("cheaper", "taken"), [(10.0, True), (0.5, False)])
def test_another_way_is_taken_only_where_it_is_surely_better(
    monkeypatch: pytest.MonkeyPatch, cheaper: float, taken: bool
) -> None:
    """Of a disordered table's ways the cheapest is taken, unless it is hardly cheaper than the first."""
    loose = cells(*SALE)
    jumbled = [(0, 6 - n) for n in range(7)]
    tried: list[tuple[int, float]] = []

    def ways(*asked: object) -> tuple[list[tuple[int, int]], float]:
        beam, opened = asked[3:]
        assert isinstance(beam, int)
        assert isinstance(opened, float)
        tried.append((beam, opened))
        return (list(jumbled), 40.0) if len(tried) < 3 else ([(0, n) for n in range(7)], 40.0 - cheaper)

    monkeypatch.setattr(text_plain, "woven", ways)
    places, _, _ = text_plain._placed(loose, TABLE_I, "03/04/2021")
    assert (places == [(0, n) for n in range(7)]) is taken
    assert tried[1:] == list(WIDER[:2])


def test_a_smooth_way_is_the_only_one_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table whose cells follow each other is woven once."""
    calls = []

    def counted(*asked: object) -> tuple[list[tuple[int, int]], float]:
        calls.append(asked)
        return woven(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(text_plain, "woven", counted)
    plain(first=" | ".join(SALE))
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("texts", "places", "row"),
    [
        (["C(1)", "03/04/2021", "(2)(3)"], [(0, 2), (0, 1), (0, 1)], (0, 2)),
        (["03/04/2021(1)(2)", "S", "(3)"], [(0, 1), (0, 2), NOWHERE], (0, 1)),
        (["100(1)", "D", "(2)"], [(0, 3), (0, 4), (0, 5)], (0, 5)),
        (["C(1)", "03/04/2021", "(4)(5)"], [(0, 2), (0, 1), (0, 1)], (0, 1)),
    ],
    ids=["two marks after one", "a stray mark after two", "one mark after one", "marks out of order"],
)
def test_marks_go_on_with_the_marks_before_them(
    texts: list[str], places: list[tuple[int, int]], row: tuple[int, int]
) -> None:
    """Marks that a line's end parted belong to the cell whose marks they count on from; single ones stay put."""
    found, moved = settled(cells(*texts), places, TABLE_I)
    assert found[-1] == row
    assert moved == ({2} if row != places[2] else set())


def test_natures_of_two_rows_that_ran_together_are_parted_by_what_other_rows_say() -> None:
    """A nature said before with marks ends where it does there, and what follows is the next row's."""
    first = "Common Stock | {} | I | Finch\nFund\nLLC(1)"
    filing = plain(
        " | ".join(
            [
                first.format("900"),
                first.format("800"),
                "Common Stock | 700 | I | Finch\nFund\nLLC\nWren\nFeeder\nLLC(2) | Common Stock | 600 | I",
            ]
        ),
        notes="1. One.\n2. Two.",
    )
    assert [row.nature_of_ownership for row in filing.non_derivative] == [
        *["Finch Fund LLC"] * 3,
        "Wren Feeder LLC",
    ]
    assert filing.non_derivative[3].footnotes["nature_of_ownership"] == ("F2",)
    assert "text.moved_cell" in rules(filing, "non_derivative[3].nature_of_ownership")


def test_a_last_column_below_the_signatures_belongs_to_its_table() -> None:
    """A nature under its label after the signature's is a cell of Table II, and no part of the signer's name."""
    text = PLAIN.replace("700\n\nD\n", "700\n\nI\n").replace(FOOT, "** Signature of Reporting Person\n\n")
    filing = read_text(
        "dump.txt", (text + "11. Nature\nof Indirect\nBeneficial\n\nBy the\nFinch\nTrust\n\n").encode()
    )
    assert filing.derivative[0].nature_of_ownership == "By the Finch Trust"
    assert [signed.name for signed in filing.signatures] == ["/s/ Jo Finch"]
