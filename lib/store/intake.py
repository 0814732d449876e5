"""Files into the store, one by one, so that a page can show progress and one bad file stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from lib.filings.isolated import Outcome, read_isolated, unpacked
from lib.filings.names import display_name, display_path, visible
from lib.filings.readers import READER_VERSION, UnreadableFiling
from lib.store import Entry, Store
from lib.store.refusals import refuse, settle


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file: its filings in the library, or the sentence that says why not."""

    name: str
    entries: tuple[Entry, ...] = ()
    new: bool = False
    reason: str | None = None


def take_in(store: Store, files: Iterable[tuple[str, bytes | UnreadableFiling]]) -> Iterator[Intake]:
    """Read and keep each file of ``(name, bytes)``, in order; an archive's files count one by one.

    Bytes the library holds are not read again. Why a file was not read is kept until it is read or dismissed.
    """
    for one in _taken_in(store, files):
        try:
            if one.reason:
                refuse(store, one.name, one.reason)
            else:
                settle(store, one.name)
        except OperationalError:
            logging.getLogger(__name__).exception("What became of a file cannot be written down")
        yield one


def _taken_in(store: Store, files: Iterable[tuple[str, bytes | UnreadableFiling]]) -> Iterator[Intake]:
    waiting: list[tuple[str, bytes]] = []
    outcomes = read_isolated(_each(waiting))
    for label, data in unpacked((display_name(name), data) for name, data in files):
        name = display_path(label)
        if isinstance(data, UnreadableFiling):
            yield Intake(name, reason=_reason(name, data))
        elif sha256 := store.holds(data, READER_VERSION):
            yield Intake(name, tuple(store.entries(sha256)))
        else:
            waiting.append((name, data))
            _, outcome = next(outcomes)
            yield _kept(store, name, data, outcome)


def _each(waiting: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    while waiting:
        yield waiting.pop()


def _kept(store: Store, name: str, data: bytes, outcome: Outcome) -> Intake:
    """What became of a file that was read. A library that cannot keep it fails this file only."""
    if isinstance(outcome, UnreadableFiling):
        return Intake(name, reason=_reason(name, outcome))
    try:
        added = store.add_document(name, data, outcome, READER_VERSION)
        return Intake(name, tuple(store.entries(added.sha256)), new=added.new)
    except OperationalError:
        logging.getLogger(__name__).exception("The library cannot be written")
        what = "was read, but the library's file cannot be written"
        refusal = UnreadableFiling(name, what, "Check that its disk has room, and drop the file in again")
    except Exception:
        logging.getLogger(__name__).exception("The library cannot keep a filing")
        what = "was read, but holds something that the library cannot keep"
        refusal = UnreadableFiling(name, what, "Keep the file and report it, so that it can be mended")
    return Intake(name, reason=str(refusal))


def _reason(name: str, refusal: UnreadableFiling) -> str:
    """The refusal under the name as it may be shown: file and archive are somebody else's text."""
    return visible(str(UnreadableFiling(name, refusal.what, refusal.advice)))
