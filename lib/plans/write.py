"""A result as the contract's JSON: shares and prices as exact decimal strings, days as ISO dates."""

from __future__ import annotations

from typing import Any

from lib.plans.money import price_text
from lib.plans.result import GrantState, Result


def result_data(result: Result) -> dict[str, Any]:
    """The result as plain data, keys in the contract's order."""
    pool = result.pool
    return {
        "as_of": result.as_of.isoformat(),
        "grants": [_grant(state) for state in result.grants],
        "pool": {
            "limit": str(pool.limit),
            "available": str(pool.available),
            "outstanding": str(pool.outstanding),
            "issued": str(pool.issued),
        },
        "findings": [
            {"severity": item.severity, "where": item.where, "message": item.message, "rule": item.rule}
            for item in result.findings
        ],
    }


def _grant(state: GrantState) -> dict[str, Any]:
    holding = state.holding
    return {
        "id": state.id,
        "rule": state.rule,
        "date": state.date.isoformat(),
        "shares": str(state.shares),
        "price": None if state.price is None else price_text(state.price),
        "installments": [
            {"date": vest.date.isoformat(), "shares": str(vest.shares), "cumulative": str(vest.cumulative)}
            for vest in state.installments
        ],
        "unvested": str(holding.unvested),
        "exercisable": str(holding.exercisable),
        "exercised": str(holding.exercised),
        "forfeited": str(holding.forfeited),
        "lapsed": str(holding.lapsed),
        "accelerated": str(state.accelerated),
        "last_exercise_day": None if state.last_day is None else state.last_day.date.isoformat(),
        "binding": None if state.last_day is None else state.last_day.binding,
        "citations": [{"value": c.value, "clause": c.clause, "text": c.text} for c in state.citations],
    }
