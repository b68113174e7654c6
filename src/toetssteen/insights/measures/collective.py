"""Counting projects, tenders, municipalities, the parties' own actions and complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from toetssteen.insights.measures.register import Counted, measure, percent
from toetssteen.insights.raw import Raw
from toetssteen.procurement.models import Tender

NO_RELIABLE_FIGURE = "no reliable figure"
RELIABLE = "reliable"
MOST_UNKNOWN_PCT = 25


@measure
def project_companies(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that took part in projects of one kind in a year."""
    found = {
        p.organisation_id
        for p in raw.participations
        if p.year_number == chosen["year"] and p.project.kind == chosen["kind"]
    }
    return Counted(len(found), companies=len(found))


def _tenders(raw: Raw, chosen: Mapping[str, Any]) -> list[Tender]:
    after, until = chosen.get("after"), chosen.get("until")
    return [
        tender
        for tender in raw.tenders
        if chosen.get("sample") in (None, tender.sample)
        and chosen.get("region") in (None, tender.region)
        and (after is None or tender.published_on > dt.date.fromisoformat(after))
        and (until is None or tender.published_on <= dt.date.fromisoformat(until))
    ]


@measure
def tenders(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Tenders of a sample, a region or a period."""
    return Counted(len(_tenders(raw, chosen)))


@measure
def tenders_percent(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Tenders with conditions set, as a percentage."""
    found = _tenders(raw, chosen)
    return Counted(percent(sum(t.conditions_set == chosen["conditions"] for t in found), len(found)))


@measure
def tenders_reliability(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Whether so many tenders are known that a figure could be given; with more than a quarter unknown it cannot."""
    found = _tenders(raw, chosen)
    unknown = sum(t.conditions_set == "unknown" for t in found)
    reliable = bool(found) and 100 * unknown <= MOST_UNKNOWN_PCT * len(found)
    return Counted(RELIABLE if reliable else NO_RELIABLE_FIGURE)


@measure
def covenant_actions(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Actions of the parties, of some states or all."""
    states = chosen.get("states")
    return Counted(sum(states is None or action.state in states for action in raw.actions))


@measure
def contacts(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Municipalities that were written to, with one result or any."""
    return Counted(sum(chosen.get("result") in (None, contact.result) for contact in raw.contacts))


@measure
def complaints(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Complaints and disputes received."""
    return Counted(raw.complaints, companies=raw.complaints)
