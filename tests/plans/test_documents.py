"""Short plans, agreements and notices in the wordings such documents use: what a person reads is read, nothing else."""

from __future__ import annotations

import pytest

from tests.plans.documents_read import compared, documents

ALL = [path for kind in ("worked", "held", "late", "last") for path in documents(kind)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_what_a_person_reads_is_read_and_no_more(path):
    """Each term with its value, and no term that the document does not state."""
    expected, told = compared(path)
    assert told == expected
