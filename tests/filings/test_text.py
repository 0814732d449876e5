"""Text dumps of the printed form: three shapes, and what each repair promises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.readers import read
from lib.filings.readers.text import is_form_text, read_text

from .dumps import LAYOUT, PLAIN, TABS, rules, tabs


def test_layout_rows_wrap_about_their_middle_line() -> None:
    """A cell over three lines belongs to the row its middle line is in, marks off, nothing to find fault with."""
    filing = read_text("dump.txt", LAYOUT.encode())
    sale, trust = filing.non_derivative
    assert (sale.security_title, sale.transaction_date, sale.transaction_code) == (
        "Common Stock",
        date(2021, 3, 4),
        "S",
    )
    assert (sale.transaction_shares, sale.transaction_price_per_share) == (Decimal(1200), Decimal("10.5"))
    assert sale.footnotes == {"transaction_shares": ("F1",)}
    assert (trust.row_type, trust.nature_of_ownership) == ("holding", "By the Marlowe Trust")
    assert trust.footnotes == {"nature_of_ownership": ("F2",)}
    assert {finding.where for finding in filing.findings} == {"derivative"}, "only that there is no Table II"


def test_layout_boxes_stand_side_by_side() -> None:
    """Address lines, ticks and title are read from their own columns of boxes."""
    filing = read_text("dump.txt", LAYOUT.encode())
    owner = filing.reporting_owners[0]
    assert (filing.issuer.name, filing.issuer.symbol) == ("Harbour Lights Corp", "HLC")
    assert filing.period_of_report == date(2021, 3, 4)
    assert (owner.name, owner.street1, owner.street2) == ("Marlowe Ada", "1 PIER ROAD", "2ND FLOOR")
    assert (owner.city, owner.state, owner.zip_code) == ("PORT AGNES", "ME", "04000")
    assert (owner.is_director, owner.is_officer, owner.officer_title) == (True, True, "Chief Keeper")


def test_layout_joins_what_a_line_break_split() -> None:
    """A hyphen at a line's end joins, in notes and signatures alike; remarks follow the notes."""
    filing = read_text("dump.txt", LAYOUT.encode())
    assert filing.footnotes["F1"] == "Sold under a plan of the kind Rule 10b5-1(c) describes."
    assert filing.remarks == "None to speak of."
    assert filing.signatures[0].name == "/s/ Jo Finch, attorney-in-fact"
    assert filing.signatures[0].date == date(2021, 3, 5)


def test_every_value_says_its_line_and_columns() -> None:
    """A value's source leads back to its characters in the dump."""
    filing = read_text("dump.txt", LAYOUT.encode())
    place = filing.sources["non_derivative[0].transaction_shares"]
    assert place.line is not None
    assert LAYOUT.split("\n")[place.line - 1][place.start : place.end] == "1,200(1)"


@pytest.mark.parametrize(
    ("row", "where", "rule"),
    [
        ("Commo\tn Stock\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t8,800\tD\t", "security_title", "text.cut_cell"),
        (
            "Common Stock\t03/0\t4/2021\t\tS\t\t1,200\tD\t$10.5\t8,800\tD\t",
            "transaction_date",
            "text.cut_cell",
        ),
        (
            "Common Stock\t03/04/2021\t\tS\t\t1\t,200\tD\t$10.5\t8,800\tD\t",
            "transaction_shares",
            "text.cut_cell",
        ),
    ],
)
def test_tabs_cut_cells_are_joined(row: str, where: str, rule: str) -> None:
    """A title, a date or a number cut in two is whole again, a finding says so, and its place has both parts."""
    filing = tabs(row, "Common Stock\t03/04/2021\t\tP\t\t10\tA\t$10.5\t8,810\tD\t")
    sale = filing.non_derivative[0]
    assert (sale.security_title, sale.transaction_date) == ("Common Stock", date(2021, 3, 4))
    assert (sale.transaction_shares, sale.shares_owned_following) == (Decimal(1200), Decimal(8800))
    assert rules(filing, f"non_derivative[0].{where}") == {rule}
    place = filing.sources[f"non_derivative[0].{where}"]
    assert "\t" in row[place.start : place.end]
    assert row[place.start : place.end].replace("\t", "") not in row


def test_tabs_title_of_a_merged_cell_comes_from_the_row_above() -> None:
    """A row that shares its title with the row above takes it, with a finding."""
    filing = tabs(
        "Common Stock\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t8,800\tD\t",
        "\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t",
    )
    assert filing.non_derivative[1].security_title == "Common Stock"
    assert rules(filing, "non_derivative[1].security_title") == {"text.merged_cell"}


def test_tabs_nature_settles_a_missing_letter() -> None:
    """Where D or I is lost a nature of ownership means I; where there is none either, it stays empty."""
    filing = tabs(
        "Common Stock\t\t\t\t\t\t\t\t450\t\tBy Trust",
        "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\t\t",
    )
    assert [row.direct_or_indirect for row in filing.non_derivative] == ["I", None]
    assert rules(filing, "non_derivative[0].direct_or_indirect") == {"text.indirect_by_nature"}
    assert rules(filing, "non_derivative[1].direct_or_indirect") == {"text.unsettled"}


def test_tabs_lower_lines_go_on_with_their_row() -> None:
    """Words on a line below belong to the cell above them and are not said twice."""
    filing = tabs(
        "Common Stock\t\t\t\t\t\t\t\t450\tI\tBy the",
        "\t\t\t\t\t\t\t\t\t\tMarlowe",
        "\t\t\t\t\t\t\t\t\t\tTrust",
    )
    assert [row.nature_of_ownership for row in filing.non_derivative] == ["By the Marlowe Trust"]
    assert "text.lower_line" in rules(filing, "non_derivative[0].nature_of_ownership")


def test_tabs_broken_date_comes_from_the_head_only_if_it_fits() -> None:
    """What is left of a date is completed from the date in the head, told by a finding, never by silence."""
    filing = tabs(
        "Common Stock\t2021\t021\tS\t\t1,200\tD\t$10.5\t8,800\tD\t",
        "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t",
    )
    assert filing.non_derivative[0].transaction_date == date(2021, 3, 4)
    assert rules(filing, "non_derivative[0].transaction_date") == {"text.date_from_period"}


def test_tabs_box_read_as_one_run_of_words() -> None:
    """A city wrapped around its state is whole again and a street's lines are parted, both with findings."""
    filing = tabs("Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t")
    owner = filing.reporting_owners[0]
    assert (owner.street1, owner.street2) == ("C/O HARBOUR LIGHTS", "1 PIER ROAD")
    assert (owner.city, owner.state, owner.zip_code) == ("PORT AGNES", "ME", "04000")
    assert (owner.is_director, owner.is_officer, owner.officer_title) == (True, True, "Chief Keeper")
    assert rules(filing, "reporting_owners[0].city") == {"text.wrapped_city"}
    assert rules(filing, "reporting_owners[0].street1") == {"text.street_lines"}


def test_tabs_name_of_a_signature_may_stand_below_the_form() -> None:
    """A name that a converter set at the page's end goes to the date that lacks one, with a finding."""
    text = (
        TABS.format(rows="").replace("/s/ Jo Finch 03/05/2021", "03/05/2021")
        + "/s/ Jo Finch,\nattorney-in-fact\n"
    )
    filing = read_text("dump.txt", text.encode())
    assert filing.signatures[0].name == "/s/ Jo Finch, attorney-in-fact"
    assert rules(filing, "signatures[0].name") == {"text.moved_name"}


def test_plain_cells_are_woven_into_rows() -> None:
    """Cells in reading order become rows, also where a title follows its amount."""
    filing = read_text("dump.txt", PLAIN.encode())
    sale, trust = filing.non_derivative
    assert (sale.transaction_code, sale.transaction_shares, sale.acquired_disposed_code) == (
        "S",
        Decimal(1200),
        "D",
    )
    assert (sale.shares_owned_following, sale.direct_or_indirect) == (Decimal(8800), "D")
    assert (trust.security_title, trust.shares_owned_following) == ("Common Stock", Decimal(450))
    assert (trust.direct_or_indirect, trust.nature_of_ownership) == ("I", "By the Marlowe Trust")
    assert "text.moved_cell" in rules(filing, "non_derivative[1].security_title")


def test_plain_side_of_a_derivative_is_inferred_from_its_code() -> None:
    """Column (A) or (D) is lost in reading order; the code says which, and a finding that it was inferred."""
    filing = read_text("dump.txt", PLAIN.encode())
    option = filing.derivative[0]
    assert (option.security_title, option.transaction_shares) == ("Stock Option (Right to Buy)", Decimal(300))
    assert option.acquired_disposed_code == "D"
    assert "text.side_by_code" in rules(filing, "derivative[0].acquired_disposed_code")


def test_plain_head_is_told_apart_by_looks() -> None:
    """Name, address, issuer and period are found although their labels stand elsewhere."""
    filing = read_text("dump.txt", PLAIN.encode())
    owner = filing.reporting_owners[0]
    assert (filing.issuer.name, filing.issuer.symbol) == ("Harbour Lights Corp", "HLC")
    assert (owner.name, owner.street1, owner.city) == ("Marlowe Ada", "1 PIER ROAD", "PORT AGNES")
    assert (owner.state, owner.zip_code, owner.is_director) == ("ME", "04000", True)
    assert filing.footnotes["F1"] == "Sold under a Rule 10b5-1 plan."
    assert rules(filing, "footnotes.F1") == {"text.hyphen"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_reads_the_same(encoding: str) -> None:
    """The bytes' encoding is found, not asked for."""
    text = LAYOUT.replace("Marlowe Ada", "Märlöwe Àda")
    assert read_text("dump.txt", text.encode(encoding)).reporting_owners[0].name == "Märlöwe Àda"


@pytest.mark.parametrize(
    "data",
    [
        b"Dear shareholders, FORM 4 is late.",
        b"FORM 4\nName and Address of Reporting Person\n",
        b"\x00\xff" * 1_000,
        b"word " * 6_000_000,
    ],
    ids=["letter", "too few labels", "bytes", "30 MB of noise"],
)
def test_other_texts_are_refused(data: bytes) -> None:
    """A text that is no Form 3, 4 or 5 is refused in a sentence that names the file."""
    with pytest.raises(UnreadableFiling, match=r"^notes\.txt: is a text, but not that of a Form 3, 4 or 5\."):
        read_text("notes.txt", data)


@pytest.mark.parametrize("padded", [LAYOUT + "\n" * 600_000, "\n" * 600_000 + LAYOUT], ids=["below", "above"])
def test_a_form_of_too_many_characters_is_called_one(padded: str) -> None:
    """It fails with what is wrong, and is not skipped as some other text."""
    with pytest.raises(
        UnreadableFiling, match=r"^a\.txt: begins as a Form 4, but has more than 600,000 char"
    ) as refused:
        read_text("a.txt", padded.encode())
    assert not isinstance(refused.value, NotAFiling)


def test_a_form_is_known_by_its_labels() -> None:
    """A form's number alone does not make a form; its labels beside it do."""
    assert all(is_form_text(text) for text in (LAYOUT, TABS, PLAIN))
    assert not is_form_text("FORM 4 of the club\n" * 10)


def test_a_table_longer_than_any_form_is_not_read() -> None:
    """Noise under a form's head costs a finding, not minutes."""
    filing = tabs(*["Common Stock\t\t\t\t\t\t\t\t450\tD\t"] * 2_000)
    assert not filing.non_derivative
    assert rules(filing, "non_derivative") == {"text.too_many_lines"}


def test_read_takes_dumps_by_content() -> None:
    """The one entry point knows a dump, whatever its name."""
    assert read("whatever.bin", LAYOUT.encode())[0].container == "text"
