"""Sectors that an analyst gives issuers: read strictly, kept with the library, and a market narrowed to one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lib.filings.record import Issuer, Submission
from lib.store import Store
from lib.store.market import Window, clusters, filed_after, most_traded, new_insiders
from lib.store.sectors import UnreadableSectors, keep_sectors, read_sectors, sectors_kept, sectors_of
from tests.builders import filing, holding
from tests.store.test_market import ACME, ALL, ZETA, bought

LIST = b"cik,sector\n1,Chemicals\n2,Banks\n"


@pytest.fixture
def market(store: Store) -> Store:
    """Acme is bought by two, Zeta by one; each has a new insider, and a purchase that was filed weeks later."""
    late = {"submission": Submission("4", date(2024, 4, 1))}
    found = [
        bought("2024-03-01", "Ann One", "100", **late),
        bought("2024-03-02", "Bob Two", "50"),
        bought("2024-03-03", "Cy Three", "7", issuer=ZETA, **late),
        *(filing("2024-02-01", holding(1), issuer=one, document_type="3") for one in (ACME, ZETA)),
    ]
    for n, one in enumerate(found):
        store.add_document(f"{n}.xml", b"%d" % n, [one], reader_version=1)
    keep_sectors(store, read_sectors(LIST))
    return store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CIK,Sector\n0000000001,Chemicals\n", {"0000000001": "Chemicals"}),
        ("ticker;industry;x\nacm;Steel  mills;1\n;;\n", {"ACM": "Steel mills"}),
        ("name\tcik\tsymbol\tsector\nAcme\t12.0\tACM\tSteel\n", {"0000000012": "Steel", "ACM": "Steel"}),
        ("\ufeffcik,sector\n1,A\n1,A\n2,\n", {"0000000001": "A"}),
    ],
)
def test_a_list_is_read(text: str, found: dict[str, str]) -> None:
    """By CIK or ticker, with any of the usual marks between cells; a row without a sector says nothing."""
    assert read_sectors(text.encode()) == found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty or no CSV"),
        (b"cik,name\n1,A\n", "must name its columns"),
        (b"sector\nA\n", "must name its columns"),
        (b"cik,sector\n", "no row with an issuer"),
        (b"cik,sector\nACM,Steel\n", "Row 2 of the list has the CIK “ACM”, which is none"),
        (b"cik,sector\n1,A\n1,B\n", "Row 3 of the list gives 0000000001 a second sector, B"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"cik,sector\n" + b"1,A\n" * 50_001, "more than 50,000 rows"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_list_that_can_be_misread_is_refused(data: bytes, said: str) -> None:
    """With a sentence that says what to do."""
    with pytest.raises(UnreadableSectors, match=said):
        read_sectors(data)


def test_every_view_is_narrowed_to_a_sector(market: Store) -> None:
    """Most bought, buyers together, new insiders, filed late."""
    chemicals, banks = (replace(ALL, sector=one) for one in ("Chemicals", "Banks"))
    assert [one.symbol for one in most_traded(market, chemicals, "P")] == ["ACM"]
    assert [one.symbol for one in most_traded(market, banks, "P")] == ["ZTA"]
    assert [one.symbol for one in clusters(market, chemicals, 7, 2)] == ["ACM"]
    assert clusters(market, banks, 7, 2) == []
    assert [one.symbol for one in new_insiders(market, banks)] == ["ZTA"]
    assert [one.owner for one in filed_after(market, chemicals)] == ["Ann One"]
    assert [one.owner for one in filed_after(market, banks)] == ["Cy Three"]
    assert most_traded(market, replace(ALL, sector="Nothing"), "P") == []


def test_a_cik_counts_before_a_ticker(market: Store) -> None:
    """The ticker tells only where the CIK is not listed."""
    keep_sectors(market, {"0000000001": "Chemicals", "ACM": "Banks", "ZTA": "Banks"})
    assert [one.symbol for one in most_traded(market, replace(ALL, sector="Banks"), "P")] == ["ZTA"]
    assert sectors_of(market, [("Acme Inc", "ACM"), ("Zeta Corp", None)]) == {
        "Acme Inc": "Chemicals", "ACM": "Chemicals", "Zeta Corp": "Banks", "ZTA": "Banks"
    }  # fmt: skip


@pytest.mark.parametrize(("cik", "symbol"), [("77", None), ("0000000077", None), (None, "stl")])
def test_a_filing_may_print_it_another_way(market: Store, cik: str | None, symbol: str | None) -> None:
    """A CIK without its zeros and a ticker in small letters are those of the list."""
    one = bought("2024-05-01", "Dee Four", "3", issuer=Issuer(cik, "Steel Co", symbol))
    market.add_document("steel.xml", b"steel", [one], reader_version=1)
    keep_sectors(market, read_sectors(b"cik,ticker,sector\n77,,Steel\n,STL,Steel\n"))
    assert [one.issuer for one in most_traded(market, replace(ALL, sector="Steel"), "P")] == ["Steel Co"]
    assert sectors_of(market, [("Steel Co", symbol)])["Steel Co"] == "Steel"


def test_a_cik_without_zeros_counts_before_a_ticker(market: Store) -> None:
    """A filing whose CIK is in the list is not taken for another sector by its ticker."""
    one = bought("2024-05-01", "Dee Four", "3", issuer=Issuer("77", "Steel Co", "STL"))
    market.add_document("steel.xml", b"steel", [one], reader_version=1)
    keep_sectors(market, {"0000000077": "Steel", "STL": "Banks"})
    assert most_traded(market, replace(ALL, sector="Banks"), "P") == []
    assert sectors_of(market, [("Steel Co", "STL")]) == {"Steel Co": "Steel", "STL": "Steel"}


def test_a_new_list_takes_the_old_ones_place(market: Store) -> None:
    """And an empty one takes it away."""
    assert sectors_kept(market) == {"Banks": 1, "Chemicals": 1}
    keep_sectors(market, {"ACM": "Steel"})
    assert sectors_kept(market) == {"Steel": 1}
    keep_sectors(market, {})
    assert sectors_kept(market) == {}
    assert most_traded(market, Window(date(2024, 1, 1), date(2024, 12, 31)), "P")
