"""Text dumps with tables guessed: parts that a border took from their cells or lines and set down elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.filings.readers.text import read_text
from lib.filings.record import Filing

from .dumps import TABS, rules, tabs

SALE = "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t"


def noted(scraps: str, *notes: str) -> Filing:
    """The dump with letters left under the explanations' heading, and notes below the form."""
    marked = SALE.replace("Common Stock", "Common Stock(1)(2)")
    text = TABS.format(rows=marked).replace("Responses:\n", f"Responses:\n{scraps}", 1)
    return read_text(
        "dump.txt", (text + "".join(f"{n}. {note}\n" for n, note in enumerate(notes, 1))).encode()
    )


def test_a_line_of_a_note_takes_back_its_first_letter() -> None:
    """A letter left behind goes to the one word of its note that is no word without it, with a warning."""
    filing = noted(
        "1\nt\n2\nf\n", "Shares owned with respect o the fund.", "Given to the issuer or no price."
    )
    assert filing.footnotes == {
        "F1": "Shares owned with respect to the fund.",
        "F2": "Given to the issuer for no price.",
    }
    assert rules(filing, "footnotes.F1") == rules(filing, "footnotes.F2") == {"text.first_letter"}


@pytest.mark.parametrize(
    "note", ["Held for the benefit thereof hereof.", "The notes are held thus.", "Held as he or as he would."]
)
def test_a_letter_that_two_words_or_none_can_take_is_left(note: str) -> None:
    """Where the letter stands in its place already, or several words could take it, the note stays as it is."""
    filing = noted("1\nt\n", note)
    assert filing.footnotes["F1"] == note
    assert rules(filing, "footnotes.F1") == set()


def test_a_short_last_line_of_a_note_is_no_name() -> None:
    """A line that begins in lower case or with a number goes on with the wide line of a note above it."""
    note = (
        "The fund transferred shares to each of its partners, as follows: " + "100 shares to a partner, " * 4
    )
    filing = noted(f"1. {note}300 shares,\n33 warrants\n")
    assert filing.footnotes["F1"].endswith("300 shares, 33 warrants")


def test_the_issuer_is_found_below_the_beginning_of_the_next_label() -> None:
    """A border through the label of box 5 leaves "5. R" before the issuer's name, which is read all the same."""
    text = TABS.format(rows=SALE)
    cut = text.replace(
        "Symbol Harbour Lights Corp [ HLC ]\t\t\t\t\t5. Relationship of Reporting Person(s) to Issuer (Check all",
        "Symbol 5. R Harbour Lights Corp [ HLC ] (Ch\t\t\t\t\telationship of Reporting Person(s) to Issuer eck all",
    )
    assert cut != text
    filing = read_text("dump.txt", cut.encode())
    assert (filing.issuer.name, filing.issuer.symbol) == ("Harbour Lights Corp", "HLC")


def test_a_box_torn_by_a_page_is_put_together() -> None:
    """Streets above the first box belong to the box whose streets are missing, and no heading is a name."""
    text = TABS.format(rows=SALE).replace(
        "1. Name and", "(Last) (First) (Middle)\n95 PIER STREET\n1. Name and", 1
    )
    text += (
        "1. Name and Address of Reporting Person* FINCH HOLDINGS LTD.\n"
        "SUITE 800\n(Street)\nPORT AGNES ME 04000\n(City) (State) (Zip)\n"
    )
    filing = read_text("dump.txt", text.encode())
    assert [owner.name for owner in filing.reporting_owners] == ["Marlowe Ada", "FINCH HOLDINGS LTD."]
    second = filing.reporting_owners[1]
    assert (second.street1, second.street2, second.city) == ("95 PIER STREET", "SUITE 800", "PORT AGNES")


def test_a_scrap_of_a_table_is_no_part_of_an_address() -> None:
    """A lone bracket between the lines of a box is left out with a finding, and the street stays."""
    box = "1. Name and Address of Reporting Person* FINCH LTD. (Last) (First) (Middle) 95 PIER STREET SOUTH\nC\t(1\n"
    text = TABS.format(rows=SALE) + box + "(Street)\nPORT AGNES ME 04000\n(City) (State) (Zip)\n"
    second = read_text("dump.txt", text.encode()).reporting_owners[1]
    assert (second.street1, second.street2) == ("95 PIER STREET SOUTH", None)


def wide(*rows: str) -> Filing:
    """The dump with three more guessed borders before the columns of the date and of the number owned."""
    text = TABS.replace("\t2. Trans", "\t\t\t\t2. Trans").replace("\t\t\t5. Am", "\t\t\t\t\t\t5. Am")
    text = text.replace("\t\t\tCode", "\t\t\t\t\t\tCode").replace("Price\t\t\t\n", "Price\t\t\t\t\t\t\n")
    sale = "Common Stock\t\t\t\t03/04/2021\t\tS\t\t100\tD\t$10.6\t\t\t\t8,700\tD\t"
    return read_text("dump.txt", text.format(rows="\n".join([*rows, sale, sale])).encode())


def test_a_date_keeps_its_marks_where_a_border_showed_it_twice() -> None:
    """The date's second showing and the marks below it, on a line of their own, add nothing to the row."""
    filing = wide(
        "Common Stock\t\t\t03/04/2021(1) (2)\t03/04/2021\t\tS\t\t100\tD\t$10.6\t\t\t\t8,700\tD\t",
        "\t\t\t\t(2)\t\t\t\t\t\t\t\t\t\t\t\t",
    )
    assert len(filing.non_derivative) == 3
    assert filing.non_derivative[0].footnotes == {"transaction_date": ("F1", "F2")}


def test_a_fifth_decimal_place_is_the_first_digit_of_the_next_cell() -> None:
    """Ownership XML has four decimal places, so of two ways to join a cut line the one that keeps them is taken."""
    filing = tabs("Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6125\t4\t3,878\tD\t", SALE, SALE)
    row = filing.non_derivative[0]
    assert (row.transaction_price_per_share, row.shares_owned_following) == (
        Decimal("10.6125"),
        Decimal(43878),
    )
    assert rules(filing, "non_derivative[0].shares_owned_following") == {"text.cut_cell"}


def test_a_price_shown_twice_and_cut_twice_is_one_price() -> None:
    """A price that reaches over two guessed borders, its dollars cut, leaves the number owned in its column."""
    filing = wide("Common Stock\t\t\t\t03/04/2021\t\tA\tV\t176\tA\t$12\t0.6745(2)\t120.674\t5(2)\t176\tD\t")
    row = filing.non_derivative[0]
    assert (row.transaction_price_per_share, row.shares_owned_following) == (
        Decimal("120.6745"),
        Decimal(176),
    )
    assert (row.direct_or_indirect, row.nature_of_ownership) == ("D", None)
