"""``python -m lib export``: a library, or a part of it, as tables or records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from lib.exports.bulk import Batch, Format, TooMany, write_all
from lib.exports.ledgers import write_ledgers
from lib.exports.workbook import TooManyRows
from lib.store import Store, UnusableStore, default_url, open_store
from lib.store.choose import Choice, chosen_ids
from lib.store.place import file_at, may_be_there


def export_library(
    out: Path,
    form: Format,
    choice: Choice,
    said: TextIO,
    errors: TextIO,
    url: str | None = None,
    as_read: bool = False,
) -> int:
    """Run the command; the exit status is 0 all done, 1 something failed."""
    place = url or default_url()
    file = file_at(place)
    if file and not may_be_there(file):
        print(f"There is no library at {place}; name another with --store.", file=errors)
        return 1
    try:
        store = open_store(place)
    except UnusableStore as error:
        print(error, file=errors)
        return 1
    try:
        if not any(chosen_ids(store, choice)):
            print("No filing in the library is of this choice; nothing was exported.", file=errors)
            return 1
        count, refused = write_all(batches(store, choice, as_read), out, form)
        if form in {"parquet", "csv", "xlsx"}:
            wanted = {number for ids in chosen_ids(store, choice) for number in ids}
            write_ledgers(store, wanted, out, form)
    except (TooMany, TooManyRows) as error:
        print(error, file=errors)
        return 1
    except OSError as error:
        print(f"{out} cannot be written ({error.strerror}); name another folder with --out.", file=errors)
        return 1
    finally:
        store.close()
    for sentence in refused:
        print(sentence, file=errors)
    print(f"{count:,} {'filing' if count == 1 else 'filings'} written to {out}.", file=said)
    return 1 if refused else 0


def batches(store: Store, choice: Choice, as_read: bool = False) -> Iterator[Batch]:
    """The filings that are wanted, as corrected or as they were read, with their ids and the names of their documents."""
    for ids in chosen_ids(store, choice):
        names = store.document_names(ids)
        yield [(number, names[number], one) for number, one in store.filings(ids, as_read)]
