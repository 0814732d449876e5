"""The text of a PDF, taken in a child process with limits, so that no document can hang or fill the app.

Run as a module it reads a PDF from standard input and writes its text, pages parted by form feeds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lib.plans.reader.found import UnreadableDocument

MEMORY_BYTES = 700_000_000
"""Address space of the child; its libraries that are mapped count too."""
CPU_SECONDS = 20
WALL_SECONDS = 40.0
MAX_PAGES = 400
MAX_TEXT = 10_000_000
ROOT = Path(__file__).resolve().parents[3]


def pdf_text(name: str, data: bytes) -> str:
    """The PDF's text. Raises UnreadableDocument when it cannot be opened, or not within the limits."""
    command = [sys.executable, "-m", "lib.plans.reader.pdf_text"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, cwd=ROOT, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(f"{name} takes too long to read; give the plan as text.") from None
    if done.returncode:
        raise UnreadableDocument(f"{name} is a PDF that cannot be read; give the plan as text.")
    return done.stdout.decode("utf-8", "replace")[:MAX_TEXT]


def limit_this_process() -> None:
    """Hold this process to its limits, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def main() -> int:
    """Write the text of the PDF on standard input; the exit status is 1 when it cannot be opened."""
    limit_this_process()
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        pages = [
            document[number].get_textpage().get_text_bounded()
            for number in range(min(len(document), MAX_PAGES))
        ]
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return 1
    sys.stdout.buffer.write("\f\n".join(pages).replace("\r\n", "\n").encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
