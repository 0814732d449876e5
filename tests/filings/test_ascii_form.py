"""Forms typed before ownership XML: boxes below their labels, tables drawn with bars."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lib.filings.readers import read
from lib.filings.readers.ascii_form import written_date
from lib.filings.record import Filing
from tests.filings.test_submission import HEADER

RULE = "_" * 110 + "|"
FORM = f"""UNITED STATES SECURITIES AND EXCHANGE COMMISSION
FORM 4
STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
1. Name and Address of Reporting Person
   Roe, Richard R.
   c/o Acme Tools Inc.
   1 Main Street
   Boston, MA  02110
2. Issuer Name and Ticker or Trading Symbol
   Acme Tools Inc.
   ACME
3. IRS or Social Security Number of Reporting Person (Voluntary)

4. Statement for Month/Year
   {{period}}
5. If Amendment, Date of Original (Month/Year)

6. Relationship of Reporting Person(s) to Issuer (Check all applicable)
   (X) Director ( ) 10% Owner (X) Officer (give title below) ( ) Other
<TABLE>
<CAPTION>
{RULE}
 Table I -- Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned                            |
{RULE}
1. Title of Security |2.     |3.  | |4.       |   |         |5.Amount of        |6.Dir |7.Nature             |
{RULE}
<S>                  <C>     <C>  <C><C>      <C> <C>       <C>                 <C>    <C>
Common Stock of the C|3/15/99|P   | |1,000 (1)|A  |$12.50   |21,000             |D     |                     |
ompany               |       |    | |         |   |         |                   |      |                     |
- ----------------------------------------------------------------------------------------------------------------|
Common Stock         |       |    | |         |   |         |300                |I     |By wife              |
{RULE}
</TABLE>
Explanation of Responses:
(1) Bought in two trades
on one day.
SIGNATURE OF REPORTING PERSON
  /s/ Richard R. Roe
DATE
April 8, 1999
"""


def one(period: str = "March 31, 1999") -> Filing:
    (filing,) = read("old.txt", FORM.format(period=period).encode())
    return filing


def test_boxes_rows_and_signature_are_read() -> None:
    """Name, roles, rows cut over lines, marks, footnote and the written date come out."""
    filing = one()
    bought, held = filing.non_derivative
    owner = filing.reporting_owners[0]
    assert (owner.name, owner.city, owner.state, owner.zip_code) == (
        "Roe, Richard R.",
        "Boston",
        "MA",
        "02110",
    )
    assert owner.is_director
    assert owner.is_officer
    assert not owner.is_ten_percent_owner
    assert (filing.issuer.name, filing.issuer.symbol) == ("Acme Tools Inc.", "ACME")
    assert bought.security_title == "Common Stock of the Company"
    assert (bought.transaction_date, bought.transaction_code) == (date(1999, 3, 15), "P")
    assert (bought.transaction_shares, bought.transaction_price_per_share) == (
        Decimal(1000),
        Decimal("12.50"),
    )
    assert bought.footnotes == {"transaction_shares": ("F1",)}
    assert (held.row_type, held.shares_owned_following) == ("holding", Decimal(300))
    assert held.nature_of_ownership == "By wife"
    assert filing.footnotes == {"F1": "Bought in two trades on one day."}
    assert (filing.signatures[0].name, filing.signatures[0].date) == ("/s/ Richard R. Roe", date(1999, 4, 8))


def test_a_month_stands_for_its_last_day_with_a_finding() -> None:
    """Where the form gives a month and year only, the period is the month's last day and says so."""
    filing = one("10/98")
    assert filing.period_of_report == date(1998, 10, 31)
    assert [finding.rule for finding in filing.findings] == ["ascii.month"]


def test_places_are_lines_and_columns_of_the_document() -> None:
    """In a submission, lines count from the submission's first."""
    data = (
        HEADER
        + "<DOCUMENT>\n<TYPE>4\n<TEXT>\n"
        + FORM.format(period="March 31, 1999")
        + "</TEXT>\n</DOCUMENT>\n"
    )
    (filing,) = read("old.txt", data.encode())
    source = filing.cell("non_derivative[0]", "shares_owned_following").source
    assert source is not None
    assert source.line is not None
    assert data.splitlines()[source.line - 1][source.start : source.end] == "21,000"
    assert filing.container == "submission"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("February 29,2000", date(2000, 2, 29)),
        ("3/5/99", date(1999, 3, 5)),
        ("soon", None),
        ("May 40, 1999", None),
    ],
)
def test_written_dates(text: str, day: date | None) -> None:
    """Days are read as words or figures; what is no day is none."""
    assert written_date(text) == day
