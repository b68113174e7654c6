"""Noting what was measured or heard, correcting it and removing it; what stood there before stays readable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.core.progress import whole_of
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import visible_evidence
from toetssteen.evaluation import policies, queries
from toetssteen.evaluation.choices import ReadingKind, Source
from toetssteen.evaluation.models import Reading
from toetssteen.evaluation.permissions import can_write_results
from toetssteen.evaluation.presentation import scale_of
from toetssteen.evaluation.queries.lines import Lines, lines_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.plans.models import Objective, Plan


@dataclass(frozen=True)
class ReadingData:
    """A reading as it was entered; without a unit of its own it has that of the goal."""

    kind: str
    measured_on: dt.date
    year_number: int
    value: Decimal | None = None
    unit: str = ""
    words: str = ""
    source: str = ""
    method: str = ""
    given_by: str = ""
    evidence_ids: tuple[int, ...] = ()


@transaction.atomic
def record_reading(
    *, actor: Actor, goal_id: int, page_year: int, data: ReadingData, today: dt.date, now: dt.datetime
) -> Reading:
    """Note what was measured or heard for a goal, on the page of a year that was not handed in yet."""
    goal, lines = _open_goal(actor, goal_id, page_year)
    proof = _check(actor, goal, lines, page_year, data, today)
    reading = _keep(actor, goal, lines.first(goal.pk), data, now)
    reading.evidence.set(proof)
    audit.record(
        actor=actor, verb="evaluation.record_reading", subject=reading, at=now, goal=goal.pk, year=data.year_number
    )
    return reading


@transaction.atomic
def correct_reading(
    *,
    actor: Actor,
    reading_id: int,
    goal_id: int,
    page_year: int,
    data: ReadingData,
    reason: str,
    today: dt.date,
    now: dt.datetime,
) -> Reading:
    """Put another reading in the place of one, with the reason; the old one stays visible below it."""
    goal, lines = _open_goal(actor, goal_id, page_year)
    old = _standing(actor, reading_id, lines.first(goal.pk))
    proof = _check(actor, goal, lines, page_year, data, today)
    reading = _keep(actor, goal, old.goal_id, data, now, replaces=old, reason=_must_say(reason))
    reading.evidence.set(proof)
    audit.record(actor=actor, verb="evaluation.correct_reading", subject=reading, at=now, replaces=old.pk)
    return reading


@transaction.atomic
def remove_reading(
    *, actor: Actor, reading_id: int, goal_id: int, page_year: int, reason: str, now: dt.datetime
) -> Reading:
    """Take a reading away with the reason; its year is then not given, and what was removed stays readable."""
    goal, lines = _open_goal(actor, goal_id, page_year)
    old = _standing(actor, reading_id, lines.first(goal.pk))
    row = Reading.objects.create(
        goal_id=old.goal_id, year_number=old.year_number, kind=ReadingKind.REMOVED, measured_on=old.measured_on,
        replaces=old, reason=_must_say(reason), recorded_by_id=actor.person_id, recorded_at=now,
    )  # fmt: skip
    audit.record(actor=actor, verb="evaluation.remove_reading", subject=row, at=now, replaces=old.pk)
    return row


def _open_goal(actor: Actor, goal_id: int, page_year: int) -> tuple[Objective, Lines]:
    """The goal on the page of a year, locked, if the actor may write there and the year was not handed in."""
    goal = Objective.objects.select_for_update(of=("self",)).select_related("plan__year").get(pk=goal_id)
    owner = goal.plan.organisation_id
    demand(can_write_results(actor, owner))
    demand(policies.writable(queries.plan_in(owner, page_year)))
    if goal.plan.year.number not in (page_year - 1, page_year):
        raise Refused(no(_("This goal does not stand on the page of this year.")))
    lines = lines_of([owner])
    # One at a time per line, so that nothing is corrected twice.
    Plan.objects.select_for_update(of=("self",)).get(pk=goal.plan_id)
    return goal, lines


def _standing(actor: Actor, reading_id: int, first: int) -> Reading:
    """The reading that is to change, as long as nobody corrected or removed it."""
    reading = queries.reading_of(actor, reading_id)
    if reading is None or reading.goal_id != first:
        raise Refused(no(_("This reading was corrected or removed in the meantime.")))
    return reading


def _check(
    actor: Actor, goal: Objective, lines: Lines, page_year: int, data: ReadingData, today: dt.date
) -> list[Evidence]:
    if data.measured_on > today:
        raise ValidationError({"measured_on": _("This day has not come yet.")})
    if not lines.starts_in(goal.pk) <= data.year_number <= page_year:
        raise ValidationError({"year_number": _("Choose a year from the list.")})
    if data.kind == ReadingKind.FIGURE and data.value is None:
        raise ValidationError({"value": _("Enter one number, such as 45 or 12,5, or so many of all: 9 out of 12.")})
    if data.kind == ReadingKind.WORDS and not data.words.strip():
        raise ValidationError({"words": _("Write down what people say.")})
    if data.kind not in (ReadingKind.FIGURE, ReadingKind.WORDS) or data.source not in Source:
        raise ValidationError(_("Choose from the list."))
    wanted = set(data.evidence_ids)
    proof = list(visible_evidence(actor).filter(organisation_id=goal.plan.organisation_id, pk__in=wanted))
    if len(proof) != len(wanted):
        raise ValidationError({"evidence_ids": _("Choose from your own evidence.")})
    return proof


def _unit(goal: Objective, data: ReadingData) -> str:
    """The unit of the goal, or the share that was entered in the place of another ("9 van 14")."""
    unit = scale_of(goal.indicator, goal.baseline, goal.target).unit
    return data.unit if whole_of(data.unit) else unit


def _must_say(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that others understand it later.")})
    return reason.strip()


def _keep(
    actor: Actor,
    goal: Objective,
    first: int,
    data: ReadingData,
    now: dt.datetime,
    replaces: Reading | None = None,
    reason: str = "",
) -> Reading:
    is_figure = data.kind == ReadingKind.FIGURE
    return Reading.objects.create(
        goal_id=first,
        year_number=data.year_number,
        kind=data.kind,
        measured_on=data.measured_on,
        value=data.value if is_figure else None,
        unit=_unit(goal, data) if is_figure else "",
        words="" if is_figure else data.words.strip(),
        source=data.source,
        method=data.method.strip(),
        given_by=data.given_by.strip(),
        replaces=replaces,
        reason=reason,
        recorded_by_id=actor.person_id,
        recorded_at=now,
    )
