"""Last year's risks in one act: each as it was, changed, or ended with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit, hooks
from toetssteen.foundation.pages import demand
from toetssteen.organisations.models import Organisation
from toetssteen.risks import permissions, policies
from toetssteen.risks.choices import EARLIER, CarriedAs
from toetssteen.risks.models import Rejection, Risk, RiskSource
from toetssteen.risks.proposals import to_carry
from toetssteen.risks.services.locking import touch

ENDED = "ended"
CARRIED = (
    "theme", "description", "country", "quarry_area_id", "site_text", "is_actual", "source_kind", "profile", "harmed",
    "involvement", "scale", "scope", "irremediable", "likelihood", "severity_reason", "prioritised_by", "found_on",
    "chain_id",
)  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """What becomes of one risk of last year: as it was, changed, or ended; the last two in a few words."""

    what: str
    note: str = ""


@transaction.atomic
def carry_over(
    *, actor: Actor, organisation_id: int, year_number: int, fates: Mapping[int, Fate], now: dt.datetime
) -> dict[int, int]:
    """Decide on the risks of last year together; gives the new risk for each one that goes on."""
    demand(permissions.can_propose_risk(actor, organisation_id))
    demand(policies.year_open(organisation_id, year_number))
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    waiting = {risk.pk: risk for risk in to_carry(actor, organisation_id, year_number)}
    _check(waiting, fates)
    new: dict[int, int] = {}
    for pk, risk in waiting.items():
        fate = fates.get(pk)
        if fate is None:
            continue
        if fate.what == ENDED:
            _end(actor, risk, year_number, fate.note, now)
        else:
            new[pk] = carry(actor, risk, year_number, now, fate).pk
    told(organisation_id, year_number, new)
    return new


def _check(waiting: Mapping[int, Risk], fates: Mapping[int, Fate]) -> None:
    problems = {}
    for pk, fate in fates.items():
        if pk in waiting and fate.what not in (*CarriedAs.values, ENDED):
            problems[f"what_{pk}"] = _("Choose one of the three.")
        elif pk in waiting and fate.what != CarriedAs.SAME and not fate.note.strip():
            problems[f"note_{pk}"] = _("Say in a few words what changed, or why it ended.")
    if problems:
        raise ValidationError(problems)


def carry(actor: Actor, earlier: Risk, year_number: int, now: dt.datetime, fate: Fate | None = None) -> Risk:
    """A risk of last year in this year, with its rating, chains and sources, tied to the one it continues."""
    risk = Risk(organisation_id=earlier.organisation_id, year_number=year_number, carried_from=earlier)
    for name in CARRIED:
        setattr(risk, name, getattr(earlier, name))
    risk.carried_as = fate.what if fate else CarriedAs.SAME
    risk.carried_note = fate.note.strip() if fate and fate.what == CarriedAs.CHANGED else ""
    risk.look_again = risk.carried_as == CarriedAs.CHANGED
    touch(risk, actor, now)
    risk.other_chains.set(earlier.other_chains.all())
    RiskSource.objects.bulk_create(_again(earlier.sources.order_by("pk"), risk, actor, now))
    audit.record(actor=actor, verb="risks.carry_risk", subject=risk, at=now, earlier=earlier.pk, how=risk.carried_as)
    return risk


def _again(rows: Iterable[RiskSource], risk: Risk, actor: Actor, now: dt.datetime) -> list[RiskSource]:
    return [
        RiskSource(
            risk=risk, kind=row.kind, said_on=row.said_on, text=row.text, profile=row.profile,
            evidence_id=row.evidence_id, noted_by_id=actor.person_id, noted_at=now,
        )
        for row in rows
    ]  # fmt: skip


def _end(actor: Actor, earlier: Risk, year_number: int, reason: str, now: dt.datetime) -> None:
    row = Rejection.objects.create(
        organisation_id=earlier.organisation_id, key=f"{EARLIER}{earlier.pk}", year_number=year_number,
        reason=reason.strip(), rejected_by_id=actor.person_id, rejected_at=now,
    )  # fmt: skip
    audit.record(actor=actor, verb="risks.end_risk", subject=row, at=now, earlier=earlier.pk)


def told(organisation_id: int, year_number: int, new: Mapping[int, int]) -> None:
    """Let the apps above know which risk continues which, so that their goals aim at the new ones."""
    if new:
        hooks.tell("risks.carried", organisation_id=organisation_id, year_number=year_number, carried=dict(new))
