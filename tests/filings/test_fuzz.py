"""Whatever is dropped in, a reader ends with a record or a sentence."""

from __future__ import annotations

from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import OUR_FAULT, read_isolated
from tests.filings.fuzzing import broken, wrong_types

COUNT = 400


def test_broken_documents_end_in_a_record_or_a_sentence() -> None:
    """Mutated, cut, spliced and random documents raise nothing else and give no value of a wrong type."""
    for name, found in read_isolated((f"broken-{n}", data) for n, data in enumerate(broken(COUNT))):
        if isinstance(found, UnreadableFiling):
            assert str(found).startswith(name)
            assert found.what != OUR_FAULT
        else:
            assert all(not wrong_types(filing) for filing in found)
