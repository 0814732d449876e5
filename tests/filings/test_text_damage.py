"""Text dumps with a blow to their labels or dates: mended with a finding, or told, never silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lib.filings.readers import read
from lib.filings.record import Filing

DUMP = Path(__file__).parents[2] / "sample_filings" / "bertucci-2007-11-08-form4.txt"


def damaged(old: str, new: str) -> Filing:
    """The sample dump with the first ``old`` below the head of the form replaced."""
    text = DUMP.read_text()
    assert old in text
    (filing,) = read("dump.txt", text.replace(old, new, 1).encode())
    return filing


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [("3. Transaction", "3  Transaction", "non_derivative"), ("Table I -", "Tabel I -", "non_derivative")],
    ids=["a label without its dot", "a misspelt title"],
)
def test_a_table_that_cannot_be_read_is_told(old: str, new: str, table: str) -> None:
    """Where a table's head is not understood its rows are missing, and an error says so."""
    filing = damaged(old, new)
    assert filing.non_derivative == ()
    (told,) = [finding for finding in filing.findings if finding.rule == "text.unread-table"]
    assert (told.severity, told.where) == ("error", table)


def test_a_date_in_two_parts_is_joined_with_a_finding() -> None:
    """A converter's cut through a date is mended, and the cell says so."""
    text = DUMP.read_text()
    at = text.rindex("11/08/2007", 0, text.index("Table II"))
    (filing,) = read("dump.txt", (text[:at] + "11/0 8/2007" + text[at + 11 :]).encode())
    assert filing.non_derivative[0].transaction_date == date(2007, 11, 8)
    assert filing.non_derivative[0].security_title == "Common"
    (told,) = [finding for finding in filing.findings if finding.rule == "text.cut-date"]
    assert told.where == "non_derivative[0].transaction_date"
