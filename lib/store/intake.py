"""Files into the store, one by one, so that a page can show progress and one bad file stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lib.filings.readers import READER_VERSION, UnreadableFiling, read
from lib.filings.record import Filing
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
    """Read and keep each file of ``(name, bytes)``, in order. Bytes the library holds are not read again."""
    for file_name, data in files:
        name = display_name(file_name)
        if sha256 := store.holds(data, READER_VERSION):
            yield Intake(name, tuple(store.entries(sha256)))
            continue
        for _, outcome in _read_each([(name, data)]):
            if isinstance(outcome, UnreadableFiling):
                yield Intake(name, reason=str(outcome))
            else:
                added = store.add_document(name, data, outcome, READER_VERSION)
                yield Intake(name, tuple(store.entries(added.sha256)), new=added.new)


def _read_each(
    files: list[tuple[str, bytes]],
) -> Iterator[tuple[str, list[Filing] | UnreadableFiling]]:
    for name, data in files:
        try:
            yield name, read(name, data)
        except UnreadableFiling as error:
            yield name, error
