"""The order in which a company takes its risks up, and the reasons where it is not that of severity."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.core.prioritisation import Rating
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations.models import Organisation
from toetssteen.risks import permissions, policies
from toetssteen.risks.models import ChosenOrder, Move, Risk
from toetssteen.risks.ratings import rating_of
from toetssteen.risks.services.locking import locked


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
def undo_move(*, actor: Actor, risk_id: int, move_id: int, pack: Pack, now: dt.datetime) -> Move:
    """Put a risk back behind or before the one that it passed; that somebody moved it stays on record."""
    risk = locked(actor, risk_id, None)
    move = Move.objects.select_for_update(of=("self",)).filter(pk=move_id, risk=risk, undone_at=None).first()
    if move is None:
        raise Refused(no(_("This move was undone already.")))
    chosen = _chosen(risk.organisation_id, risk.year_number)
    order = _order(risk, chosen, pack)
    if move.passed_id in order and (order.index(risk.pk) < order.index(move.passed_id)) == move.up:
        order.remove(risk.pk)
        order.insert(order.index(move.passed_id) + (1 if move.up else 0), risk.pk)
        chosen.order = order
        chosen.save()
    move.undone_by_id, move.undone_at = actor.person_id, now
    move.save(update_fields=["undone_by", "undone_at"])
    audit.record(actor=actor, verb="risks.undo_move", subject=risk, at=now, move=move.pk)
    return move


def _order(risk: Risk, chosen: ChosenOrder, pack: Pack) -> list[int]:
    rows = Risk.objects.filter(organisation_id=risk.organisation_id, year_number=risk.year_number).order_by("pk")
    ratings = {row.pk: rating_of(row, pack.severity) if pack.severity else Rating() for row in rows}
    return policies.order_of(ratings, chosen.order, pack.severity)
