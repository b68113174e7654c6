"""A report in progress of Mason Stone in year 1, beside one of its rival with secrets that could leak."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import NOW, TODAY, Cast
from toetssteen.reporting import services
from toetssteen.reporting.models import Report
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink

SECRET = "SECRET-OF-GRANITE-HOUSE"
LEVELS = ("direct_suppliers", "factories", "quarry_areas", "quarries")


def chain(cast: Cast, firm: str, known: int = 4, **fields: Any) -> Chain:
    """A chain whose first levels are known."""
    values: dict[str, Any] = {
        "material": "granite",
        "situation": "C",
        "extraction_country": "IN",
        "processing_country": "IN",
        "share_of_volume": 100,
        "opened_on": dt.date(2019, 10, 1),
        "confirmed_on": dt.date(2020, 3, 1),
        "changed_at": NOW,
    }
    row = Chain.objects.create(organisation=cast.organisations[firm], **{**values, **fields})
    for position, level in enumerate(LEVELS):
        state = LinkState.KNOWN if position < known else LinkState.UNKNOWN
        ChainLink.objects.create(chain=row, level=level, state=state, name=f"{level} of {firm}")
    return row


def open_report(cast: Cast, who: str = "editor", year: int = 1, today: dt.date = TODAY) -> Report:
    """The report of somebody's company on a covenant year."""
    actor = cast.actor(who)
    return services.open_report(
        actor=actor, organisation_id=actor.organisation_id or 0, year_id=cast.years[year].pk, today=today, now=NOW
    )


def answer(cast: Cast, report: Report, question: str, level: str = "fully", who: str = "editor", **fields: Any) -> Any:
    """One answer, saved as a person would."""
    data = services.AnswerData(level=level, **fields)
    return services.save_answer(
        actor=cast.actor(who), report_id=report.pk, question_id=question, data=data, row_version=None, now=NOW
    )


def answer_all(cast: Cast, report: Report, level: str = "largely", who: str = "editor") -> None:
    """Every question that is asked gets an answer."""
    from toetssteen.core.scoring import asked
    from toetssteen.covenant.queries import pack_of
    from toetssteen.reporting.facts import facts_of

    pack = pack_of(report.year)
    for question in asked(pack, report.situation, report.report_year, facts_of(report, pack)):
        answer(cast, report, question.id, level, who, text="As agreed.")


def submit(cast: Cast, report: Report, who: str = "editor", now: dt.datetime = NOW) -> Any:
    """Hand in a report."""
    return services.submit_report(actor=cast.actor(who), report_id=report.pk, today=now.date(), now=now)
