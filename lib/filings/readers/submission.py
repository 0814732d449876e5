"""EDGAR's full-submission text files: a header, and the ownership XML between ``<XML>`` tags.

Exhibits, uuencoded or not, and the privacy-enhanced-mail wrapper of older years are no part of the form.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.wrapped import unwrap
from lib.filings.readers.xml import read_xml
from lib.filings.record import Filing, Submission
from lib.filings.values import iso_date

_DOCUMENT = re.compile(rb"<DOCUMENT>(.*?)(?:</DOCUMENT>|\Z)", re.DOTALL)
_TYPE = re.compile(rb"<TYPE>\s*([345](?:/A)?)\s*$", re.MULTILINE)
_XML = re.compile(rb"<XML>\s*(.*?)\s*</XML>", re.DOTALL | re.IGNORECASE)
_ACCESSION = re.compile(rb"ACCESSION NUMBER:\s*(\d{10}-\d{2}-\d{6})")
_FILED = re.compile(rb"FILED AS OF DATE:\s*(\d{8})")
_ACCEPTED = re.compile(rb"<ACCEPTANCE-DATETIME>\s*(\d{14})")


def read_submission(name: str, data: bytes) -> list[Filing]:
    """Every ownership form in the submission, with the header's facts. Raises ``UnreadableFiling``."""
    header = _header(data)
    found = []
    for document in _DOCUMENT.finditer(unwrap(data)):
        xml = _XML.search(document[1])
        if xml and _TYPE.search(document[1][:2000]) and b"<ownershipDocument" in xml[1]:
            filing = read_xml(name, xml[1])
            found.append(replace(filing, container="submission", submission=header))
    if not found:
        raise UnreadableFiling(
            name,
            "is a full submission without ownership XML in it (filings before mid-2003 have none)",
            "Drop in the form itself as HTML, PDF or text",
        )
    return found


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
