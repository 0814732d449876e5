"""The price series of an issuer on the holdings page: dropped in once, kept with the library, taken away again."""

from __future__ import annotations

import streamlit as st

from lib.charts.look import day
from lib.holdings.prices import OLDEST_CLOSE, PriceSeries, UnreadablePrices, read_prices
from lib.library.issuers import IssuerHeld
from lib.store import Document, Store
from lib.store.prices import drop_prices, keep_prices, kept_prices
from lib.ui.words import count, plain

LARGEST_MB = 5
_TIMES = "prices_dropped"


def prices_of(store: Store, issuer: IssuerHeld) -> PriceSeries | None:
    """A popover that takes, shows and removes the issuer's series; the series where there is one."""
    kept = kept_prices(store, issuer.keys)
    with st.popover(
        "Closing prices",
        icon=":material/show_chart:",
        help="Add a CSV of days and closes to see values and to draw the price.",
    ):
        series = _shown(store, issuer, kept)
        dropped = st.file_uploader(
            "A CSV with the columns date and close",
            type=["csv"],
            max_upload_size=LARGEST_MB,
            key=f"prices_{issuer.key}_{st.session_state.get(_TIMES, 0)}",
            help="Days as 2007-11-08 or 11/8/2007, closes in dollars. Use closes as traded; where they are adjusted "
            "for splits, adjust the holdings too. "
            f"Daily or monthly will do: a close holds for {OLDEST_CLOSE.days} days, or until the next.",
        )
        if dropped:
            series = _taken(store, issuer, Document(dropped.name, dropped.getvalue()), kept) or series
    return series


def _shown(store: Store, issuer: IssuerHeld, kept: Document | None) -> PriceSeries | None:
    if kept is None:
        return None
    series = _read(kept.data)
    st.caption(
        plain(
            f"{kept.name}: {count(len(series.days), 'close')}, {day(series.days[0])} to {day(series.days[-1])}."
        )
    )
    if st.button("Remove", key="remove_prices"):
        drop_prices(store, issuer.keys)
        _empty_the_drop_zone()
        st.rerun()
    return series


def _taken(store: Store, issuer: IssuerHeld, dropped: Document, kept: Document | None) -> PriceSeries | None:
    """The series just dropped in, kept; None where it cannot be read, which is said."""
    if kept and kept.data == dropped.data:
        return None
    try:
        _read(dropped.data)
    except UnreadablePrices as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    keep_prices(store, issuer.key, dropped.name, dropped.data)
    _empty_the_drop_zone()
    st.rerun()


def _empty_the_drop_zone() -> None:
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


@st.cache_resource(show_spinner=False, max_entries=16)
def _read(data: bytes) -> PriceSeries:
    return read_prices(data)
