"""Golden records: every sample filing reads to the facts it was made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lib.filings.json import from_json, to_json, to_stored_json
from lib.filings.readers import read
from lib.filings.record import ROW_FIELDS

SAMPLES = Path(__file__).parents[2] / "sample_filings"
DAMAGED = "frank-2024-06-12-form4"
"""The dump whose row has a letter in its date, as the samples' README says."""
FACTS = sorted((SAMPLES / "facts").glob("*.json"))


def _sample(stem: str) -> Path:
    return next(path for path in SAMPLES.iterdir() if path.stem == stem and path.suffix != ".json")


def _read(stem: str) -> Any:
    path = _sample(stem)
    (filing,) = read(path.name, path.read_bytes())
    return filing


@pytest.mark.parametrize("facts", FACTS, ids=lambda path: path.stem)
def test_a_sample_reads_to_its_facts(facts: Path) -> None:
    """Each container gives back the very record it was rendered from, without a finding but where it is damaged."""
    want = json.loads(facts.read_text(encoding="utf-8"))
    got = to_json(_read(facts.stem))
    findings = got.pop("findings")
    want.pop("findings", None)
    if facts.stem == DAMAGED:
        want["non_derivative"][0]["transaction_date"] = None
        assert [one["where"] for one in findings] == ["non_derivative[0].transaction_date"]
        assert "06/12/2O24" in findings[0]["message"]
    else:
        assert findings == []
    assert got == want


@pytest.mark.parametrize("facts", FACTS, ids=lambda path: path.stem)
def test_every_value_of_a_row_has_its_place(facts: Path) -> None:
    """A cell that holds a value or a mark says where in the document it stands."""
    filing = _read(facts.stem)
    switches = {"equity_swap_involved", "transaction_form_type"}  # printed as nothing when plain
    for where, _ in filing.rows():
        for name in set(ROW_FIELDS) - switches:
            cell = filing.cell(where, name)
            if cell.value is not None or cell.footnotes:
                assert cell.source is not None, f"{where}.{name}"


@pytest.mark.parametrize("facts", FACTS, ids=lambda path: path.stem)
def test_a_record_survives_the_store_form(facts: Path) -> None:
    """A filing written to the stored JSON and read back is the same filing, places included."""
    filing = _read(facts.stem)
    assert from_json(json.loads(json.dumps(to_stored_json(filing)))) == filing
