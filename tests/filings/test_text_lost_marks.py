"""Text dumps with tables guessed: marks and rows that were lost, given back where the form tells, told where it does not."""

from __future__ import annotations

import pytest

from lib.filings.form import Text
from lib.filings.printed import Printed
from lib.filings.readers.text import read_text
from lib.filings.readers.text_marks import mark_holdings, tell_open_ends
from lib.filings.record import Filing

from .dumps import TABS, rules, tabs
from .test_text_cut_rows import TABLE_II

HELD = "Common Stock{title}\t\t\t\t\t\t\t\t{owned}\tI\t{nature}"


def noted(rows: str, *notes: str) -> Filing:
    """The dump with these lines in Table I and these notes."""
    text = TABS.format(rows=rows) + "".join(f"{n}. {note}\n" for n, note in enumerate(notes, 1))
    return read_text("dump.txt", text.encode())


def second_page(first: str, second: str) -> Filing:
    """The dump with a Table II of these lines on two pages."""
    text = TABS.format(rows="Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t")
    part = dict.fromkeys(("title", "price", "paid", "code", "under", "number"), "")
    end = "Explanation of Responses:\n/s/ Jo Finch 03/05/2021\n"
    pages = TABLE_II.format(rows=first, **part) + TABLE_II.format(rows=second, **part).replace(end, "")
    return read_text("dump.txt", text.replace(end, pages).encode())


def test_a_note_that_no_cell_names_is_told() -> None:
    """Which cell bore the mark is lost; the note says so, and notes that cells name say nothing."""
    filing = noted(HELD.format(title="(1)", owned="450", nature="By Trust"), "Restricted.", "See the plan.")
    assert rules(filing, "footnotes.F2") == {"text.lost_mark"}
    assert rules(filing, "footnotes.F1") == set()


def test_a_first_mark_lost_before_a_later_note_goes_to_the_same_title_above() -> None:
    """Notes are numbered as they are first named, so note 1 stood before note 2, at the title that says the same."""
    rows = "\n".join(
        [
            HELD.format(title="", owned="450", nature="By Trust(2)"),
            HELD.format(title="(1)", owned="900", nature="By Fund"),
        ]
    )
    filing = noted(rows, "Restricted.", "The person is the trustee.")
    assert filing.non_derivative[0].footnotes["security_title"] == ("F1",)
    assert rules(filing, "non_derivative[0].security_title") == {"text.mark_by_order"}


def test_marks_where_only_trades_have_one_leave_a_holding() -> None:
    """A holding has no price: a mark there is its title's if the same title bears it elsewhere, else it is told."""

    def cells(title: str, more: dict[str, Text]) -> dict[str, Text]:
        said = {"owned_following": Text("450"), "direct_or_indirect": Text("D")}
        return {"security_title": Text(title), **said, **more}

    price = {"transaction_price_per_share": Text("", (1,))}
    printed = Printed("text", form="4")
    printed.rows = [
        ("non_derivative", cells("Common Stock", {}) | {"security_title": Text("Common Stock", (1,))}),
        ("non_derivative", cells("Common Stock", price)),
        ("non_derivative", cells("Preferred Stock", price)),
    ]
    mark_holdings(printed)
    assert [row["security_title"].marks for _, row in printed.rows] == [(1,), (1,), ()]
    assert not any("transaction_price_per_share" in row for _, row in printed.rows)
    assert [(finding.where, finding.rule) for finding in printed.findings] == [
        ("non_derivative[1].security_title", "text.moved_mark"),
        ("non_derivative[2]", "text.unsettled"),
    ]


def test_a_title_that_breaks_off_is_told_with_its_neighbour() -> None:
    """A comma or a "to" at the end asks for more words; they are lost or stand with the row's other title."""
    printed = Printed("text", form="4")
    titles = {
        "security_title": Text("Phantom Units $1 par value"),
        "underlying_security_title": Text("Stock,"),
    }
    whole = {"security_title": Text("Stock, no par value"), "underlying_security_title": Text("Stock")}
    printed.rows = [("derivative", titles), ("derivative", whole)]
    tell_open_ends(printed)
    assert [(finding.where, finding.rule) for finding in printed.findings] == [
        ("derivative[0].security_title", "text.open_end"),
        ("derivative[0].underlying_security_title", "text.open_end"),
    ]


def test_the_last_marks_of_a_wrapped_nature_are_those_of_its_twin() -> None:
    """Where the same words bear more marks elsewhere, a wrapped cell that has only the first of them lost the rest."""
    filing = tabs(
        HELD.format(title="", owned="450", nature="By Wren Fund(1)(2)"),
        HELD.format(title="", owned="900", nature="By Wren"),
        "\t\t\t\t\t\t\t\t\t\tFund(1)",
    )
    assert filing.non_derivative[1].footnotes["nature_of_ownership"] == ("F1", "F2")
    assert "text.mark_of_twin" in rules(filing, "non_derivative[1].nature_of_ownership")


def test_a_row_of_which_only_words_are_left_is_a_row() -> None:
    """A title and a nature over two pages, without a number between them, make a row that says it was cut."""
    wide = "\t" * 14
    filing = second_page(
        f"Class B\t{wide}Wren\nCommon\t{wide}Family", "Stock\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tTrust"
    )
    (row,) = filing.derivative
    assert (row.security_title, row.nature_of_ownership) == ("Class B Common Stock", "Wren Family Trust")
    assert "text.cut_row" in rules(filing, "derivative[0]")


@pytest.mark.parametrize("wide", ["\t" * 14, "\t" * 15])
def test_the_year_in_the_name_of_a_trust_goes_on_over_the_page(wide: str) -> None:
    """A year and a mark at the top of the next page end the nature of ownership; they are no amount."""
    filing = second_page(
        "Stock Option\t$4\t03/04/2021\t\tM\t\t\t300\t\t\tCommon Stock\t300\t$0\t700\tI\tBy Wren",
        f"{wide}Trust\n{wide}2007\t(3)",
    )
    (row,) = filing.derivative
    assert row.nature_of_ownership == "By Wren Trust 2007"
    assert row.footnotes["nature_of_ownership"] == ("F3",)


def test_labels_that_run_into_the_table_are_no_row() -> None:
    """Words of the form's own labels do not begin a row."""
    assert tabs("Amount\t\t\t\t\t\t\t\t\t\t(A) or (D) Price").non_derivative == ()


def test_a_mark_out_of_order_belongs_to_the_row_that_the_page_cut_off() -> None:
    """A cell's marks are in order, so a lower one after the others is the next row's, as its titles are."""
    row = "{title}\t$1\t03/04/2021\t\tA(2)(3){more}\t\t9\t\t(4)\t12/31/2025\t{under}\t9\t$0\t9\tD\t"
    filing = second_page(
        "\n".join(
            [
                row.format(title="Phantom Units", more="", under="Class B Stock"),
                row.format(title="Phantom Units Restricted", more=" (1)", under="Class B Stock Class"),
            ]
        ),
        "",
    )
    marks = [one.footnotes.get("transaction_code") for one in filing.derivative]
    assert marks == [("F2", "F3"), ("F2", "F3"), ("F1",)]
    assert "text.cut_row" in rules(filing, "derivative[2]")


def test_an_owners_cut_first_name_is_made_whole_before_the_surname() -> None:
    """A first name at a line's end that lost its last letter is the owner's, where the surname follows it."""
    text = TABS.format(rows="").replace("/s/ Jo Finch", "/s/ Ad Marlowe")
    filing = read_text("dump.txt", text.encode())
    assert filing.signatures[0].name == "/s/ Ada Marlowe"
    assert rules(filing, "signatures[0].name") == {"text.cut_word"}


def test_several_cut_words_of_a_nature_are_those_of_another_row() -> None:
    """Each word lost its last letter or sign, and one other nature has them all; a plural is never guessed."""
    filing = tabs(
        HELD.format(title="", owned="450", nature="By Wren Principal Investments, LLC"),
        HELD.format(title="", owned="900", nature="By Wren Principa Investment LLC"),
        HELD.format(title="", owned="950", nature="See Footnotes"),
        HELD.format(title="", owned="990", nature="See Footnote"),
    )
    assert [row.nature_of_ownership for row in filing.non_derivative] == [
        "By Wren Principal Investments, LLC",
        "By Wren Principal Investments, LLC",
        "See Footnotes",
        "See Footnote",
    ]
    assert rules(filing, "non_derivative[1].nature_of_ownership") == {"text.cut_word"}
