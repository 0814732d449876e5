"""Text dumps in reading order: what each way of telling a lost place promises, and its finding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lib.filings.readers.text import read_text
from lib.filings.record import Filing

from .dumps import FOOT, HEAD, rules

ROLES = "X Director\n10% Owner"
BOXES = """
2. Issuer Name and Ticker or Trading Symbol

1. Name and Address of Reporting Person*

Harbour Lights Corp [ HLC ]

Marlowe Ada
(Last)

(First)

5. Relationship of Reporting Person(s) to Issuer
(Check all applicable)

{roles}

03/04/2021

{address}

(City)

X Form filed by One Reporting Person

"""
ADDRESS = "1 PIER ROAD\n(Street)\n\nPORT AGNES\n\nME\n\n04000"
TABLES = """Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned
1. Title of Security (Instr. 3)

Code

V

{first}

Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned

{second}

Explanation of Responses:
{notes}

{signed}
"""
SIGNED = "/s/ Jo Finch\n\n03/05/2021"


def plain(
    first: str = "",
    second: str = "",
    *,
    roles: str = ROLES,
    address: str = ADDRESS,
    notes: str = "1. Sold.",
    signed: str = SIGNED,
) -> Filing:
    """The filing of a dump in reading order; cells are parted by bars."""
    boxes = BOXES.format(roles=roles, address=address)
    tables = TABLES.format(
        first=first.replace(" | ", "\n\n"), second=second.replace(" | ", "\n\n"), notes=notes, signed=signed
    )
    text = HEAD.replace("FORM 4                ", "FORM 4\n\n") + boxes + tables + FOOT
    return read_text("dump.txt", text.encode())


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ("X\n\nDirector\n\n10% Owner\n\nX\n\nOfficer (give title\nbelow)\n\nOther (specify\nbelow)\n\nChief\nKeeper", "DO"),
        ("10% Owner\n\nOfficer (give title\nbelow)\n\nOther (specify\nbelow)\n\nX\n\nDirector", "T"),
        ("X\n\n3. Date of Earliest Transaction (Month/Day/Year)\n\nDirector\n\n10% Owner\n\nOfficer (give title\nbelow)\n\nOther (specify\nbelow)", "D"),
        ("X\n\nDirector\n\nX\n\nOfficer (give title\nbelow)\n\n10% Owner\nOther (specify\nbelow)\n\nChief\nKeeper\n\nX", "DTO"),
        ("Director\n\nX\n\n10% Owner\n\nOfficer (give title\nbelow)\n\nX\n\nOther (specify\nbelow)\n\nSee\nRemarks", "TX"),
    ],
    ids=["director and officer", "ten per cent", "director", "three", "other"],
)  # fmt: skip
def test_ticks_are_told_by_how_labels_are_grouped(roles: str, expected: str) -> None:
    """Ticks apart from their labels mark the roles the form's fixed boxes leave possible, with a warning."""
    filing = plain(roles=roles)
    text = filing.reporting_owners[0]
    ticked = [text.is_director, text.is_ten_percent_owner, text.is_officer, text.is_other]
    assert "".join(letter for letter, yes in zip("DTOX", ticked, strict=True) if yes) == expected
    assert rules(filing, "reporting_owners[0].is_director") == {"text.loose_tick"}


def test_a_title_may_go_on_with_a_word_of_the_form() -> None:
    """ "Officer" below "Chief Financial" is the title's word, not the label's."""
    filing = plain(roles="Director\n10% Owner\n(give title\nOther (specify\nX Officer\nbelow)\nbelow)\n\nChief\nFinancial\nOfficer")  # fmt: skip
    assert filing.reporting_owners[0].officer_title == "Chief Financial Officer"


@pytest.mark.parametrize(
    "address",
    [
        "(Street)\n\nME\n\n04000\n\nC/O HARBOUR LIGHTS INC.\n\n1 PIER ROAD\n\nPORT AGNES",
        "1 PIER ROAD\n4. If Amendment, Date of Original Filed (Month/Day/Year)\n\nHARBOUR LIGHTS INC.\n\nPORT AGNES\n\nME\n\n04000",
    ],
    ids=["state first", "lower street first"],
)
def test_an_address_out_of_order_is_known_by_its_looks(address: str) -> None:
    """Company before street, city beside state; each part is a finding that its label or its shape does not settle."""
    filing = plain(address=address)
    owner = filing.reporting_owners[0]
    assert (owner.street1 or "").endswith("HARBOUR LIGHTS INC.")
    assert (owner.street2, owner.city, owner.state, owner.zip_code) == (
        "1 PIER ROAD",
        "PORT AGNES",
        "ME",
        "04000",
    )
    assert "text.address" in rules(filing, "reporting_owners[0].city")
    for sure in ("name", "state", "zip_code"):
        assert not rules(filing, f"reporting_owners[0].{sure}")


def test_columns_are_read_from_top_to_bottom() -> None:
    """Cells said column by column become rows: the first of every column belongs together."""
    filing = plain(
        "Common Stock | Common Stock | 03/03/2021 | 03/04/2021 | S | S | 100 | 250 | D | D | $10 | $11 | 900 | 650 | D | D"
    )
    first, second = filing.non_derivative
    assert (first.transaction_date, first.transaction_shares) == (date(2021, 3, 3), Decimal(100))
    assert (second.transaction_date, second.transaction_shares) == (date(2021, 3, 4), Decimal(250))
    assert [row.shares_owned_following for row in filing.non_derivative] == [Decimal(900), Decimal(650)]
    assert rules(filing, "non_derivative[0]") == {"text.woven"}


def test_a_whole_row_amid_lost_ones_is_read_without_doubt() -> None:
    """A row whose cells stand together, in order and complete can be read in one way, so no finding is on it."""
    columns = "Common Stock | Common Stock | 03/03/2021 | 03/04/2021 | S | S | 100 | 250 | D | D | $10 | $11 | 900 | 650 | D | D"
    row = "Common Stock | 03/05/2021 | S | 10 | D | $9 | 640 | D"
    filing = plain(f"{columns} | {row}")
    assert filing.non_derivative[2].transaction_shares == Decimal(10)
    assert rules(filing, "non_derivative[1]") == {"text.woven"}
    assert not [x for x in filing.findings if x.where.startswith("non_derivative[2]") and "woven" in x.rule]
    lacking = plain(f"{columns} | {row.replace('03/05/2021 | ', '')}")
    assert "text.woven" in rules(lacking, "non_derivative[2]")


def test_a_street_that_ends_in_a_comma_may_be_cut() -> None:
    """Whether the second line is a line of its own or the rest of the first is not told by the form, so a note says so."""
    filing = plain(address=ADDRESS.replace("1 PIER ROAD", "1 PIER ROAD, BLDG. 4,\nSUITE 250"))
    owner = filing.reporting_owners[0]
    assert (owner.street1, owner.street2) == ("1 PIER ROAD, BLDG. 4,", "SUITE 250")
    assert rules(filing, "reporting_owners[0].street2") == {"text.street_lines"}
    assert not rules(plain(address=ADDRESS.replace("ROAD", "ROAD\nSUITE 250")), "reporting_owners[0].street2")


def test_titles_that_ran_together_are_parted() -> None:
    """Two rows' natures in one block part after the mark of the first."""
    filing = plain(
        "Common Stock | 900 | I | Common Stock | 650 | I | Marlowe\nTrust(1)\nFinch\nTrust(2)",
        notes="1. One.\n2. Two.",
    )
    assert [row.nature_of_ownership for row in filing.non_derivative] == ["Marlowe Trust", "Finch Trust"]
    assert filing.non_derivative[1].footnotes["nature_of_ownership"] == ("F2",)


@pytest.mark.parametrize(
    ("second", "side"),
    [
        ("Code | (A) | V | 300 | (D) | 8. Price\nof\nDerivative\nSecurity\n(Instr. 5)", "A"),
        ("Code | (A) | V | (D) | 300 | 8. Price\nof\nDerivative\nSecurity\n(Instr. 5)", "D"),
    ],
)
def test_where_the_labels_stand_tells_acquired_from_disposed(second: str, side: str) -> None:
    """An amount above the label (D) is under (A), one right below it under (D); a finding says which told."""
    filing = plain(
        second=f"Warrant | $4 | 03/04/2021 | J | {second} | (1) | (1) | Common Stock | 300 | $0 | 700 | D"
    )
    warrant = filing.derivative[0]
    assert (warrant.transaction_shares, warrant.acquired_disposed_code) == (Decimal(300), side)
    assert rules(filing, "derivative[0].acquired_disposed_code") >= {"text.side_by_code"}


def test_later_boxes_are_taken_out_of_the_table() -> None:
    """A further owner's box amid the cells of Table II becomes an owner; the cells stay a row."""
    filing = plain(
        second="Warrant | $4 | 1. Name and Address of Reporting Person* | Finch Holdings LLC\n(Last) | (First)"
        " | 2 QUAY STREET\n(Street) | OLD\nAGNES | ME | (City) | (State) | 1. Name and Address of Reporting Person"
        " | 04001\n(Zip)\n* | Finch Jo\n(Last) | 3 QUAY STREET\n(Street) | AGNES | ME | 04002 | (City) | (1) | (1)"
        " | Common Stock | 300 | 700 | D"
    )
    _, holdings, finch = filing.reporting_owners
    assert (holdings.name, holdings.street1, holdings.city) == (
        "Finch Holdings LLC",
        "2 QUAY STREET",
        "OLD AGNES",
    )
    assert (holdings.state, holdings.zip_code) == ("ME", "04001")
    assert (finch.name, finch.city, finch.zip_code) == ("Finch Jo", "AGNES", "04002")
    assert rules(filing, "reporting_owners[1]") == {"text.address"}
    (row,) = filing.derivative
    assert (row.security_title, row.underlying_security_shares, row.direct_or_indirect) == (
        "Warrant",
        Decimal(300),
        "D",
    )


def test_hyphens_at_line_ends_are_put_back() -> None:
    """A hyphen that a line's end took is put back where the trade or the document knows the word."""
    filing = plain(
        "Common Stock | 900 | I | By Self\nTrust | Common Stock | 10 | I | SelfTrust(1)",
        notes="1. A non-business day.\n2. It is a nonbusiness\nday.",
        signed="/s/ Jo Finch, attorneyin-fact\n\n03/05/2021",
    )
    assert filing.signatures[0].name == "/s/ Jo Finch, attorney-in-fact"
    assert rules(filing, "signatures[0].name") == {"text.hyphen"}
    assert filing.footnotes["F2"] == "It is a non-business day."
    assert filing.non_derivative[1].nature_of_ownership == "Self-Trust"


def test_a_date_below_the_signature_label_belongs_to_the_name_above_it() -> None:
    """A converter that says the name, the label and then the date loses nothing."""
    filing = plain(signed="/s/ Jo Finch\n** Signature of Reporting Person\n\n03/05/2021\n\nDate")
    assert [(x.name, x.date) for x in filing.signatures] == [("/s/ Jo Finch", date(2021, 3, 5))]


def test_a_long_first_word_keeps_the_hyphen_it_mostly_has() -> None:
    """A word said often with its hyphen lost it where it stands once without, if its first part is no mere prefix."""
    said = "A knowledge-based unit and a knowledge-based award rest on knowledge."
    filing = plain(notes=f"1. {said}\n2. {said}\n3. A knowledgebased grant.")
    assert filing.footnotes["F3"] == "A knowledge-based grant."
    assert "text.hyphen" in rules(filing, "footnotes.F3")
