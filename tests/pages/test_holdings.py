"""The holdings page: what it opens on, splits, causes in the ledger, and where a click leads."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.filings.record import Filing, Issuer
from lib.holdings.ledger import build_book, build_ledgers
from lib.holdings.splits import Split
from lib.holdings.together import candidate_splits
from lib.store import Store
from lib.store.decisions import decided
from lib.store.prices import keep_prices, kept_prices
from lib.ui.holdings_marks import place_of_mark
from lib.ui.holdings_names import groups_of
from lib.ui.holdings_totals import totals_by_code, totals_rows
from lib.ui.issuer_choice import SEARCH_FROM
from tests.builders import bertucci, filing, holding

SPLIT = "10-for-1 between 2 Jan 2020 and 1 Jan 2021"


def opened(root: Path, store: Store, *filings: Filing, **query: str) -> AppTest:
    """The holdings page on these filings."""
    for n, one in enumerate(filings):
        store.add_document(f"{n}.xml", b"<filing n='%d'/>" % n, [one], reader_version=1)
    at = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()
    at.switch_page("pages/holdings.py")
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def two_owners() -> list[Filing]:
    """Three filings of one insider of MKS and one of another, whose name sorts first."""
    few = filing("2005-01-01", holding(7), owner="ADAMS A")
    return [*bertucci(), few]


def test_it_opens_on_the_insider_with_the_most_reports(root: Path, file_store: Store) -> None:
    """Many insiders at once tell little; all of them are one choice away."""
    at = opened(root, file_store, *two_owners())
    owners = at.multiselect(key="insiders")
    assert owners.value == ["BERTUCCI JOHN R"]
    owners.set_value([]).run()
    assert not at.exception
    assert any(line.startswith("ADAMS A") for line in at.dataframe[0].value["Line"])


def test_the_link_restores_all_owners(root: Path, file_store: Store) -> None:
    """An empty choice in the link is all, not the first choice again."""
    at = opened(root, file_store, *two_owners(), insiders="ADAMS A")
    assert at.multiselect(key="insiders").value == ["ADAMS A"]


def test_another_issuer_opens_on_its_own_insider(root: Path, file_store: Store) -> None:
    """The owner chosen for one issuer does not linger on the next."""
    at = opened(root, file_store, *two_owners())
    for name in ("Zeta A", "Zeta B"):
        rows = (holding(1, security_title="Zeta stock"),)
        one = filing("2020-01-01", *rows, owner=name, issuer=bertucci()[0].issuer.__class__(name="ZETA INC"))
        file_store.add_document(f"{name}.xml", name.encode(), [one], reader_version=1)
    at.run()
    at.selectbox(key="company").select("ZETA INC").run()
    assert not at.exception
    assert at.multiselect(key="insiders").value == ["Zeta A"]
    at.run()
    assert at.multiselect(key="insiders").value == ["Zeta A"]


def test_the_ledger_names_the_likeliest_cause(root: Path, file_store: Store) -> None:
    """What may explain a change stands beside it."""
    at = opened(root, file_store, *bertucci())
    causes = list(at.dataframe[0].value["Most likely"])
    assert sum("may be missing" in cause for cause in causes) == 2
    assert len(at.get("plotly_chart")) == 1


def test_a_link_opens_the_months(root: Path, file_store: Store) -> None:
    """Months and prices are drawn for whoever opens them, and a link to one of them has it open."""
    at = opened(root, file_store, *bertucci())
    at.query_params["detail"] = "Prices"
    at.run()
    assert not at.exception
    assert len(at.get("plotly_chart")) == 2


def test_a_proposed_split_can_be_adjusted_for(root: Path, file_store: Store) -> None:
    """The switch explains the jump and puts all counts in the latest shares; without it nothing changes."""
    before, after = filing("2020-01-01", holding(1000)), filing("2021-01-01", holding(10000))
    at = opened(root, file_store, before, after)
    assert list(at.dataframe[0].value["Closing"]) == [1000, 10000]
    (switch,) = at.pills
    assert list(switch.options) == [SPLIT]
    switch.set_value([SPLIT]).run()
    assert not at.exception
    assert list(at.dataframe[0].value["Closing"]) == [10000, 10000]
    assert set(at.dataframe[0].value["Unexplained"]) == {""}


def test_a_split_is_offered_once() -> None:
    """A footnote stands above a ratio, and repeating it a year on is no second split."""
    ratio = Fraction(10)
    stated = [Split("x", date(2020, m, 1), ratio, source="footnote") for m in (8, 5)]
    guess = Split("x", date(2020, 9, 1), ratio, source="ratio", since=date(2019, 9, 1))
    assert candidate_splits(stated, [guess]) == (stated[1],)
    other = Split("x", date(2010, 5, 1), ratio)
    assert candidate_splits([other, *stated], []) == (other, stated[1])


def test_totals_by_code_and_year(root: Path, file_store: Store) -> None:
    """What each code adds up to in each year, on the page and as CSV."""
    at = opened(root, file_store, *bertucci())
    at.session_state["totals"] = True
    at.run()
    (row,) = at.dataframe[1].value.to_dict("records")
    assert (row["Code"], row["2003"], row["2007"], row["Total"]) == ("S", -16000, -1700, -17700)
    totals = totals_by_code(build_ledgers(enumerate(bertucci())))
    assert totals_rows(totals)[1][0] == ("S", "Open-market or private sale", 2003, -16000)


@pytest.mark.parametrize(
    ("points", "place"),
    [
        ([], None),
        (
            [{"customdata": [3, "non_derivative[0]"]}],
            {"id": "3", "cell": "non_derivative[0].shares_owned_following"},
        ),
        ([{"x": 1}], None),
        ([{"customdata": ["x"]}], None),
    ],
)
def test_a_click_leads_to_the_row(points: list[dict[str, Any]], place: dict[str, str] | None) -> None:
    """A mark knows its filing and row; anything else leads nowhere."""
    assert place_of_mark(points) == place


def test_layouts_and_measures_are_in_the_link(root: Path, file_store: Store) -> None:
    """A link with a layout and a measure opens on them; the title and the words for the blind follow."""
    at = opened(root, file_store, *bertucci(), axes="Total", measure="% of largest", detail="Prices")
    assert not at.exception
    assert "stood at 47 % of its largest" in at.subheader[0].value.replace("\\", "")
    assert at.radio(key="axes").value == "Total"
    assert at.radio(key="detail").value == "Prices"
    specs = [chart.proto.spec for chart in at.get("plotly_chart")]
    assert "all lines together" in specs[0]
    assert at.get("plotly_chart")[1].proto.id.endswith("prices_chart")


def test_dotted_levels_and_the_age_of_a_close_are_said(root: Path, file_store: Store) -> None:
    """In every measure the caption says why a level is dotted; a value says how long a close holds, as its help does."""
    keep_prices(file_store, "mks instruments", "p.csv", b"date,close\n2003-11-24,20.5\n2007-10-31,18\n")
    for measure in ("Shares", "Value", "% of largest"):
        at = opened(root, file_store, *bertucci(), axes="On one axis", measure=measure)
        (said,) = [
            one.value for one in at.caption if "a change that no filing in the library reports" in one.value
        ]
        assert "the level before it is dotted too" in said
        assert ("35 days" in said) == (measure == "Value")
    assert "35 days" in at.radio(key="measure").help


@pytest.mark.parametrize("layout", ["On one axis", "Apart", "By owner", "Stacked", "Total"])
@pytest.mark.parametrize("measure", ["Shares", "Value", "% of largest"])
def test_every_view_draws(root: Path, file_store: Store, layout: str, measure: str) -> None:
    """Each layout in each measure, of all insiders, with closing prices in the library."""
    keep_prices(file_store, "mks instruments", "p.csv", b"date,close\n2003-11-24,20\n2007-11-08,18")
    at = opened(root, file_store, *two_owners(), insiders="", axes=layout, measure=measure)
    assert at.radio(key="axes").value == layout
    assert "{" in at.get("plotly_chart")[0].proto.spec


def test_a_value_without_prices_asks_for_them(root: Path, file_store: Store) -> None:
    """Until there is a series the page shows shares, and says what is missing."""
    at = opened(root, file_store, *bertucci(), measure="Value")
    assert "closing prices" in at.info[0].value
    at.file_uploader[0].upload("mksi.csv", b"date,close\n2003-11-24,20.00\n2007-11-08,18.00").run()
    assert not at.exception
    assert not at.info
    assert any("mksi" in caption.value and "2 closes" in caption.value for caption in at.caption)
    at.button(key="remove_prices").click().run()
    assert "closing prices" in at.info[0].value


def test_a_series_that_cannot_be_read_is_refused_in_a_sentence(root: Path, file_store: Store) -> None:
    """The sentence names the row; nothing is kept."""
    at = opened(root, file_store, *bertucci())
    at.file_uploader[0].upload("x.csv", b"date,close\nyesterday,20.00").run()
    assert not at.exception
    assert "Row 2 of the price series" in at.error[0].value.replace("\\", "")
    assert kept_prices(file_store, ["mks instruments"]) is None


def test_names_are_joined_and_parted_by_hand(root: Path, file_store: Store) -> None:
    """Two natures that are one become one line, the decision is listed, and undoing it brings two back."""
    trust = {"direct_or_indirect": "I"}
    filings = [
        filing("2020-01-01", holding(70, nature_of_ownership="By Trust", **trust)),
        filing("2021-01-01", holding(70, nature_of_ownership="By Adams Family", **trust)),
    ]
    at = opened(root, file_store, *filings, names="true")
    assert list(at.dataframe[0].value["Line"]) == ["By Adams Family", "By Trust"]
    at.radio(key="names_of").set_value("Natures of ownership").run()
    at.multiselect(key="names_nature").set_value(["By Adams Family", "By Trust"]).run()
    at.button(key="join_names").click().run()
    assert not at.exception
    assert len(set(at.dataframe[0].value["Line"])) == 1
    (decision,) = decided(file_store, ["mks instruments"])
    assert decision.names == ("By Adams Family", "By Trust")
    at.button(key=f"undo_{decision.id}").click().run()
    assert not at.exception
    assert len(set(at.dataframe[0].value["Line"])) == 2


def test_groups_of_names() -> None:
    """What the rules join is one group with every spelling; owners have theirs too."""
    filings = [
        filing("2020-01-01", holding(1, security_title=title), owner=owner)
        for title, owner in (("Common", "Lee Ann"), ("COMMON", "ANN LEE"), ("Common Stock", "Ray Bob"))
    ]
    book = build_book(enumerate(filings))
    assert groups_of(book, "security") == [("COMMON", "Common Stock")]
    assert groups_of(book, "owner") == [("ANN LEE", "Lee Ann"), ("Ray Bob",)]
    assert groups_of(book, "nature") == []


def test_many_issuers_are_searched(root: Path, file_store: Store) -> None:
    """The search finds an issuer by its insider and opens on that insider."""
    for n in range(SEARCH_FROM + 1):
        rows = [holding(n)] * (2 if n else 1)
        for owner in ("Lee Ann", f"Quill {'Abcdefghijklmnop'[n]}"):
            one = filing("2020-01-01", *rows, owner=owner, issuer=Issuer(name=f"Firm {n:02}"))
            file_store.add_document(f"{n}{owner}", f"{n}{owner}".encode(), [one], reader_version=1)
    at = opened(root, file_store)
    at.text_input(key="find").set_value("quill c").run()
    assert not at.exception
    assert list(at.selectbox(key="company").options) == ["Firm 02"]
    assert at.multiselect(key="insiders").value == ["Quill c"]
    at.text_input(key="find").set_value("nobody at all").run()
    assert len(at.selectbox(key="company").options) == SEARCH_FROM + 1
    at.text_input(key="find").set_value("").run()
    at.selectbox(key="company").select("Firm 09").run()
    assert at.multiselect(key="insiders").value == ["Lee Ann"]


def test_dates_of_one_insider_do_not_trap_the_next(root: Path, file_store: Store) -> None:
    """A day chosen for one insider may lie outside what another has: the page says so, and does not fail."""
    at = opened(root, file_store, *two_owners(), since="2007-01-01")
    assert set(at.dataframe[0].value["Date"]) == {date(2007, 11, 8)}
    at.multiselect(key="insiders").set_value(["ADAMS A"]).run()
    assert not at.exception
    assert at.dataframe or at.info
