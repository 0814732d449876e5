"""How many footnotes of some filings name vesting, and how many are read. Not a test: run by hand.

python -m tests.plans.footnote_figures FOLDER... [--show]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from lib.filings.errors import UnreadableFiling
from lib.filings.readers import read
from lib.plans.footnotes import NotUnderstood, Vesting, read_vesting


def footnotes(folders: list[Path]) -> list[str]:
    """The text of every footnote of every filing that can be read, in order."""
    texts = []
    for folder in folders:
        for path in sorted(folder.iterdir()):
            try:
                filings = read(path.name, path.read_bytes())
            except UnreadableFiling:
                continue
            texts += [note for filing in filings for note in filing.footnotes.values()]
    return texts


def main(arguments: list[str]) -> None:
    """Print the figures; with ``--show`` each different footnote that names vesting, and what became of it."""
    texts = footnotes([Path(argument) for argument in arguments if not argument.startswith("--")])
    for name, listed in (("footnotes", texts), ("different footnotes", sorted(set(texts)))):
        readings = [read_vesting(text) for text in listed]
        kinds = Counter(type(reading).__name__ for reading in readings)
        named = kinds["Vesting"] + kinds["NotUnderstood"]
        print(f"{len(listed):,} {name}: {named:,} name vesting, {kinds['Vesting']:,} are read")
    if "--show" in arguments:
        for reading in readings:
            if isinstance(reading, NotUnderstood):
                print(f"- not understood ({reading.reason}): {reading.evidence}")
            elif isinstance(reading, Vesting):
                print(
                    f"- from {reading.counts_from}: {reading.schedule.model_dump(exclude={'text', 'clause'}, exclude_defaults=True)}\n  {reading.evidence}"
                )


if __name__ == "__main__":
    main(sys.argv[1:])
