"""The printed SEC form: its labels, its columns and how a fact becomes the text of a cell.

Every container but the XML shows the same form, so what a cell says is decided here once. Two wordings of the
headings exist: the one EDGAR prints and the one of investor-relations pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sample_filings.render.headings import EDGAR_HEADINGS, IR_HEADINGS, Heading, without_v

Record = dict[str, Any]

NOTICE = "Rendering of public facts for demonstration; not the filed document."

TITLES = {
    "3": "INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES",
    "4": "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
    "5": "ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
}
OMB_NUMBERS = {"3": "3235-0104", "4": "3235-0287", "5": "3235-0362"}
PERIODS = {"4": "Date of Earliest Transaction", "5": "Statement for Issuer's Fiscal Year Ended"}
"""What box 3 asks for."""
TEN_B_FIVE = (
    "Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan for "
    "the purchase or sale of equity securities of the issuer that is intended to satisfy the affirmative defense "
    "conditions of Rule 10b5-1(c). See Instruction 10."
)
EXIT_BOX = (
    "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. "
    "See Instruction 1(b)."
)
EXCHANGE_ACT = "Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934"
COMPANY_ACT = "or Section 30(h) of the Investment Company Act of 1940"
NONE_OWNED = "No securities are beneficially owned."
REMINDER = "Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly."
CRIMINAL = (
    "** Intentional misstatements or omissions of facts constitute Federal Criminal Violations See 18 U.S.C. 1001 "
    "and 15 U.S.C. 78ff(a)."
)
COPIES = (
    "Note: File three copies of this Form, one of which must be manually signed. If space is insufficient, see "
    "Instruction 6 for procedure."
)
OMB_WARNING = (
    "Persons who respond to the collection of information contained in this form are not required to respond unless "
    "the form displays a currently valid OMB Number."
)


class Cell(NamedTuple):
    """What one cell prints: its text and the numbers of its footnotes."""

    text: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of the form, ready to draw: title lines, heading cells, column names and body."""

    title: tuple[str, ...]
    headings: tuple[Heading, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


FORM_4_TABLE_I = [
    "title",
    "date",
    "deemed",
    "code",
    "v",
    "amount",
    "acquired_disposed",
    "price",
    "following",
    "direct_indirect",
    "nature",
]
FORM_4_TABLE_II = [
    "title",
    "conversion",
    "date",
    "deemed",
    "code",
    "v",
    "acquired",
    "disposed",
    "exercisable",
    "expiration",
    "underlying_title",
    "underlying_amount",
    "price",
    "following",
    "direct_indirect",
    "nature",
]
FORM_3_TABLE_I = ["title", "following", "direct_indirect", "nature"]
FORM_3_TABLE_II = [
    "title",
    "exercisable",
    "expiration",
    "underlying_title",
    "underlying_amount",
    "conversion",
    "direct_indirect",
    "nature",
]


def form_number(record: Record) -> str:
    """The number that the page prints: 4 for a 4/A too."""
    return str(record["document_type"])[0]


def edgar_date(iso: str | None) -> str:
    """2023-08-05 as EDGAR prints it, 08/05/2023."""
    return f"{iso[5:7]}/{iso[8:10]}/{iso[:4]}" if iso else ""


def ir_date(iso: str | None) -> str:
    """2023-08-05 as investor-relations pages print it, 8/5/2023."""
    return f"{int(iso[5:7])}/{int(iso[8:10])}/{iso[:4]}" if iso else ""


def grouped(number: str | None) -> str:
    """A number with thousands separators, its decimals as they were."""
    if not number:
        return ""
    whole, dot, decimals = number.partition(".")
    return f"{int(whole):,}{dot}{decimals}"


def dollars(number: str | None) -> str:
    """A price with its dollar sign, or nothing."""
    return f"${grouped(number)}" if number else ""


def marks_of(row: Record, *fields: str) -> tuple[str, ...]:
    """The footnote numbers of the given fields, F3 as 3."""
    return tuple(mark[1:] for field in fields for mark in row["footnotes"].get(field, ()))


def code_of(row: Record, form: str) -> str:
    """The transaction code, an equity swap as its suffix /K; on Form 5 with its form type and an L where it is late."""
    code = (row["transaction_code"] or "") + ("/K" if row["equity_swap_involved"] else "")
    if form != "5":
        return code
    return (row["transaction_form_type"] or "") + code + (row["transaction_timeliness"] or "")


def amount_of(row: Record, shares: str, value: str) -> Cell:
    """A number of shares, or where the row gives a value instead, that with its dollar sign."""
    return Cell(grouped(row[shares]) or dollars(row[value]), marks_of(row, shares, value))


def cells_of(row: Record, date: Any, form: str) -> dict[str, Cell]:
    """What each named column of the row prints, with dates in the layout's own way."""
    acquired = row["acquired_disposed_code"] == "A"
    amount = amount_of(row, "transaction_shares", "transaction_total_value")
    return {
        "title": Cell(row["security_title"], marks_of(row, "security_title")),
        "conversion": Cell(
            dollars(row["conversion_or_exercise_price"]), marks_of(row, "conversion_or_exercise_price")
        ),
        "date": Cell(date(row["transaction_date"]), marks_of(row, "transaction_date")),
        "deemed": Cell(date(row["deemed_execution_date"]), marks_of(row, "deemed_execution_date")),
        "code": Cell(code_of(row, form), marks_of(row, "transaction_code")),
        "v": Cell("V" if row["transaction_timeliness"] == "E" else ""),
        "amount": amount,
        "acquired": amount if acquired else Cell(),
        "disposed": Cell() if acquired else amount,
        "acquired_disposed": Cell(
            row["acquired_disposed_code"] or "", marks_of(row, "acquired_disposed_code")
        ),
        "price": Cell(
            dollars(row["transaction_price_per_share"]), marks_of(row, "transaction_price_per_share")
        ),
        "exercisable": Cell(date(row["exercise_date"]), marks_of(row, "exercise_date")),
        "expiration": Cell(date(row["expiration_date"]), marks_of(row, "expiration_date")),
        "underlying_title": Cell(
            row["underlying_security_title"] or "", marks_of(row, "underlying_security_title")
        ),
        "underlying_amount": amount_of(row, "underlying_security_shares", "underlying_security_value"),
        "following": amount_of(row, "shares_owned_following", "value_owned_following"),
        "direct_indirect": Cell(row["direct_or_indirect"] or "", marks_of(row, "direct_or_indirect")),
        "nature": Cell(row["nature_of_ownership"] or "", marks_of(row, "nature_of_ownership")),
    }


def tables_of(record: Record, *, investor_relations: bool = False) -> tuple[Table, Table]:
    """Tables I and II of the filing, with the headings of the layout."""
    form = form_number(record)
    date = ir_date if investor_relations else edgar_date
    headings = IR_HEADINGS if investor_relations else EDGAR_HEADINGS
    acquired = "" if form == "3" else "Acquired, Disposed of, or "
    examples = "(e.g., puts, calls, warrants, options, convertible securities)"
    title_one = f"Table I - Non-Derivative Securities {acquired}Beneficially Owned"
    title_two: tuple[str, ...] = (f"Table II - Derivative Securities {acquired}Beneficially Owned", examples)
    if investor_relations:
        title_two = (f"Table II - Derivative Securities Beneficially Owned {examples}",)
    made = []
    for name, title, key, columns in (
        ("I", (title_one,), "non_derivative", FORM_3_TABLE_I if form == "3" else FORM_4_TABLE_I),
        ("II", title_two, "derivative", FORM_3_TABLE_II if form == "3" else FORM_4_TABLE_II),
    ):
        heads = headings["3/" + name] if form == "3" else headings["4/" + name]
        if form == "5":
            heads, columns = without_v(heads), [column for column in columns if column != "v"]
        body = tuple(tuple(cells_of(row, date, form)[column] for column in columns) for row in record[key])
        made.append(Table(title, heads, tuple(columns), body))
    return made[0], made[1]


def roles(owner: Record) -> tuple[bool, bool, bool, bool]:
    """Director, 10% owner, officer, other: the four boxes in printed order."""
    return owner["is_director"], owner["is_ten_percent_owner"], owner["is_officer"], owner["is_other"]


def company_link(cik: str) -> str:
    """The address behind a name on EDGAR's page, which is where the page keeps the CIK."""
    return f"/cgi-bin/browse-edgar?action=getcompany&CIK={cik}"
