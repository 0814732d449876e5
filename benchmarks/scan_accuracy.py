"""How well scans are read: pages drawn at 200 dpi, turned a little, blurred and noised, then read as scans.

usage: python -m benchmarks.scan_accuracy PDF_FOLDER OUT [--count N] [--seed S] [--keep FOLDER]
Writes OUT/NAME.json for every N-th PDF of the folder and prints seconds and failures. Score the records
against a folder of truth files as the other readers are.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import time
import zlib
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from lib.filings.errors import UnreadableFiling
from lib.filings.json import to_json
from lib.filings.readers.scan import read_scan

DPI = 200
TURN = 1.0
"""Degrees a page is turned at most."""
BLUR, NOISE = 0.6, 8.0
"""Standard deviations: of the blur in pixels, of the noise in steps of grey."""


def scanned(data: bytes, seed: int) -> tuple[bytes, int]:
    """The PDF as a scanner would give it, pictures only, and how many pages it has."""
    rng = random.Random(seed)
    document = pdfium.PdfDocument(data)
    pages = [Image.fromarray(_page(page, rng)) for page in document]
    document.close()
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=90)
    return out.getvalue(), len(pages)


def _page(page: pdfium.PdfPage, rng: random.Random) -> np.ndarray:
    drawn = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    gray = drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0]
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-TURN, TURN), 1)
    gray = cv2.warpAffine(gray, turn, (width, height), borderValue=(255.0,))
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, NOISE, gray.shape)
    return np.clip(cv2.GaussianBlur(gray, (0, 0), BLUR) + noise, 0, 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=10, help="files read, spread over the folder")
    parser.add_argument("--first", type=int, default=0, help="where in the folder to begin")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder that keeps the scans")
    args = parser.parse_args()
    files = sorted(args.folder.glob("*.pdf"))[args.first :]
    args.out.mkdir(parents=True, exist_ok=True)
    pages_read, seconds = 0, 0.0
    for path in files[:: max(1, len(files) // args.count)][: args.count]:
        data, pages = scanned(path.read_bytes(), args.seed + zlib.crc32(path.name.encode()))
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / path.name).write_bytes(data)
        begun = time.perf_counter()
        try:
            record = to_json(read_scan(path.name, data))
        except UnreadableFiling as error:
            print(error, file=sys.stderr)
            continue
        finally:
            seconds += time.perf_counter() - begun
            pages_read += pages
        (args.out / f"{path.stem}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1))
    print(f"{pages_read} pages, {seconds / max(1, pages_read):.1f} seconds a page")


if __name__ == "__main__":
    main()
