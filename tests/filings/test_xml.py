"""Ownership XML: values as the filing gives them, and every oddity of real files."""

from __future__ import annotations

import gc
import pickle
import time
import weakref
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.readers import read
from lib.filings.readers.wrapped import unwrap
from lib.filings.record import Filing
from tests.filings.documents import HOLDING, form4, transaction


def one(data: bytes) -> Filing:
    (filing,) = read("acme.xml", data)
    return filing


def rules(filing: Filing) -> set[str]:
    return {finding.rule for finding in filing.findings}


def test_a_plain_filing_reads_without_findings() -> None:
    """Form, owner, rows and signature come out as typed values."""
    filing = one(form4())
    sale, held = filing.non_derivative
    assert filing.findings == ()
    assert (filing.document_type, filing.period_of_report) == ("4", date(2024, 3, 1))
    assert filing.reporting_owners[0].is_director
    assert not filing.reporting_owners[0].is_officer
    assert (sale.row_type, sale.transaction_shares, sale.transaction_price_per_share) == (
        "transaction",
        Decimal(100),
        Decimal("12.5"),
    )
    assert (held.row_type, held.nature_of_ownership) == ("holding", "By Trust")
    assert held.footnotes == {"nature_of_ownership": ("F1",)}
    assert filing.signatures[0].date == date(2024, 3, 4)


def test_a_cell_knows_its_element() -> None:
    """The place of a value is the path of the element that holds it."""
    cell = one(form4()).cell("non_derivative[1]", "nature_of_ownership")
    assert cell.source is not None
    assert cell.source.path == (
        "/ownershipDocument/nonDerivativeTable/nonDerivativeHolding[1]/ownershipNature/natureOfOwnership/value"
    )


def test_every_path_leads_to_its_element() -> None:
    """Each path, looked up in the document, finds an element with the very text that was read."""
    data = form4(top="<remarks>None.</remarks>")
    filing, tree = one(data), etree.fromstring(data)
    for where, source in filing.sources.items():
        (found,) = tree.xpath(source.path or "")
        assert found.text is None or found.text.strip() or len(found), where
    (name,) = tree.xpath(filing.sources["reporting_owners[0].name"].path or "")
    assert name.text == filing.reporting_owners[0].name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (".0025", "0.0025"),
        ("12.5000", "12.5000"),
        ("0", "0"),
        ("1234567890", "1234567890"),
        ("1,000", "1000"),
    ],
)
def test_numbers_are_exact(text: str, value: str) -> None:
    """A number keeps every digit, whether it starts with a point or ends in zeros."""
    row = one(form4(transaction(shares=text))).non_derivative[0]
    assert str(row.transaction_shares) == value


def test_a_price_of_only_a_mark_is_empty_and_marked() -> None:
    """A footnote in place of a price leaves the price empty and keeps the mark."""
    row = one(form4(transaction(price='<footnoteId id="F1"/><footnoteId id="F2"/>'))).non_derivative[0]
    assert row.transaction_price_per_share is None
    assert row.footnotes["transaction_price_per_share"] == ("F1", "F2")


def test_a_mark_of_the_coding_stands_on_the_code() -> None:
    """A footnote of the whole coding is where EDGAR prints it: on the transaction code."""
    row = one(form4(transaction(coding='<footnoteId id="F1"/>'))).non_derivative[0]
    assert row.footnotes == {"transaction_code": ("F1",)}


def test_a_zone_on_a_date_is_left_out_and_noted() -> None:
    """A date with a time zone is the day it names, with a note."""
    filing = one(form4(transaction(date="2014-01-30-05:00")))
    assert filing.non_derivative[0].transaction_date == date(2014, 1, 30)
    assert rules(filing) == {"xml.zone"}


@pytest.mark.parametrize(
    ("top", "state"),
    [
        ("<aff10b5One>1</aff10b5One>", True),
        ("<aff10b5One>false</aff10b5One>", False),
        ("<aff10b5One></aff10b5One>", None),
        ("", None),
    ],
)
def test_the_10b5_1_box_has_three_states(top: str, state: bool | None) -> None:
    """Yes, no, and a form that does not ask are three different things."""
    assert one(form4(top=top)).aff10b5_one is state


def test_text_escaped_twice_stays_as_filed_with_a_proposal() -> None:
    """The value is what the filing says; the finding proposes what was meant."""
    filing = one(form4(footnote="PG&amp;amp;amp;E pays."))
    assert filing.footnotes["F1"] == "PG&amp;amp;E pays."
    assert rules(filing) == {"xml.escaped-twice"}
    assert "“PG&E pays.”" in filing.findings[0].message


def test_values_that_are_none_become_findings() -> None:
    """A word for a number and a thirteenth month stay empty with an error each."""
    filing = one(form4(transaction(date="2024-13-01", shares="many")))
    assert filing.non_derivative[0].transaction_shares is None
    assert filing.non_derivative[0].transaction_date is None
    assert [finding.where for finding in filing.findings] == [
        "non_derivative[0].transaction_date",
        "non_derivative[0].transaction_shares",
    ]


def test_the_shape_of_2003_reads() -> None:
    """X0101 keeps rows under the root, values without wrapper, and the price in transactionValue."""
    row = """<nonDerivativeSecurity><securityTitle>Common</securityTitle><transactionDate>2003-07-01</transactionDate>
      <transactionCoding><transactionCode>P</transactionCode></transactionCoding>
      <transactionAmounts><transactionShares>50</transactionShares><transactionValue>3.25</transactionValue>
      </transactionAmounts></nonDerivativeSecurity>"""
    data = form4(HOLDING).replace(b"<nonDerivativeTable>", row.encode() + b"<nonDerivativeTable>")
    first = one(data).non_derivative[0]
    assert (first.row_type, first.security_title) == ("transaction", "Common")
    assert (first.transaction_shares, first.transaction_price_per_share) == (Decimal(50), Decimal("3.25"))


@pytest.mark.parametrize("width", [80, 120, 1023])
def test_a_hard_wrapped_file_is_joined_again(width: int) -> None:
    """A file cut into lines in the middle of tags and words reads like the file before the cut."""
    whole = b" ".join(form4().split())
    cut = b"\n".join(whole[n : n + width] for n in range(0, len(whole), width))
    filing = one(cut)
    assert filing.non_derivative == one(whole).non_derivative
    assert rules(filing) == {"xml.unwrapped"}


def test_lines_that_happen_to_be_long_are_no_wrapping() -> None:
    """One line of 80 characters among shorter ones does not make a wrapped file."""
    data = b"<a>\n" + b"x" * 80 + b"\n</a>\n" + b"<!-- -->\n" * 9
    assert unwrap(data) is data


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><ownershipDocument/>", "DOCTYPE"),
        (b"<?xml version='1.0'?><feed><entry/></feed>", "its root is <feed>"),
        (form4()[:900], "not well-formed"),
        (b"<?xml version='1.0'?>" + b"<a>" * 200_000, "not well-formed"),
    ],
    ids=["doctype", "other XML", "cut off", "nested"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    """Entities, other XML, broken and deeply nested files end in one sentence with the file's name."""
    with pytest.raises(UnreadableFiling, match=r"acme\.xml") as refused:
        read("acme.xml", data)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("root", ["ownershipDocumen", "OwnershipDocument", "document"])
def test_a_form_under_a_wrong_root_is_no_other_file(root: str, declared: bool) -> None:
    """It is damaged, which fails a batch, and not a file that lies there by chance."""
    data = form4().replace(b"ownershipDocument", root.encode())
    with pytest.raises(UnreadableFiling, match=f"but its root is <{root}>") as refused:
        read("acme.xml", data if declared else data.partition(b"?>")[2])
    assert not isinstance(refused.value, NotAFiling)


def test_a_form_inside_other_xml_is_no_other_file() -> None:
    """Nor is one whose elements carry a namespace."""
    inside = b"<all>" + form4().partition(b"?>")[2] + b"</all>"
    named = form4().replace(b"<ownershipDocument>", b'<ownershipDocument xmlns="urn:a">')
    for data in (inside, named):
        with pytest.raises(UnreadableFiling) as refused:
            read("acme.xml", data)
        assert not isinstance(refused.value, NotAFiling)


def test_other_xml_is_another_file() -> None:
    """Names that other forms have too, such as the issuer's, make no ownership form."""
    with pytest.raises(NotAFiling):
        read("144.xml", b"<?xml version='1.0'?><edgarSubmission><issuerCik>1</issuerCik></edgarSubmission>")


def test_a_comment_inside_a_value_does_not_cut_it() -> None:
    """What stands on both sides of a comment is one number."""
    row = one(form4(transaction(shares="14<!-- c -->1969"))).non_derivative[0]
    assert row.transaction_shares == Decimal(141969)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (
            form4(transaction(price="<value>1</value><value>2</value>")),
            "non_derivative[0].transaction_price_per_share",
        ),
        (
            form4().replace(b"</footnotes>", b'<footnote id="F1">Other.</footnote></footnotes>'),
            "footnotes.F1",
        ),
        (
            form4().replace(b"</issuer>", b"</issuer><issuer><issuerName>Other</issuerName></issuer>"),
            "issuer",
        ),
    ],
    ids=["value", "footnote", "issuer"],
)
def test_what_stands_twice_is_told(data: bytes, where: str) -> None:
    """The first stays, and an error says what the second was."""
    filing = one(data)
    assert [(finding.where, finding.rule) for finding in filing.findings] == [(where, "xml.twice")]
    assert filing.footnotes["F1"] == "Held in a trust."


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"transactionShares>", b"transactionShare>"), (b"nonDerivativeHolding>", b"NonDerivativeHolding>")],
    ids=["field", "row"],
)
def test_elements_that_nobody_knows_are_told(old: bytes, new: bytes) -> None:
    """A misspelt element leaves its value out with an error, never silently and never with a crash."""
    filing = one(form4().replace(old, new))
    assert "xml.unknown-element" in rules(filing)
    assert all(finding.severity == "error" for finding in filing.findings)


def test_a_date_with_anything_else_behind_it_is_none() -> None:
    """Only a time zone may follow a day."""
    filing = one(form4(transaction(date="2023-07-11garbage")))
    assert filing.non_derivative[0].transaction_date is None
    assert rules(filing) == {"xml.date"}


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("<isDirector>0</isDirector>", False),
        ("<isDirector>1</isDirector>", True),
        ("<isDirector>true</isDirector>", True),
        ("<isDirector>false</isDirector>", False),
        ("<isDirector></isDirector>", False),
        ("", False),
    ],
)
def test_a_switch_is_said_in_six_ways(said: str, ticked: bool) -> None:
    """Numbers, words, an empty element and none at all are a yes or a no, with nothing to find fault with."""
    filing = one(form4().replace(b"<isDirector>true</isDirector>", said.encode()))
    assert filing.reporting_owners[0].is_director is ticked
    assert filing.findings == ()


def test_empty_tables_are_no_rows() -> None:
    """A table element without rows is a form without rows."""
    data = form4(HOLDING, derivative="<derivativeTable></derivativeTable>").replace(HOLDING.encode(), b"")
    filing = one(data)
    assert filing.non_derivative == filing.derivative == ()
    assert filing.document_type == "4"


def test_a_blank_form_type_is_unknown() -> None:
    """Form 5s leave the form type of a row empty: that says nothing, not 5."""
    data = form4().replace(b"<transactionFormType>4<", b"<transactionFormType><")
    assert one(data).non_derivative[0].transaction_form_type is None


def test_ten_owners_and_ten_signatures_keep_their_order() -> None:
    """As many reporting persons as one filing can have, each with its signature."""
    owner = form4().partition(b"<reportingOwner>")[2].partition(b"</reportingOwner>")[0]
    signature = form4().partition(b"<ownerSignature>")[2].partition(b"</ownerSignature>")[0]
    more = range(2, 11)
    owners = [owner.replace(b"Doe Jane", b"Doe %d" % n) for n in more]
    signatures = [signature.replace(b"Jane Doe", b"No. %d Doe" % n) for n in more]
    data = form4().replace(
        b"</reportingOwner>",
        b"</reportingOwner>" + b"".join(b"<reportingOwner>%b</reportingOwner>" % one for one in owners),
    )
    data = data.replace(
        b"</ownerSignature>",
        b"</ownerSignature>" + b"".join(b"<ownerSignature>%b</ownerSignature>" % one for one in signatures),
    )
    filing = one(data)
    assert [person.name for person in filing.reporting_owners] == ["Doe Jane", *(f"Doe {n}" for n in more)]
    assert [signed.name for signed in filing.signatures] == [
        "/s/ Jane Doe",
        *(f"/s/ No. {n} Doe" for n in more),
    ]


@pytest.mark.parametrize(
    ("before", "where"),
    [("<securityTitle>", "non_derivative[0]"), ("<issuerName>", "issuer"), ("<schemaVersion>", "")],
)
def test_an_element_out_of_its_place_is_left_out_and_told(before: str, where: str) -> None:
    """What belongs to another part of the form fills nothing where it stands, and a finding says so."""
    misplaced = f"<rptOwnerName>Roe Richard</rptOwnerName>{before}"
    filing = one(form4().replace(before.encode(), misplaced.encode(), 1))
    (finding,) = filing.findings
    assert (finding.severity, finding.where, finding.rule) == ("error", where, "xml.out-of-place")
    assert filing.reporting_owners[0].name == "Doe Jane"
    assert filing.issuer.name == "Acme Tools Inc."
    assert filing.non_derivative == one(form4()).non_derivative


def test_elements_inside_a_footnote_leave_their_words_and_a_finding() -> None:
    """A footnote with markup keeps its words, apart from each other, and says that it had some."""
    filing = one(form4(footnote="<b>Held</b> <i>in a</i> trust."))
    assert filing.footnotes["F1"] == "Held in a trust."
    assert rules(filing) == {"xml.footnote-elements"}


def test_white_space_around_and_in_texts_is_folded() -> None:
    """Line breaks, tabs and doubled spaces are single spaces, in a long text as in a short one."""
    long = "Held in a trust\n of which   the person\tis the only trustee, for the good of the children. "
    filing = one(form4(footnote=long).replace(b"Acme Tools Inc.", b" Acme\n  Tools Inc. "))
    assert filing.footnotes["F1"] == " ".join(long.split())
    assert filing.issuer.name == "Acme Tools Inc."


def test_a_cell_of_very_many_marks_is_read_in_linear_time() -> None:
    """A file of the largest size full of marks on one cell takes seconds, not hours."""
    marks = '<footnoteId id="F1"/>' * 200_000
    started = time.process_time()
    row = one(form4(transaction(price=marks))).non_derivative[0]
    assert len(row.footnotes["transaction_price_per_share"]) == 200_000
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("written", "stands", "field"),
    [
        (b"</securityTitle>", b'<footnoteId id="F1"/> Units</securityTitle>', "security_title"),
        (b"</securityTitle>", b" Units</securityTitle>", "security_title"),
        (b"</transactionDate>", b"Units</transactionDate>", "transaction_date"),
        (b"</transactionCode>", b"</transactionCode> Units", "transaction_code"),
        (b"</transactionShares>", b"</transactionShares> Units", "transaction_shares"),
    ],
    ids=["mark", "value", "value that is a date", "element without a value of its own", "field"],
)
def test_words_behind_an_element_are_left_out_and_told(written: bytes, stands: bytes, field: str) -> None:
    """A value has its words before its marks; what stands behind an element of it is no part of it."""
    filing = one(form4().replace(written, stands, 1))
    where = f"non_derivative[0].{field}"
    assert [(finding.where, finding.rule) for finding in filing.findings] == [(where, "xml.stray-text")]
    assert "“Units”" in filing.findings[0].message
    assert getattr(filing.non_derivative[0], field) == getattr(one(form4()).non_derivative[0], field)


def test_a_filing_is_freed_as_soon_as_nobody_holds_it() -> None:
    """A record holds nothing that holds it, so that reading many leaves no work to the collector of garbage."""
    gc.disable()
    try:
        filing = one(form4())
        assert filing.rows()
        held = weakref.ref(filing)
        del filing
        assert held() is None
    finally:
        gc.enable()


def test_a_record_is_the_same_in_another_process() -> None:
    """Values and places survive being sent."""
    filing = one(form4())
    sent = pickle.loads(pickle.dumps(filing))
    assert sent == filing
    assert dict(sent.sources) == dict(filing.sources)
