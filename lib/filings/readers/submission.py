"""EDGAR's full-submission text files: a header, and the form as XML or, before mid-2003, as typed text.

Exhibits, uuencoded or not, and the privacy-enhanced-mail wrapper of older years are no part of the form.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.ascii_form import is_ascii_form, read_ascii_form
from lib.filings.readers.wrapped import UNWRAPPED, unwrap
from lib.filings.readers.xml import read_xml
from lib.filings.record import Filing, Submission
from lib.filings.values import iso_date

_DOCUMENT = re.compile(rb"<DOCUMENT>(.*?)(?:</DOCUMENT>|\Z)", re.DOTALL)
_TYPE = re.compile(rb"<TYPE>\s*([345](?:/A)?)\s*$", re.MULTILINE)
_TEXT = re.compile(rb"<TEXT>(.*?)(?:</TEXT>|\Z)", re.DOTALL | re.IGNORECASE)
_ACCESSION = re.compile(rb"ACCESSION NUMBER:\s*(\d{10}-\d{2}-\d{6})")
_FILED = re.compile(rb"FILED AS OF DATE:\s*(\d{8})")
_ACCEPTED = re.compile(rb"<ACCEPTANCE-DATETIME>\s*(\d{14})")


def read_submission(name: str, data: bytes) -> list[Filing]:
    """Every ownership form in the submission, with the header's facts. Raises ``UnreadableFiling``."""
    header = _header(data)
    found = []
    whole = unwrap(data)
    for document in _DOCUMENT.finditer(whole):
        if not _TYPE.search(document[1][:2000]):
            continue
        xml = xml_inside(document[1])
        text = _TEXT.search(document[1])
        if xml and b"<ownershipDocument" in xml:
            filing = read_xml(name, xml)
        elif text and is_ascii_form(text[1].decode("latin-1")):
            first_line = whole.count(b"\n", 0, document.start(1) + text.start(1)) + 1
            filing = read_ascii_form(name, text[1].decode("latin-1"), first_line)
        else:
            continue
        findings = (UNWRAPPED, *filing.findings) if whole is not data else filing.findings
        found.append(replace(filing, container="submission", submission=header, findings=findings))
    if not found:
        raise UnreadableFiling(
            name,
            "is a full submission without a Form 3, 4 or 5 that can be read in it",
            "Drop in the form itself as XML, HTML, PDF or text",
        )
    return found


def xml_inside(document: bytes) -> bytes | None:
    """What stands between the ``<XML>`` tags of a document; ``None`` if it has none."""
    for opening, closing in ((b"<XML>", b"</XML>"), (b"<xml>", b"</xml>")):
        start = document.find(opening)
        end = document.find(closing, start)
        if 0 <= start < end:
            return document[start + len(opening) : end].strip()
    return None


def _header(data: bytes) -> Submission:
    head = data[: data.find(b"<DOCUMENT>")] if b"<DOCUMENT>" in data else data[:20_000]
    accession, filed, accepted = _ACCESSION.search(head), _FILED.search(head), _ACCEPTED.search(head)
    day = filed[1].decode() if filed else ""
    when = accepted[1].decode() if accepted else None
    return Submission(
        accession_number=accession[1].decode() if accession else None,
        filed_as_of_date=iso_date(f"{day[:4]}-{day[4:6]}-{day[6:]}") if day else None,
        acceptance_datetime=f"{when[:4]}-{when[4:6]}-{when[6:8]}T{when[8:10]}:{when[10:12]}:{when[12:]}"
        if when
        else None,
    )
