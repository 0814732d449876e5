"""Scans: what the whole record and the form tell about single readings, each repair with a finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.filings.form import Text
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.paper import Piece, Section, unruled
from lib.filings.readers.paper_head import read_boxes
from lib.filings.readers.scan_columns import settled
from lib.filings.readers.scan_record import (
    in_pairs,
    made_one,
    mended,
    place_code,
    whole_words,
    with_commas,
    with_letters,
    with_q,
)
from lib.filings.readers.sheet import Rule, Sheet, Word
from lib.filings.record import Filing, Issuer, Owner, Row, Signature

NOTES = {f"F{n}": f"Note {n}." for n in range(1, 6)}
SALE = Row("transaction", security_title="Common Stock", transaction_shares=Decimal(100))


def rules(filing: Filing) -> dict[str, str]:
    """The rule of the finding at each place."""
    return {finding.where: finding.rule for finding in filing.findings}


@pytest.mark.parametrize(
    ("column", "read", "whole"),
    [
        ("exercise_date", "( D", "(1)"),
        ("exercise_date", "( 4", "(4)"),
        ("expiration_date", "4", "(4)"),
        ("transaction_price_per_share", "( )", "(1)"),
        ("transaction_price_per_share", "2 9", "(2)"),
        ("conversion_or_exercise_price", "$01)(5)", "$0(1)(5)"),
        ("conversion_or_exercise_price", "$;0(1x9)", "$0(1)(9)"),
        ("transaction_code", "A I ) (5)", "A(1)(5)"),
        ("transaction_code", "J[2}", "J(2)"),
        ("transaction_code", "J 14 )", "J(14)"),
        ("expiration_date", "02/14/202811)", "02/14/2028(11)"),
        ("transaction_amount", "1000,000", "1,000,000"),
    ],
)
def test_a_cell_is_what_its_column_can_hold(column: str, read: str, whole: str) -> None:
    """Marks whose brackets were read as letters, and numbers that lost a comma, are put right."""
    assert settled(column, Text(read)).text == whole


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("exercise_date", "03/04/2021"),
        ("exercise_date", "(3)"),
        ("transaction_price_per_share", "$4.5"),
        ("transaction_price_per_share", "$0(2)"),
        ("owned_following", "4"),
        ("transaction_code", "S/K"),
        ("transaction_amount", "12,500"),
    ],
)
def test_what_a_column_holds_stays(column: str, text: str) -> None:
    """A cell that was read as its column has it is no repair."""
    cell = Text(text)
    assert settled(column, cell) is cell


def test_a_mark_after_a_word_that_lost_its_bracket_is_a_mark() -> None:
    """Words do not end in a figure and a bracket."""
    cell = settled("security_title", Text("Class C Finch Stock Units4)"))
    assert (cell.text, cell.marks) == ("Class C Finch Stock Units", (4,))


def test_marks_without_a_note_are_two_marks_or_none() -> None:
    """A form with five notes has no mark 13, but 1 and 3; a 92 can be nothing and is left out; both are told."""
    row = Row("holding", footnotes={"security_title": ("F13",), "nature_of_ownership": ("F92",)})
    filing = mended(Filing("scan", non_derivative=(row,), footnotes=NOTES))
    assert filing.non_derivative[0].footnotes == {"security_title": ("F1", "F3")}
    assert rules(filing) == {
        "non_derivative[0].security_title": "scan.mark",
        "non_derivative[0].nature_of_ownership": "scan.mark",
    }


def test_a_point_for_a_comma_is_known_by_the_same_number_elsewhere() -> None:
    """295.850 shares of which another cell says 295,850 are as many; a fraction that stands alone stays one."""
    option = Row(
        "transaction", transaction_shares=Decimal("295.850"), underlying_security_shares=Decimal(295850)
    )
    plan = Row("holding", shares_owned_following=Decimal("120.674"))
    filing = mended(Filing("scan", non_derivative=(plan,), derivative=(option,)))
    assert filing.derivative[0].transaction_shares == Decimal(295850)
    assert filing.non_derivative[0].shares_owned_following == Decimal("120.674")
    assert rules(filing) == {"derivative[0].transaction_shares": "scan.thousands"}


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ('Held by Finch Fund (the "Fund) alone.', 'Held by Finch Fund (the "Fund") alone.'),
        ('Held by Finch Fund (the Fund") alone.', 'Held by Finch Fund (the "Fund") alone.'),
        ("Held (i for himself and (ii) for a fund.", "Held (i) for himself and (ii) for a fund."),
        ("Half on May 1, 2023. (ii) half later.", "Half on May 1, 2023, (ii) half later."),
        ("He gave 2.625.000 shares for $825.000 cash.", "He gave 2,625,000 shares for $825,000 cash."),
        ("He has 147.985 units and 1.250 RSUs at $4.125.", "He has 147,985 units and 1,250 RSUs at $4.125."),
        (
            "Held (i) alone, (ii) with her and (ii) by both.",
            "Held (i) alone, (ii) with her and (iii) by both.",
        ),
        (
            'Held by Finch LP("Finch") and Wren Inc.("Wren").',
            'Held by Finch LP ("Finch") and Wren Inc. ("Wren").',
        ),
        ("held by Jo Finch 's wife", "held by Jo Finch's wife"),
        ('Finch LLC (the "Fund ") holds it.', 'Finch LLC (the "Fund") holds it.'),
        ('The "Fund" sold 1.5 shares at $4.50.', 'The "Fund" sold 1.5 shares at $4.50.'),
    ],
)
def test_signs_of_a_note_come_in_pairs_and_groups(read: str, whole: str) -> None:
    """A defined term has two quotes, a numeral two brackets, and a million commas."""
    assert in_pairs(read) == whole


def test_words_take_the_letter_that_the_document_says_they_have() -> None:
    """A rare word that lacks a letter of a frequent one is that; a word said as often is its own."""
    times = {"Trust": 5, "Tust": 1, "Truest": 5, "footmote": 2, "Fund": 3, "Funds": 3}
    said = with_letters("The Tust and the Truest, see footmote, wih Fund and Funds.", times)
    assert said == "The Trust and the Truest, see footnote, with Fund and Funds."


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("the perfommance of the eam out and the tems", "the performance of the earn out and the terms"),
        ("an adjustnent to the awad", "an adjustment to the award"),
        (
            "amounts owed to them, net of tax, though divided",
            "amounts owed to them, net of tax, though divided",
        ),
        ("a grove of wrens and Tems", "a grove of wrens and Tems"),
    ],
)
def test_words_that_are_none_become_the_word_that_notes_are_made_of(read: str, whole: str) -> None:
    """One letter lost or of another's shape tells the word; what is a word itself, or a name, stays."""
    assert with_letters(read, {}) == whole


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("They ex pire with the stoc k.", "They expire with the stock."),
        ("It is there after all, in to the bargain.", "It is there after all, in to the bargain."),
    ],
)
def test_a_word_of_most_notes_has_no_space_within(read: str, whole: str) -> None:
    """Two parts are one word only where one of them is none."""
    assert made_one(read, {}) == whole


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("FINCH ACOUISITION CORP", "FINCH ACQUISITION CORP"),
        ("SOUARE EOUITY LTD", "SQUARE EQUITY LTD"),
        ("LOUISIANA SOUTH COUNTY", "LOUISIANA SOUTH COUNTY"),
        ("Souare Inc", "Souare Inc"),
    ],
)
def test_capitals_have_their_q(read: str, whole: str) -> None:
    """Between such letters English has a Q before U; names with OU stay as they are."""
    assert with_q(read) == whole


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("Finch GP, LLC: By: /s/ Ann Finch", "Finch GP, LLC; By: /s/ Ann Finch"),
        ("/s/ Ann Finch. Deputy. General Counsel", "/s/ Ann Finch, Deputy General Counsel"),
        ("/s/ Ann Finch for Wren Group,LLC", "/s/ Ann Finch for Wren Group, LLC"),
        ("/s/ Ann Finch. Managing Member", "/s/ Ann Finch, Managing Member"),
        ("/s/ J. K. Wren", "/s/ J. K. Wren"),
        ("Finch Corp. By: /s/ Ann Finch", "Finch Corp. By: /s/ Ann Finch"),
    ],
)
def test_a_signature_has_commas_and_no_full_stops(read: str, whole: str) -> None:
    """After a name comes a comma; initials and abbreviations keep their points."""
    assert with_commas(read) == whole


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("Stock Op tion", "Stock Option"),
        ("Option (Rig)ht to Buy)", "Option (Right to Buy)"),
        ("Class Acommon stock", "Class A common stock"),
        ("Class ACommon Stock", "Class A Common Stock"),
        ("See footmote", "See footnote"),
        ("Finch Warant", "Finch Warrant"),
        ("Finch Warat", "Finch Warat"),
        ("By Wren Trust", "By Wren Trust"),
        ("By Wren Trust()", "By Wren Trust"),
    ],
)
def test_titles_and_natures_are_made_of_known_words(read: str, whole: str) -> None:
    """Spaces and brackets within a word of the trade are no part of it."""
    assert whole_words(read, {"Wren": 1}) == whole


def test_a_class_run_together_with_its_stock_in_every_row_is_parted_in_every_row() -> None:
    """What all rows say alike is no word for that."""
    filing = mended(
        Filing("scan", non_derivative=(Row("holding", security_title="Class ACommon Stock"),) * 3)
    )
    assert {row.security_title for row in filing.non_derivative} == {"Class A Common Stock"}


def test_every_repair_of_the_record_is_told() -> None:
    """Names, notes and places that were put right have a finding each."""
    filing = mended(
        Filing(
            "scan",
            reporting_owners=(Owner(name="Finch", state="DO"),),
            non_derivative=(SALE,),
            footnotes={"F1": 'By a fund (the "Fund).'},
            signatures=(Signature("/s/ Ann Finch. Director"),),
        )
    )
    assert filing.reporting_owners[0].state == "D0"
    assert set(rules(filing)) == {"reporting_owners[0].state", "footnotes.F1", "signatures[0].name"}
    assert place_code("OH") == "OH"


@pytest.mark.parametrize("ticked", [True, False])
def test_a_check_box_is_ticked_by_the_ink_in_it(ticked: bool) -> None:
    """A frame in the margin with a cross is ticked, one with nothing in it is not; a letter is no frame."""
    cv2, np = pytest.importorskip("cv2"), pytest.importorskip("numpy")
    from lib.filings.readers.scan_picture import POINT
    from lib.filings.readers.scan_ticks import ticks

    page = np.full((2200, 1700), 255, np.uint8)
    cv2.rectangle(page, (100, 300), (128, 340), (0,), 3)
    if ticked:
        cv2.line(page, (103, 303), (125, 337), (0,), 2)
        cv2.line(page, (103, 337), (125, 303), (0,), 2)
    cv2.putText(page, "B", (150, 340), cv2.FONT_HERSHEY_SIMPLEX, 1, (0,), 3)
    found = list(ticks(page))
    assert len(found) == ticked
    assert all(abs(box[0] - 100 / POINT) < 1 and abs(box[1] - 300 / POINT) < 1 for box in found)


def test_a_table_whose_rules_were_not_found_is_told() -> None:
    """Without rules across, a page's rows cannot be told apart: they are not read, and an error says so."""
    words = [
        Word(text, x, top, x + 20, top + 8, 8)
        for text, x, top in (("TableII-Derivative", 100, 10), ("1.Titleof", 12, 30), ("Option", 12, 60))
    ]
    upright = [Rule(x, 5, 100) for x in (10.0, 90.0, 150.0)]
    across = [Rule(y, 10, 150) for y in (25.0, 50.0, 90.0)]
    poor, good = (Sheet(2, 200, 200, words, rules, upright) for rules in ([], across))
    ((where, rule),) = [
        (f.where, f.rule) for f in unruled("derivative", Section("derivative", [Piece(poor, 5, 100)]))
    ]
    assert (where, rule) == ("derivative", "form.unruled")
    assert unruled("derivative", Section("derivative", [Piece(good, 5, 100)])) == []


@pytest.mark.parametrize("lower", [0.0, 0.5])
def test_a_tick_between_two_lines_is_that_of_the_label_beside_it(lower: float) -> None:
    """Labels of one line are not quite level in a scan; the tick is the left one's all the same."""
    printed = [
        ("5.", 10.0, 40.0), ("Relationship", 20.0, 40.0), ("of", 80.0, 40.0), ("Reporting", 95.0, 40.0),
        ("Director", 40.0, 60.0), ("10%", 120.0, 60.0), ("Owner", 140.0, 60.0),
        ("Officer", 40.0, 70.0), ("(give", 75.0, 70.0), ("title", 95.0, 70.0),
        ("Other", 120.0, 70.0 + lower), ("(specify", 145.0, 70.0 + lower),
        ("X", 25.0, 73.0), ("below)", 40.0, 79.0), ("below)", 120.0, 79.0 + lower),
    ]  # fmt: skip
    words = [Word(text, x, top, x + 4 * len(text), top + 9, 9.0) for text, x, top in printed]
    form = Printed("scan", owners=[PrintedOwner()])
    read_boxes([Section("boxes", [Piece(Sheet(1, 200, 200, words, [], []), 0, 200)])], form)
    assert list(form.owners[0].roles) == ["is_officer"]


@pytest.mark.parametrize(
    ("name", "symbol", "read"),
    [
        ("Finch Inc. [ FNCH 1", None, ("Finch Inc.", "FNCH")),
        ("Finch Inc. [ FNCH", None, ("Finch Inc.", "FNCH")),
        ("Finch Inc.", "FNCH", ("Finch Inc.", "FNCH")),
        ("Finch Fund 1", None, ("Finch Fund 1", None)),
    ],
)
def test_a_ticker_whose_bracket_was_read_as_a_stroke_is_a_ticker(
    name: str, symbol: str | None, read: tuple[str, str | None]
) -> None:
    """The issuer's name ends where the bracket begins, and the repair is told."""
    filing = mended(Filing("scan", issuer=Issuer(name=name, symbol=symbol)))
    assert (filing.issuer.name, filing.issuer.symbol) == read
    assert ("issuer.symbol" in rules(filing)) == (symbol is None and read[1] is not None)


@pytest.mark.parametrize(
    ("ticker", "symbol", "doubted"),
    [
        ("[ FNCHI", "FNCHI", True),
        ("[ FNCHJ", "FNCHJ", True),
        ("[ FNCHI 1", "FNCHI", False),
        ("[ FNCH", "FNCH", False),
    ],
)
def test_a_last_letter_that_may_be_the_bracket_is_told(ticker: str, symbol: str, doubted: bool) -> None:
    """An I or a J before no other stroke is kept, and the finding says what else it can be."""
    filing = mended(Filing("scan", issuer=Issuer(name=f"Finch Inc. {ticker}")))
    assert filing.issuer.symbol == symbol
    (message,) = [finding.message for finding in filing.findings if finding.where == "issuer.symbol"]
    assert ("may be the bracket" in message) is doubted
