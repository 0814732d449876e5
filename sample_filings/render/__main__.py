"""Draw every sample filing from its facts: `python -m sample_filings.render [--out DIR]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sample_filings.render import html, pdf_edgar, pdf_ir, text, xml

SAMPLES = Path(__file__).resolve().parents[1]

# container -> how to draw it, the ending of its files, and the filings that come in it
CONTAINERS = {
    "EDGAR's page as PDF": (
        pdf_edgar.render,
        "pdf",
        (
            "griffin-2023-06-06-form4",
            "kampani-2023-08-25-form4",
            "kampani-2024-08-22-form4",
            "olson-2022-09-06-form4",
            "smith-2003-11-04-form4",
            "spice-2021-08-25-form3",
        ),
    ),
    "investor-relations PDF": (
        pdf_ir.render,
        "pdf",
        (
            "beck-2025-01-07-form4",
            "frank-2024-12-11-form4",
            "griffin-2022-09-09-form4",
            "kampani-2022-05-12-form4",
            "kampani-2024-05-24-form4",
            "olson-2021-08-25-form3",
            "spice-2023-08-25-form4",
        ),
    ),
    "ownership XML": (
        xml.render,
        "xml",
        (
            "cho-2023-07-11-form4",
            "griffin-2022-09-09-form4a",
            "kampani-2023-11-29-form4",
            "olson-2024-11-19-form4",
            "spice-2022-05-12-form4",
        ),
    ),
    "EDGAR's page as HTML": (
        html.render,
        "html",
        (
            "frank-2022-09-02-form3",
            "griffin-2023-08-30-form4",
            "kampani-2023-03-09-form4",
            "spice-2022-08-24-form4",
        ),
    ),
    "text dump": (
        text.render,
        "txt",
        (
            "bertucci-2003-11-24-form4",
            "bertucci-2007-11-08-form4",
            "frank-2024-06-12-form4",
            "griffin-2022-06-23-form4",
            "spice-2024-08-22-form4",
        ),
    ),
}

DAMAGED = {"frank-2024-06-12-form4": ("06/12/2024", "06/12/2O24")}
"""Dumps in which one place, the last that reads so, was taken wrongly, as by a scanner: a finding to try."""


def render_all(out: Path) -> list[Path]:
    """Draw every filing into the folder and return the files in the order drawn."""
    out.mkdir(parents=True, exist_ok=True)
    drawn = []
    for draw, ending, names in CONTAINERS.values():
        for name in names:
            record = json.loads((SAMPLES / "facts" / f"{name}.json").read_text("utf-8"))
            if len(record["reporting_owners"]) > 1 and draw not in (pdf_ir.render, xml.render):
                raise ValueError(
                    f"{name} has several owners: only investor-relations PDF and XML are drawn with all."
                )
            path = out / f"{name}.{ending}"
            path.write_bytes(damaged(name, draw(record)))
            drawn.append(path)
    return drawn


def damaged(name: str, drawn: bytes) -> bytes:
    """The file with its damage, if it has one."""
    if name not in DAMAGED:
        return drawn
    printed, taken = (text.encode() for text in DAMAGED[name])
    before, _, after = drawn.rpartition(printed)
    return before + taken + after


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sample_filings.render", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=SAMPLES, help="folder for the files (default: sample_filings)"
    )
    for path in render_all(parser.parse_args().out):
        print(path.name)


if __name__ == "__main__":
    main()
