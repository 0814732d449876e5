"""Full submissions: the form inside, and the header's facts."""

from __future__ import annotations

from datetime import date

import pytest

from lib.filings.errors import UnreadableFiling
from lib.filings.readers import read
from tests.filings.documents import form4

HEADER = """<SEC-DOCUMENT>0000000001-24-000007.txt : 20240305
<SEC-HEADER>0000000001-24-000007.hdr.sgml : 20240305
<ACCEPTANCE-DATETIME>20240305163205
ACCESSION NUMBER:\t\t0000000001-24-000007
CONFORMED SUBMISSION TYPE:\t4
FILED AS OF DATE:\t\t20240305
</SEC-HEADER>
"""
DOCUMENT = "<DOCUMENT>\n<TYPE>4\n<SEQUENCE>1\n<TEXT>\n<XML>\n{}\n</XML>\n</TEXT>\n</DOCUMENT>\n"
EXHIBIT = "<DOCUMENT>\n<TYPE>EX-24\n<TEXT>\nbegin 644 poa.pdf\nM)5!$1BTQ+C0*)>+CS],*\n`\nend\n</TEXT>\n</DOCUMENT>\n"
PEM = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"


@pytest.mark.parametrize("before", ["", PEM], ids=["plain", "PEM"])
def test_the_form_and_the_header_are_read(before: str) -> None:
    """Exhibits and wrapper are left aside; accession number, filed date and acceptance time are kept."""
    data = (before + HEADER + DOCUMENT.format(form4().decode()) + EXHIBIT).encode()
    (filing,) = read("0000000001-24-000007.txt", data)
    assert filing.container == "submission"
    assert filing.non_derivative == read("acme.xml", form4())[0].non_derivative
    assert filing.submission.accession_number == "0000000001-24-000007"
    assert filing.submission.filed_as_of_date == date(2024, 3, 5)
    assert filing.submission.acceptance_datetime == "2024-03-05T16:32:05"


def test_two_forms_in_one_submission_are_two_filings() -> None:
    """Every ownership form in the file is a filing of its own."""
    assert len(read("two.txt", (HEADER + DOCUMENT.format(form4().decode()) * 2).encode())) == 2


def test_a_submission_without_xml_is_refused() -> None:
    """A submission of another kind says so and what to do."""
    with pytest.raises(UnreadableFiling, match="without a Form 3, 4 or 5"):
        read("old.txt", (HEADER + EXHIBIT).encode())


def test_a_submission_wrapped_inside_its_tags_is_joined_again() -> None:
    """Lines of 1,023 characters that break tags and words read like the form before they were cut."""
    whole = b" ".join(form4(footnote="Held in a trust. " * 60).split())
    cut = b"\n".join(whole[n : n + 1023] for n in range(0, len(whole), 1023))
    (filing,) = read("wrapped.txt", (HEADER + DOCUMENT).encode().replace(b"{}", cut))
    (plain,) = read("acme.xml", whole)
    assert filing.non_derivative == plain.non_derivative
    assert filing.footnotes == plain.footnotes
    assert "xml.unwrapped" in {finding.rule for finding in filing.findings}
