"""Text dumps with tables guessed: rows that lost their borders, put together again with findings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lib.filings.readers.text import read_text
from lib.filings.record import Filing

from .dumps import TABS, rules, tabs

TABLE_II = """Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned (e.g., puts, calls, warrants, options, convertible securities)\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t
1. Title of Derivative Security (Instr. 3){title}\t2. Conversion or Exercise Price of Derivative Security{price}\t3. Transaction Date (Month/Day/Year)\t3A. Deemed Execution Date, if any (Month/Day/Year)\t4. Transaction Code (Instr. 8)\t\t5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)\t\t6. Date Exercisable and Expiration Date (Month/Day/Year)\t\t7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)\t\t8. Price of Derivative Security (Instr. 5){paid}\t9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)\t10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)\t11. Nature of Indirect Beneficial Ownership (Instr. 4)
\t\t\t\tCode{code}\tV\t(A)\t(D)\tDate Exercisable\tExpiration Date\tTitle{under}\tAmount or Number of Shares{number}\t\t\t\t
{rows}
Explanation of Responses:
/s/ Jo Finch 03/05/2021
"""
PART = dict.fromkeys(("title", "price", "paid", "code", "under", "number"), "")
UNIT = "Phantom Stock Units\t$0(2)\t03/04/2021\t\tA(2)\t\t70\t\t(4)\t12/31/2025\tCommon Stock\t70\t$0(2)\t{owned}\tD\t"
EMPTY = "\t" * 15
SHORT = "{title}\t{price}\t03/04/2021\t\t{code}\t\t{a}\t{d}\t(4)\t12/31/2025\t{under}\t{n}\t$0\t{owned}\tD\t"


def second_table(*rows: str, **head: str) -> Filing:
    """The filing of a dump with these lines in Table II, and these words after its labels."""
    text = TABS.format(rows="Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t")
    table = TABLE_II.format(rows="\n".join(rows), **(PART | head))
    return read_text(
        "dump.txt", text.replace("Explanation of Responses:\n/s/ Jo Finch 03/05/2021\n", table).encode()
    )


def test_two_rows_run_together_are_parted() -> None:
    """The first goes on with the row merged with the labels, the second is whole; every cell of both is told."""
    filing = second_table(
        "Stock Units Phantom Stock Units\t$0 $0(1)(3)\t03/04/2021 03/04/2021\t\t(3) A(1) (3)\tV V\t40\t60\t(4)\t12/31/2026 12/31/2025\tStock Common Stock\t40\t$0 $0(1)(3)\t0 40\tD D\t",
        UNIT.format(owned="70"),
        UNIT.format(owned="140"),
        title=" Phantom",
        price=" (1)(3)",
        paid=" (1)(3)",
        code=" D(1)",
        under=" Common",
        number=" 60",
    )
    first, second, *_ = filing.derivative
    assert (first.security_title, first.transaction_code, first.acquired_disposed_code) == (
        "Phantom Stock Units",
        "D",
        "D",
    )
    assert (first.transaction_shares, first.shares_owned_following) == (Decimal(60), Decimal(0))
    assert (first.expiration_date, first.underlying_security_title) == (date(2026, 12, 31), "Common Stock")
    assert (second.security_title, second.transaction_code, second.acquired_disposed_code) == (
        "Phantom Stock Units",
        "A",
        "A",
    )
    assert (second.transaction_shares, second.shares_owned_following) == (Decimal(40), Decimal(40))
    assert second.expiration_date == date(2025, 12, 31)
    assert first.footnotes["transaction_code"] == second.footnotes["transaction_code"] == ("F1", "F3")
    assert "text.two_rows" in rules(filing, "derivative[1].transaction_shares")


def test_what_of_two_rows_cannot_be_told_apart_stays_empty() -> None:
    """One value in a cell of two whole rows belongs to either, so neither gets it, and both say so."""
    filing = tabs(
        "Common Stock Common Stock\t03/04/2021 03/04/2021\t\tS S\t\t100\tD D\t$10 $11\t800 700\tD D\t",
        "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t600\tD\t",
    )
    first, second, _ = filing.non_derivative
    assert (first.transaction_price_per_share, second.transaction_price_per_share) == (
        Decimal(10),
        Decimal(11),
    )
    assert first.transaction_shares is second.transaction_shares is None
    for n in (0, 1):
        assert "text.two_rows" in rules(filing, f"non_derivative[{n}].transaction_shares")


def test_a_holding_outside_its_table_is_a_row() -> None:
    """A line of a title, a number, a letter and a nature outside the tables is the last row of the page's Table I."""
    text = TABS.format(rows="Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t")
    text = text.replace("1. Name and", "Common Stock 1,486 I By The\nFinch\nFund\n1. Name and", 1)
    filing = read_text("dump.txt", text.encode())
    _, holding = filing.non_derivative
    assert (holding.security_title, holding.shares_owned_following) == ("Common Stock", Decimal(1486))
    assert (holding.direct_or_indirect, holding.nature_of_ownership) == ("I", "By The Finch Fund")
    assert "text.outside_table" in rules(filing, "non_derivative[1].shares_owned_following")


def test_a_trade_that_ran_into_the_next_box_is_a_row() -> None:
    """What stands before another person's box on its line is the beginning of a derivative's row."""
    box = "Finch Ann (Last) (First) (Middle) 1 PIER ROAD (Street) PORT ME 04000 (City) (State) (Zip)"
    filing = second_table(
        "Warrants (1)(2) 03/04/2021 P 1. Name and Address of Reporting Person* " + box + "\t" * 15,
        UNIT.format(owned="70"),
    )
    warrant = next(row for row in filing.derivative if row.security_title == "Warrants")
    assert (warrant.transaction_code, warrant.transaction_date) == ("P", date(2021, 3, 4))
    assert warrant.footnotes == {"conversion_or_exercise_price": ("F1", "F2")}
    assert [owner.name for owner in filing.reporting_owners] == ["Marlowe Ada", "Finch Ann"]


def test_a_nature_said_again_begins_a_row() -> None:
    """Words that say a whole nature again from its beginning are a row whose borders are lost, told as cut."""
    filing = tabs(
        "Common Stock\t\t\t\t\t\t\t\t450\tI\tSee",
        "\t\t\t\t\t\t\t\t\t\tfootnotes(1)",
        "\t\t\t\t\t\t\t\t\t\t(2)",
        "\t\t\t\t\t\t\t\t\t\tSee",
        "\t\t\t\t\t\t\t\t\t\tfootnotes(1)",
    )
    whole, cut = filing.non_derivative
    assert (whole.nature_of_ownership, whole.footnotes["nature_of_ownership"]) == (
        "See footnotes",
        ("F1", "F2"),
    )
    assert (cut.nature_of_ownership, cut.shares_owned_following) == ("See footnotes", None)
    assert "text.cut_row" in rules(filing, "non_derivative[1]")


def test_titles_that_run_on_at_a_page_end_are_the_next_row() -> None:
    """Where both titles of a page's last row go on past titles said before, another row begins, told as cut."""
    plain = {"price": "$1", "code": "A", "a": "9", "d": "", "n": "9"}
    filing = second_table(
        SHORT.format(title="Phantom Units", under="Class B Stock", owned="9", **plain),
        SHORT.format(title="Phantom Units Restricted", under="Class B Stock Class", owned="18", **plain),
    )
    titles = [(row.security_title, row.underlying_security_title) for row in filing.derivative]
    assert titles[:2] == [("Phantom Units", "Class B Stock")] * 2
    assert len(titles) == 3
    assert titles[2][0] == "Restricted"
    assert "text.two_rows" in rules(filing, "derivative[1].security_title")


def test_no_balance_is_mended_to_less_than_nothing() -> None:
    """Two grants of one title are two positions: what one leaves says nothing of the digits of the other."""
    plain = {"title": "Phantom Units", "price": "$1", "code": "M", "a": "", "under": "Common Stock"}
    filing = second_table(
        SHORT.format(d="500", n="500", owned="0", **plain),
        SHORT.format(d="288", n="288", owned="288", **plain),
    )
    assert [row.shares_owned_following for row in filing.derivative] == [Decimal(0), Decimal(288)]


def test_a_title_without_its_last_word_is_completed_from_the_notes() -> None:
    """Where notes always say a word for a security after a title that has none, it was cut off; a warning says so."""
    text = TABS.format(rows="Class B Ordinary\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t")
    filing = read_text("dump.txt", (text + "1. Class B ordinary shares have no end.\n").encode())
    assert filing.non_derivative[0].security_title == "Class B Ordinary Shares"
    assert rules(filing, "non_derivative[0].security_title") == {"text.longer_title"}


def test_a_nature_with_a_cut_word_is_completed_from_another_row() -> None:
    """A nature whose word lost letters is the one longer nature that another row says word for word."""
    filing = tabs(
        "Common Stock\t\t\t\t\t\t\t\t450\tI\tBy Wren Holdings, LLC",
        "Common Stock\t\t\t\t\t\t\t\t900\tI\tBy Wren Holding LLC",
    )
    assert [row.nature_of_ownership for row in filing.non_derivative] == ["By Wren Holdings, LLC"] * 2
    assert rules(filing, "non_derivative[1].nature_of_ownership") == {"text.cut_word"}


def test_a_row_cut_in_its_labels_and_by_the_next_box_keeps_its_words() -> None:
    """Words of its first line stand after the labels; other rows end them, and say that they are indirect's."""
    text = TABS.format(rows="Common Stock\t\t\t\t\t\t\t\t8,700\tI\tBy the Fund(4)")
    table = TABLE_II.format(rows="", **(PART | {"under": " Common"})).replace(
        "11. Nature of Indirect Beneficial Ownership (Instr. 4)",
        "11. Nature of Indirect Beneficial Ownership (Instr. 4) By the",
    )
    box = "1. Name and Address of Reporting Person* Finch Jo"
    table = table.replace("\nExplanation", f"Warrants $5 03/04/2021 P {box}{EMPTY}\nExplanation", 1)
    filing = read_text(
        "dump.txt", text.replace("Explanation of Responses:\n/s/ Jo Finch 03/05/2021\n", table).encode()
    )
    (row,) = filing.derivative
    assert (row.security_title, row.underlying_security_title) == ("Warrants", "Common Stock")
    assert (row.direct_or_indirect, row.nature_of_ownership) == ("I", "By the Fund")
    assert row.footnotes["nature_of_ownership"] == ("F4",)
    for field, rule in (
        ("underlying_security_title", "text.longer_title"),
        ("nature_of_ownership", "text.longer_nature"),
    ):
        assert {"text.merged_head", rule} <= rules(filing, f"derivative[0].{field}")


def test_a_row_cut_at_a_page_s_end_ends_as_the_others_of_its_column() -> None:
    """What is left of a title is completed by the rows of its own table and column, or stays where one of them is so."""
    whole = SHORT.format(
        title="Stock Option", price="$5", code="A", a="70", d="", under="{under}", n="70", owned="70"
    )
    cut = "Stock Option\t\t\t\t\t\t90\t\t\t\tCommon\t90\t\t\t\t"
    row = second_table(whole.format(under="Common Stock, $1 par value"), cut).derivative[1]
    assert row.underlying_security_title == "Common Stock, $1 par value"
    assert second_table(whole.format(under="Common"), cut).derivative[1].underlying_security_title == "Common"


def test_a_cut_title_of_a_derivative_is_not_that_of_a_share() -> None:
    """Without another derivative its own title stays as it is cut: only what it is for may be a title of Table I."""
    cut = "Common\t\t\t\t\t\t90\t\t\t\tCommon\t90\t\t\t\t"
    filing = second_table(cut)
    (row,) = filing.derivative
    assert (row.security_title, row.underlying_security_title) == ("Common", "Common Stock")
    assert rules(filing, "derivative[0].security_title").isdisjoint(
        {"text.longer_title", "text.longer_nature"}
    )
    (told,) = [one for one in filing.findings if one.rule == "text.longer_title"]
    assert (told.where, "the other table" in told.message) == (
        "derivative[0].underlying_security_title",
        True,
    )


def test_a_cut_title_of_a_share_is_not_that_of_a_derivative() -> None:
    """What a derivative is called or is for says nothing of how a cut title of Table I goes on."""
    option = SHORT.format(
        title="Stock Option", price="$5", code="A", a="70", d="", under="Class B Stock", n="70", owned="70"
    )
    text = TABS.format(rows="Stock\t03/04/2021\t\t\t\t100\tD\t$10.6\t\t\t")
    table = TABLE_II.format(rows=option, **PART)
    filing = read_text(
        "dump.txt", text.replace("Explanation of Responses:\n/s/ Jo Finch 03/05/2021\n", table).encode()
    )
    assert "text.cut_row" in rules(filing, "non_derivative[0]")
    assert filing.non_derivative[0].security_title == "Stock"
