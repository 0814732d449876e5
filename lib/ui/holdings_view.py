"""The picture of the holdings page: how lines are laid out, what is measured, the figure, and its download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import plotly.graph_objects as go
import streamlit as st

from lib.charts.holdings import far_apart, holdings_figure
from lib.charts.holdings_lines import Panels
from lib.charts.holdings_words import holdings_alt, measured_title
from lib.charts.look import day
from lib.charts.measures import Measure, Unit
from lib.charts.stacked import stacked_figure
from lib.holdings.ledger import Ledger
from lib.holdings.prices import OLDEST_CLOSE, PriceSeries
from lib.holdings.splits import Split
from lib.holdings.totals import total_of
from lib.ui.picture import standalone_page
from lib.ui.words import count

Layout = Literal["On one axis", "Apart", "By owner", "Stacked", "Total"]
PANELS: Final[dict[str, Panels]] = {"Apart": "apart", "By owner": "by owner"}
MEASURES: Final[dict[str, Unit]] = {"Shares": "shares", "Value": "value", "% of largest": "percent"}
DOTTED: Final = (
    "A dotted drop or rise is a change that no filing in the library reports; the level before it is dotted too, since "
    "the next report does not fit it and nobody knows how long it held. Click a mark to open its filing."
)
CAPTIONS: Final[dict[Unit, str]] = {
    "shares": f"Shares held after each report. A level holds until the next report. {DOTTED}",
    "value": f"Shares held, at the last close of the {OLDEST_CLOSE.days} days up to each. Where there is no close, "
    f"nothing is drawn. {DOTTED}",
    "percent": f"Per cent of the most that each line has held. {DOTTED}",
}
CHART_TOOLS: Final = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["zoomIn2d", "zoomOut2d", "autoScale2d"],
}
"""What stands over the chart: few enough buttons that on a phone they leave the legend to be read."""
_LAST_FIGURE: Final = "holdings_figure"
STACKED: Final = (
    "All lines on top of each other. A line counts from its first report on; what no filing explains is not told apart "
    "here, only on one axis and apart."
)


@dataclass(frozen=True, slots=True)
class View:
    """How the holdings are drawn."""

    layout: str
    wanted: Unit
    prices: PriceSeries | None = None

    @property
    def measure(self) -> Measure:
        """What the axis counts: shares as long as a value lacks its closes."""
        if self.wanted == "value" and self.prices is None:
            return Measure()
        return Measure(self.wanted, self.prices)

    @property
    def caption(self) -> str:
        """What the picture shows, in sentences."""
        if self.layout == "Stacked":
            return STACKED
        return CAPTIONS[self.measure.unit]


def layout_choice(ledgers: Sequence[Ledger]) -> str:
    """How the lines share axes; apart at first where one axis would hide the small ones."""
    several = len(ledgers) > 1
    owners = len({one.position.owner_key for one in ledgers}) > 1
    options: list[Layout] = ["On one axis", "Apart"]
    options += ["By owner"] if owners else []
    options += ["Stacked", "Total"] if several else []
    default: Layout = "Apart" if far_apart(ledgers) else "On one axis"
    if st.session_state.get("axes") not in options:
        st.session_state.pop("axes", None)
    chosen: Any = st.radio(
        "Lines",
        options,
        index=options.index(default),
        horizontal=True,
        key="axes",
        bind="query-params",
        help="Apart gives each line its own panel and scale, so that small holdings can be seen beside large ones; "
        "by owner gives each insider one. Stacked and total add the lines up.",
        label_visibility="collapsed",
    )
    return str(chosen)


def measure_choice() -> Unit:
    """What the axis counts."""
    chosen: Any = st.radio(
        "Measure",
        list(MEASURES),
        index=list(MEASURES).index("Shares"),
        horizontal=True,
        key="measure",
        bind="query-params",
        help=f"A value is the count times the last close at or before the day, at most {OLDEST_CLOSE.days} days old, "
        "from the prices that you add.",
        label_visibility="collapsed",
    )
    return MEASURES[str(chosen)]


def shown_figure(ledgers: Sequence[Ledger], view: View, splits: Sequence[Split], *, dark: bool) -> go.Figure:
    """The figure of this view, made again only where something else is to be seen than the last time."""
    asked = (tuple(ledgers), view, tuple(splits), dark)
    last: Any = st.session_state.get(_LAST_FIGURE)
    if last is None or last[0] != asked:
        last = st.session_state[_LAST_FIGURE] = (asked, figure_of(ledgers, view, splits, dark=dark))
    figure: go.Figure = last[1]
    return figure


def figure_of(ledgers: Sequence[Ledger], view: View, splits: Sequence[Split], *, dark: bool) -> go.Figure:
    """The figure of this view."""
    if view.layout == "Stacked":
        return stacked_figure(ledgers, dark=dark, measure=view.measure)
    overlay = view.prices if view.measure.unit != "value" else None
    return holdings_figure(
        [total_of(ledgers)] if view.layout == "Total" else ledgers,
        dark=dark,
        panels=PANELS.get(view.layout, "together"),
        splits=splits,
        measure=view.measure,
        prices=overlay,
    )


def title_of(ledgers: Sequence[Ledger], view: View) -> str:
    """The takeaway of what is drawn."""
    return measured_title([total_of(ledgers)] if view.layout == "Total" else ledgers, view.measure)


def alt_of(ledgers: Sequence[Ledger], view: View) -> str:
    """The picture in sentences, with what is measured where that is not shares."""
    said = holdings_alt([total_of(ledgers)] if view.layout == "Total" else ledgers)
    return said if view.measure.unit == "shares" else f"Drawn as {view.measure.words}. {said}"


def picture(ledgers: Sequence[Ledger], view: View, splits: Sequence[Split], *, dark: bool) -> bytes:
    """The picture with its takeaway, and what it is drawn from."""
    first = ledgers[0].position
    days = [report.date for one in ledgers for report in one.reports]
    filings = {m.filing_id for one in ledgers for report in one.reports for m in report.movements}
    return standalone_page(
        figure_of(ledgers, view, splits, dark=dark),
        title=title_of(ledgers, view),
        lead=f"{first.issuer}, {first.security}. {view.caption.removesuffix(' Click a mark to open its filing.')}",
        alt=alt_of(ledgers, view),
        note=f"From {count(len(filings), 'filing')} under Section 16, {day(min(days))} to {day(max(days))}.",
        dark=dark,
    )
