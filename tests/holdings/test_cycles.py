"""Collections that are put off come back, whatever happens."""

from __future__ import annotations

import gc

import pytest

from lib.holdings.cycles import few_collections


def test_collections_are_off_inside_and_on_again_after_a_fault() -> None:
    """The interpreter looks for cycles again after the block, though it ended in an error."""

    def fault() -> None:
        with few_collections():
            assert not gc.isenabled()
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fault()
    assert gc.isenabled()


def test_blocks_that_overlap_do_not_leave_it_off() -> None:
    """The last of two blocks to end looks for cycles again, whichever began first."""
    first, second = few_collections(), few_collections()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()
