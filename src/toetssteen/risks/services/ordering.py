"""The order in which a company takes its risks up, and what stakeholders say of it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.organisations.models import Organisation
from toetssteen.risks import permissions, policies
from toetssteen.risks.models import ChosenOrder, Move, Risk, StakeholderView
from toetssteen.risks.queries import rating_of
from toetssteen.risks.services.keeping import locked


@transaction.atomic
def move_risk(*, actor: Actor, risk_id: int, up: bool, reason: str, pack: Pack, now: dt.datetime) -> Risk:
    """Put a risk one place higher or lower; against the order by severity only with a reason."""
    risk = locked(actor, risk_id, None)
    rows = list(Risk.objects.filter(organisation_id=risk.organisation_id, year_number=risk.year_number).order_by("pk"))
    chosen = _chosen(risk.organisation_id, risk.year_number)
    ratings = {row.pk: rating_of(row, pack.severity) for row in rows} if pack.severity else {}
    if not ratings:
        return risk
    order = policies.order_of(ratings, chosen.order, pack.severity)
    here = order.index(risk.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return risk
    passed = order[there]
    before = policies.against(ratings, order, pack.severity)
    order[here], order[there] = order[there], order[here]
    after = policies.against(ratings, order, pack.severity)
    if after - before and len(after) >= len(before):
        if not reason.strip():
            raise ValidationError({"reason": _("This goes against severity and likelihood. Say why.")})
        Move.objects.create(
            organisation_id=risk.organisation_id, year_number=risk.year_number, risk=risk, passed_id=passed, up=up,
            reason=reason.strip(), moved_by_id=actor.person_id, moved_at=now,
        )  # fmt: skip
    chosen.order = order
    chosen.save()
    audit.record(actor=actor, verb="risks.move_risk", subject=risk, at=now, up=up, against=len(after))
    return risk


@transaction.atomic
def reset_order(*, actor: Actor, organisation_id: int, year_number: int, now: dt.datetime) -> None:
    """Follow severity and likelihood again; the reasons of earlier moves stay on record."""
    demand(permissions.can_propose_risk(actor, organisation_id))
    demand(policies.year_open(organisation_id, year_number))
    chosen = _chosen(organisation_id, year_number)
    chosen.order = []
    chosen.save()
    audit.record(actor=actor, verb="risks.reset_order", subject=chosen, at=now)


def _chosen(organisation_id: int, year_number: int) -> ChosenOrder:
    """The chosen order of a year, locked together with its company so that two moves never cross."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    chosen, _made = ChosenOrder.objects.get_or_create(organisation_id=organisation_id, year_number=year_number)
    return chosen


@transaction.atomic
def record_view(
    *,
    actor: Actor,
    organisation_id: int,
    year_number: int,
    who: str,
    said_on: dt.date,
    said: str,
    changed: str,
    now: dt.datetime,
) -> StakeholderView:
    """Keep what a stakeholder said of the order, and what changed because of it."""
    demand(permissions.can_propose_risk(actor, organisation_id))
    demand(policies.year_open(organisation_id, year_number))
    if said_on > now.date() + dt.timedelta(days=1):
        raise ValidationError({"said_on": _("This day lies in the future.")})
    view = StakeholderView.objects.create(
        organisation_id=organisation_id, year_number=year_number, who=who.strip(), said_on=said_on, said=said.strip(),
        changed=changed.strip(), recorded_by_id=actor.person_id, recorded_at=now,
    )  # fmt: skip
    audit.record(actor=actor, verb="risks.record_view", subject=view, at=now)
    return view
