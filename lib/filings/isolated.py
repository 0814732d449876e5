"""Reading files in child processes with limits, so that no PDF or archive can hang or fill the app."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from lib.filings.children import BETWEEN, LISTED, OUR_FAULT, Answer, Children, error_of
from lib.filings.errors import UnreadableFiling
from lib.filings.json import from_json
from lib.filings.listing import Listed, from_line
from lib.filings.readers import read
from lib.filings.readers.dataset import with_places
from lib.filings.readers.kind import ZIP, kind_of
from lib.filings.record import Filing

__all__ = ["OUR_FAULT", "Children", "Outcome", "read_isolated", "read_listed", "unpacked"]

Outcome = list[Filing] | UnreadableFiling


def read_isolated(files: Iterable[tuple[str, bytes | UnreadableFiling]]) -> Iterator[tuple[str, Outcome]]:
    """Each file's name with its filings, or with the error that says why it cannot be read; in order.

    Archives are to be unpacked first; what could not be unpacked passes through as its error.
    """
    with Children() as children:
        for name, data in files:
            if isinstance(data, UnreadableFiling):
                yield name, data
            elif kind_of(data) is None:
                yield name, _refusal(name, data)
            else:
                (answer,) = children.ask([(name, data)], "read")
                yield name, _filings(answer, data)


def read_listed(
    children: Children, batch: Sequence[tuple[str, bytes]]
) -> list[list[Listed] | UnreadableFiling]:
    """Each document's filings ready for a library, read by one of ``children``."""
    read_here = {n: _refusal(name, data) for n, (name, data) in enumerate(batch) if kind_of(data) is None}
    asked = [one for n, one in enumerate(batch) if n not in read_here]
    answers = children.ask(asked, "list")
    return [read_here[n] if n in read_here else _listed(next(answers)) for n in range(len(batch))]


def unpacked(
    files: Iterable[tuple[str, bytes | UnreadableFiling]],
) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
    """The files as they come, with every ZIP archive among them replaced by the files in it."""
    with Children() as children:
        for name, data in files:
            if isinstance(data, bytes) and data.startswith(ZIP) and kind_of(data) == "archive":
                yield from children.unpacked(name, data)
            else:
                yield name, data


def _filings(answer: Answer, data: bytes) -> Outcome:
    if isinstance(answer, UnreadableFiling):
        return answer
    told = json.loads(answer)
    if "error" in told:
        return error_of(told["error"])
    return [with_places(from_json(filing), data) for filing in told["found"]]


def _listed(answer: Answer) -> list[Listed] | UnreadableFiling:
    if isinstance(answer, UnreadableFiling):
        return answer
    line = answer.decode("utf-8", "surrogatepass")
    if not line.startswith(LISTED):
        return error_of(json.loads(line)["error"])
    return [from_line(one) for one in line[len(LISTED) :].split(BETWEEN) if one]


def _refusal(name: str, data: bytes) -> UnreadableFiling:
    """Why a file of no kind that is read is not; told here, for there is nothing in it to run into."""
    try:
        read(name, data)
    except UnreadableFiling as error:
        return error
    raise AssertionError("A file of no known kind was read")
