"""Many filings from a few: ownership XML with other names, dates and numbers, the same for the same seed.

usage: python -m benchmarks.bulk_set XML_FOLDER OUT COUNT [--seed S]
Writes OUT/0000/000000.xml and so on, a thousand a folder.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

NUMBER = re.compile(
    r"(<(transactionShares|sharesOwnedFollowingTransaction|transactionPricePerShare)>\s*<value>)(\d+)"
)
DAY = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
CIK = re.compile(r"(<(?:rptOwnerCik|issuerCik)>)\s*\d+")
NAME = re.compile(r"(<(?:rptOwnerName|issuerName)>)([^<]*)")
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


def varied(text: str, rng: random.Random) -> str:
    """The filing of somebody else at another time: names, CIKs, dates and numbers changed, nothing else."""
    days = timedelta(days=rng.randrange(-1500, 1500))
    issuer, owner = rng.randrange(3_000), rng.randrange(60_000)

    def shifted(found: re.Match[str]) -> str:
        year, month, day = map(int, found.groups())
        try:
            return (date(year, month, day) + days).isoformat()
        except ValueError:
            return found[0]

    def cik(found: re.Match[str]) -> str:
        return f"{found[1]}{issuer if 'issuer' in found[1] else 1_000_000 + owner:010d}"

    def name(found: re.Match[str]) -> str:
        who = random.Random(issuer if "issuer" in found[1] else -owner)
        words = ("".join(who.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))
        return f"{found[1]}{' '.join(words)}"

    text = DAY.sub(shifted, text)
    text = NUMBER.sub(lambda found: f"{found[1]}{rng.randrange(1, 10 ** len(found[3]))}", text)
    return NAME.sub(name, CIK.sub(cik, text))


def bulk_set(folder: Path, out: Path, count: int, seed: int = 1) -> None:
    """Write ``count`` varied filings below ``out``."""
    templates = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.xml"))]
    rng = random.Random(seed)
    for n in range(count):
        place = out / f"{n // 1000:04}"
        if n % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{n:06}.xml").write_text(varied(templates[n % len(templates)], rng), encoding="utf-8")


def command(description: str | None, make: Callable[[Path, Path, int, int], None]) -> None:
    """Make a set as the command line says: from a folder, to a place, so many, with a seed."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    make(chosen.folder, chosen.out, chosen.count, chosen.seed)


if __name__ == "__main__":
    command(__doc__, bulk_set)
