"""How long service lasted and why it ended, under the reading that says which service counts (A15, A26, A44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lib.plans.scenario import Event, Fact, Termination
from lib.plans.term import Reason
from lib.plans.terms import Readings


@dataclass(frozen=True)
class Service:
    """The end of Board service and of the service that keeps options alive; null where it goes on.

    ``accelerating`` is the reason that itself ended Board service, null where another role went on; ``disabled``
    is the day of disability where that came before the end.
    """

    board_end: date | None = None
    end: date | None = None
    reason: Reason = "voluntary"
    accelerating: Reason | None = None
    disabled: date | None = None

    def disabled_holding(self, granted: date) -> date | None:
        """The day of disability for an option granted by then; a later grant knows only the end of service (A25)."""
        return self.disabled if self.disabled is not None and self.disabled >= granted else None


def service(events: tuple[Event, ...], readings: Readings) -> Service:
    """What the events say about service. Events come in order of date; the first departure counts."""
    leaving = departure(events)
    if leaving is None:
        return Service()
    if readings.service == "eligible_participant" and leaving.continues_as and leaving.reason != "death":
        return _as_participant(leaving, first(events, "death"))
    if leaving.reason == "death":
        return Service(leaving.date, leaving.date, "death", "death")
    if leaving.reason == "disability":
        disabled = first(events, "disability")
        earlier = disabled if disabled is not None and disabled < leaving.date else None
        return Service(leaving.date, leaving.date, "disability", "disability", earlier)
    return Service(leaving.date, leaving.date, leaving.reason, leaving.reason)


def departure(events: tuple[Event, ...]) -> Termination | None:
    """The event that ended Board service: the first termination, or a death while serving."""
    leaving = next((event for event in events if isinstance(event, Termination)), None)
    died = first(events, "death")
    if died is not None and (leaving is None or died < leaving.date):
        return Termination(date=died, reason="death")
    return leaving


def first(events: tuple[Event, ...], kind: str) -> date | None:
    """The day of the first fact of that kind."""
    return next((event.date for event in events if isinstance(event, Fact) and event.type == kind), None)


def _as_participant(leaving: Termination, died: date | None) -> Service:
    """Service that another role carries on; a death in that role ends it and accelerates nothing."""
    if died is not None and (leaving.until is None or died <= leaving.until):
        return Service(leaving.date, died, "death")
    return Service(leaving.date, leaving.until, leaving.reason)
