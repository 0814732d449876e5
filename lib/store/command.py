"""``python -m lib ingest``: files, folders and archives into a library, with progress and a report of failures."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TextIO

from lib.store.archives import Archives, KnowsArchives
from lib.store.ingest import Ingested, Library, LibraryGone, State, Submit, ingest, patiently
from lib.store.inputs import documents, found, how_many
from lib.store.late import LateStore
from lib.store.place import UnusableStore, default_url

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

    from lib.store.reading import Read, Reader

SECONDS_BETWEEN_WORDS: Final = 1.0
SCHEDULER_SECONDS: Final = 20
BATCHES_AHEAD: Final = 4
"""Batches that wait for each reader, so that it never waits while the library is written."""
MOST_SAID: Final = 20
"""Failures that are said one by one; the report has all of them."""
MOST_KINDS: Final = 5
Report = Callable[[Sequence[Ingested], Sequence[Ingested]], "Sequence[Path]"]
"""Keeps a list of what failed, and one of what was skipped; where they are then. Raises ``OSError``."""


class Unreachable(Exception):
    """A cluster that cannot be used, with a sentence that says why and what to do."""


def ingest_places(
    places: Sequence[str],
    out: TextIO,
    errors: TextIO,
    *,
    url: str | None = None,
    library: Library | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    report: Report | None = None,
) -> int:
    """Run the command; the exit status is 0 all done, 1 something failed.

    What is read goes into ``library``, or else the store at ``url``; ``report`` is given what was not read.
    """
    noting: KnowsArchives | None = None
    try:
        if library is None:
            library = noting = LateStore(url or default_url())
    except UnusableStore as error:
        print(error, file=errors)
        return 1
    try:
        with _readers(workers or os.cpu_count() or 1, scheduler) as (submit, ahead):
            return _run(library, Archives(noting), places, submit, ahead, out, errors, report)
    except (LibraryGone, Unreachable) as error:
        print(error, file=errors)
        return 1
    finally:
        library.close()


def _run(
    library: Library,
    archives: Archives,
    places: Sequence[str],
    submit: Submit,
    ahead: int,
    out: TextIO,
    errors: TextIO,
    report: Report | None,
) -> int:
    counts: Counter[State] = Counter()
    failures: list[Ingested] = []
    skipped: list[Ingested] = []
    there = found(places)
    total = how_many(there)
    begun = said = time.monotonic()
    for one in ingest(library, archives.unpacked(documents(there)), submit, ahead):
        # Who names a file means it; what else lies in a folder may be something else.
        state = "failed" if one.state == "skipped" and one.name in places else one.state
        counts[state] += one.documents
        if state == "skipped":
            skipped.append(one)
        elif state == "failed":
            if len(failures) < MOST_SAID:
                print(one.reason, file=errors)
            failures.append(one)
        if time.monotonic() - said >= SECONDS_BETWEEN_WORDS:
            said = time.monotonic()
            done = progress(counts, said - begun) + left(counts.total(), total, said - begun)
            print(done, file=out, flush=True)
    print(f"Done: {progress(counts, time.monotonic() - begun)}", file=out, flush=True)
    if len(failures) > MOST_SAID:
        print(f"And {len(failures) - MOST_SAID:,} more that could not be read.", file=errors)
    if skipped:
        print(skipped_words([one.name for one in skipped]), file=out)
    listed = report is None or _listed(report, failures, skipped, out, errors)
    _note(archives, [one.name for one in (*failures, *skipped)], errors)
    return 1 if failures or not listed else 0


def _listed(
    report: Report, failures: Sequence[Ingested], skipped: Sequence[Ingested], out: TextIO, errors: TextIO
) -> bool:
    """Have the report kept and say where it is; whether it could be."""
    try:
        files = report(failures, skipped)
    except OSError as error:
        print(
            f"The report cannot be written ({error.strerror}); name another file with --report.", file=errors
        )
        return False
    for kind, listed, place in zip(("failure", "skipped file"), (failures, skipped), files, strict=False):
        said_of = f"{kind} is" if len(listed) == 1 else f"{kind}s are"
        print(f"{len(listed):,} {said_of} listed in {place}.", file=out)
    return True


def _note(archives: Archives, refused: Sequence[str], errors: TextIO) -> None:
    """Note the archives that are held whole; where that fails nothing is lost but the next run's time."""
    try:
        patiently(lambda: archives.note(refused))
    except LibraryGone as error:
        print(f"All that was read is kept; only its archives will be unpacked again. {error}", file=errors)


def skipped_words(names: Sequence[str]) -> str:
    """What was skipped, by the ending: ``39 files are not filings and were skipped: 27 .json, 12 .py``."""
    from pathlib import PurePath

    kinds = Counter(PurePath(name).suffix.lower() or "without an ending" for name in names)
    told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common(MOST_KINDS))
    more = f" and {len(kinds) - MOST_KINDS:,} other kinds" if len(kinds) > MOST_KINDS else ""
    if len(names) == 1:
        return f"1 file is not a filing and was skipped: {names[0]}."
    return f"{len(names):,} files are not filings and were skipped: {told}{more}."


def left(done: int, total: int | None, seconds: float) -> str:
    """What remains of a run over so many files, as ``, about 3 min left``; nothing where nobody can say."""
    if not total or done < 50 or done >= total:
        return ""
    remaining = seconds * (total - done) / done
    return f", about {remaining / 60:.0f} min left" if remaining >= 90 else f", about {remaining:.0f} s left"


def progress(counts: Counter[State], seconds: float) -> str:
    """How far a run is: ``1,200 read, 30 already there, 2 failed, 410 a second``."""
    parts = [f"{counts['new']:,} read", f"{counts['known']:,} already there", f"{counts['failed']:,} failed"]
    if counts["skipped"]:
        parts.append(f"{counts['skipped']:,} skipped")
    done = counts["new"] + counts["known"]
    return ", ".join([*parts, f"{counts.total() / max(seconds, 1e-6):,.0f} a second"] if done else parts)


@contextmanager
def _readers(workers: int, scheduler: str | None) -> Iterator[tuple[Submit, int]]:
    """What reads the batches, and how many to have under way: this machine's threads, or a cluster's workers."""
    if scheduler is None:
        here = _Here(workers)
        try:
            yield here, BATCHES_AHEAD * workers
        finally:
            here.close()
        return
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise Unreachable("A cluster needs Dask: run pip install -r requirements-cluster.txt.") from error
    try:
        client: Any = Client(scheduler, timeout=SCHEDULER_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise Unreachable(f"No scheduler answers at {scheduler}; start one with dask scheduler.") from error
    with client:
        cores = sum(client.ncores().values()) or 1
        from lib.store.reading import read_on_worker

        # The bytes of a batch are the work's own: a worker that dies takes nothing with it.
        pool = client.get_executor(pure=False, retries=3)
        yield lambda batch: pool.submit(read_on_worker, batch), BATCHES_AHEAD * cores


class _Here:
    """This machine's readers, begun when there is a batch to read."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._begun: tuple[ThreadPoolExecutor, Reader] | None = None

    def __call__(self, batch: Sequence[tuple[str, bytes]]) -> Future[list[Read]]:
        if self._begun is None:
            from concurrent.futures import ThreadPoolExecutor

            from lib.store.reading import Reader

            self._begun = ThreadPoolExecutor(self._workers), Reader()
        pool, reader = self._begun
        return pool.submit(reader, batch)

    def close(self) -> None:
        """End the readers; what is not begun is not read."""
        if self._begun:
            pool, reader = self._begun
            pool.shutdown(cancel_futures=True)
            reader.close()
