"""Writing ownership XML: what is written reads back the same, and what cannot be written is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lib.filings.json import from_json
from lib.filings.readers import read
from lib.filings.record import Filing, Row, Signature
from lib.filings.write_xml import SCHEMA_VERSION, UnwritableFiling, write_xml
from tests.builders import filing, holding, transaction
from tests.filings.documents import form4
from tests.filings.strategies import filings

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FACTS = sorted((ROOT / "sample_filings" / "facts").glob("*.json"))
TRUTH = sorted(CORPUS.glob("*/truth/*.json"))
needs_corpus = pytest.mark.skipif(not TRUTH, reason="the shared corpus is not beside this checkout")


def what_it_says(record: Filing) -> Filing:
    """The record without what is not on the form, stamped with the version that is written."""
    return replace(
        record,
        container="xml",
        schema_version=record.schema_version or SCHEMA_VERSION,
        findings=(),
        sources={},
    )


def read_back(record: Filing) -> Filing:
    (found,) = read("written.xml", write_xml(record))
    return what_it_says(found)


def leaves(data: bytes) -> list[tuple[str, str]]:
    """Every element with a text or a footnote's id, in document order."""
    found = []
    for element in etree.fromstring(data).iter():
        text = " ".join((element.text or "").split()) or element.get("id")
        if isinstance(element.tag, str) and text and element.tag not in {"schemaVersion", *SWITCHES}:
            found.append((element.tag, text))
    return found


NO_CHARACTERS = "\ud800\ufffe\uffff"
SWITCHES = {
    "isDirector", "isOfficer", "isTenPercentOwner", "isOther", "notSubjectToSection16", "noSecuritiesOwned",
    "equitySwapInvolved", "aff10b5One", "form3HoldingsReported", "form4TransactionsReported",
    "rptOwnerStateDescription",
}  # fmt: skip


@pytest.mark.parametrize("facts", FACTS, ids=lambda path: path.stem)
def test_a_sample_survives(facts: Path) -> None:
    """Every sample's facts, written and read, are the same facts."""
    record = from_json(json.loads(facts.read_text(encoding="utf-8")))
    assert read_back(record) == what_it_says(record)


@needs_corpus
def test_real_filings_survive() -> None:
    """Every real filing's record, of paper or of XML, written and read, is the same record."""
    for path in TRUTH:
        record = from_json(json.loads(path.read_text(encoding="utf-8")))
        assert read_back(record) == what_it_says(record), path.name


@needs_corpus
def test_elements_stand_in_the_order_of_real_filings() -> None:
    """A real XML filing, read and written, has the same elements with the same texts in the same order."""
    for path in sorted((CORPUS / "xml_rendered" / "xml").glob("*.xml")):
        data = path.read_bytes()
        (record,) = read(path.name, data)
        if not any(finding.rule == "xml.zone" for finding in record.findings):
            assert shown(leaves(write_xml(record))) == shown(leaves(data)), path.name


def shown(found: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    """Numbers by their value: filers write .50 and 0.5."""
    return [(tag, Decimal(text) if text.replace(".", "", 1).isdigit() else text) for tag, text in found]


@settings(deadline=None, max_examples=150)
@given(filings())
def test_any_record_survives(record: Filing) -> None:
    """Whatever a record says, in whatever script, is what is read back from its XML."""
    assert read_back(record) == record


@settings(deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=("Cs",))) | st.sampled_from(["\ud800", "a\ufffeb", "\0"])
)
def test_hostile_text_survives_or_is_refused(text: str) -> None:
    """Any text at all comes back with its white space folded, or is refused at its place."""
    record = filing("2024-03-01", holding(1), remarks=text, owner="x" + text + "x")
    if all(
        character in "\t\n\r" or (character >= " " and character not in NO_CHARACTERS) for character in text
    ):
        found = read_back(record)
        assert found.remarks == (" ".join(text.split()) or None)
        assert found.reporting_owners[0].name == " ".join(f"x{text}x".split())
    else:
        with pytest.raises(UnwritableFiling, match=r"reporting_owners\[0\]\.name: .* remarks: the text has"):
            write_xml(record)


@pytest.mark.parametrize(
    "text",
    ["<b>&amp;</b>", "]]>", "<!DOCTYPE x>", "<!-- x -->", "<![CDATA[x]]>", "🙂 “PG&E” ⁽¹⁾", "&#0;", "' \" `"],
)
def test_markup_in_a_text_is_only_text(text: str) -> None:
    """Tags, entities and section ends in a title, a footnote and a name come back letter by letter."""
    row = holding(1, security_title=text, footnotes={"security_title": ("F1",)})
    record = filing(
        "2024-03-01", row, footnotes={"F1": text}, signatures=(Signature(text, date(2024, 3, 2)),)
    )
    assert read_back(record) == what_it_says(record)


def test_a_document_is_plain_ascii() -> None:
    """Letters outside ASCII are references, so that no tool on the way can spoil them."""
    assert write_xml(filing("2024-03-01", owner="Zoë 🙂")).isascii()


def test_an_older_shape_is_stamped_with_the_present_one() -> None:
    """A record of 2003's shape is written in today's and says so; any later version is kept."""
    old = filing("2003-07-01", holding(1), schema_version="X0101")
    assert read_back(old).schema_version == SCHEMA_VERSION
    assert read_back(replace(old, schema_version="X0202")).schema_version == "X0202"


def test_zeros_past_the_fourth_place_are_cut() -> None:
    """A price of 12.500000 is written with the four places EDGAR takes, and is the same number."""
    row = transaction("2024-03-01", "S", "D", 1, 0, transaction_price_per_share=Decimal("12.500000"))
    data = write_xml(filing("2024-03-01", row))
    assert b"<value>12.5000</value>" in data


def with_row(**fields: Any) -> Filing:
    return filing("2024-03-01", replace(transaction("2024-03-01", "S", "D", 1, 0), **fields))


REFUSED: dict[str, tuple[Filing, str]] = {
    "no form": (filing("2024-03-01", document_type=None), "document_type: “” is no ownership form"),
    "odd version": (filing("2024-03-01", schema_version="5.1"), "schema_version: “5.1”"),
    "an original": (
        filing("2024-03-01", date_of_original_submission=date(2024, 1, 1)),
        "only an amendment has one",
    ),
    "nothing owned": (filing("2024-03-01", no_securities_owned=True), "only Form 3 can say so"),
    "exit on a Form 3": (
        filing("2024-03-01", document_type="3", not_subject_to_section16=True),
        "only Forms 4 and 5 can say so",
    ),
    "derivative field": (
        with_row(exercise_date=date(2024, 1, 1)),
        "non_derivative[0].exercise_date: a transaction in Table I has no such field",
    ),
    "coded holding": (
        filing("2024-03-01", replace(holding(1), transaction_code="S")),
        "transaction_code: a holding",
    ),
    "total of shares": (
        with_row(transaction_shares=None, transaction_total_value=Decimal(1)),
        "transaction_total_value: a transaction in Table I",
    ),
    "letter": (with_row(direct_or_indirect="X"), "direct_or_indirect: “X” is none of D, I"),
    "code": (with_row(transaction_code="K"), "transaction_code: “K” is none of P, S"),
    "both": (
        with_row(value_owned_following=Decimal(5)),
        "gives both shares owned following (0) and value owned following (5)",
    ),
    "mark without footnote": (with_row(footnotes={"security_title": ("F9",)}), "there is no such footnote"),
    "mark on a form type": (
        replace(with_row(footnotes={"transaction_form_type": ("F1",)}), footnotes={"F1": "Late."}),
        "cannot carry a footnote there",
    ),
    "footnote id": (filing("2024-03-01", footnotes={"F100": "x"}), "“F100” is none of F1 to F99"),
    "empty footnote": (filing("2024-03-01", footnotes={"F1": ""}), "Footnote F1 is empty"),
    "long footnote": (filing("2024-03-01", footnotes={"F1": "x" * 1001}), "footnotes.F1: 1,001 characters"),
    "long remarks": (filing("2024-03-01", remarks="x" * 2001), "remarks: 2,001 characters"),
    "long name": (filing("2024-03-01", owner="x" * 100_000), "100,000 characters, more than any box"),
    "many rows": (
        filing("2024-03-01", *[holding(n) for n in range(31)]),
        "31 rows, where EDGAR takes at most 30",
    ),
    "many places": (with_row(transaction_shares=Decimal("0.12345")), "has 5 decimal places"),
    "negative": (with_row(transaction_shares=Decimal(-1)), "is negative"),
    "no number": (with_row(transaction_shares=Decimal("NaN")), "is no number"),
}


@pytest.mark.parametrize(("record", "sentence"), REFUSED.values(), ids=list(REFUSED))
def test_what_xml_cannot_say_is_refused_in_a_sentence(record: Filing, sentence: str) -> None:
    """A record with what EDGAR's XML has no place for is refused, by name of the place, and never cut."""
    with pytest.raises(UnwritableFiling) as refused:
        write_xml(record)
    assert sentence in str(refused.value)
    assert len(refused.value.problems) == 1


def test_every_problem_is_told() -> None:
    """The error holds all problems and shows the first three."""
    rows = [Row("holding", direct_or_indirect="X") for _ in range(5)]
    with pytest.raises(UnwritableFiling, match=r"And 2 more\.$") as refused:
        write_xml(filing("2024-03-01", *rows))
    assert len(refused.value.problems) == 5


def test_a_reading_and_a_writing_agree_on_a_plain_filing() -> None:
    """A filing read from XML and written is, read again, the filing."""
    (record,) = read("acme.xml", form4())
    assert read_back(record) == what_it_says(record)
