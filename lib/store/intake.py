"""Files into the store, one by one, so that a page can show progress and one bad file stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lib.filings.isolated import read_isolated, unpacked
from lib.filings.readers import READER_VERSION, UnreadableFiling
from lib.store import Entry, Store
from lib.store.names import display_name


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file: its filings in the library, or the sentence that says why not."""

    name: str
    entries: tuple[Entry, ...] = ()
    new: bool = False
    reason: str | None = None


def take_in(store: Store, files: Iterable[tuple[str, bytes]]) -> Iterator[Intake]:
    """Read and keep each file of ``(name, bytes)``, in order; an archive's files count one by one.

    Bytes the library holds are not read again.
    """
    held: list[Intake] = []
    reading: list[bytes] = []

    def unread() -> Iterator[tuple[str, bytes]]:
        for file_name, data in unpacked(files):
            name = display_name(file_name)
            if isinstance(data, UnreadableFiling):
                held.append(Intake(name, reason=str(data)))
            elif sha256 := store.holds(data, READER_VERSION):
                held.append(Intake(name, tuple(store.entries(sha256))))
            else:
                reading.append(data)
                yield name, data

    for name, outcome in read_isolated(unread()):
        yield from _drained(held)
        data = reading.pop()
        if isinstance(outcome, UnreadableFiling):
            yield Intake(name, reason=str(outcome))
        else:
            added = store.add_document(name, data, outcome, READER_VERSION)
            yield Intake(name, tuple(store.entries(added.sha256)), new=added.new)
    yield from _drained(held)


def _drained(held: list[Intake]) -> list[Intake]:
    """What is in the list, which is left empty."""
    out = held.copy()
    held.clear()
    return out
