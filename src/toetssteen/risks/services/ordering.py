"""The order in which a company takes its risks up, and the reasons where it is not that of severity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.core.prioritisation import goes_against
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations.models import Organisation
from toetssteen.risks import permissions, policies
from toetssteen.risks.models import Move, Risk
from toetssteen.risks.ratings import rating_of
from toetssteen.risks.services.locking import locked


@transaction.atomic
def move_risk(
    *, actor: Actor, risk_id: int, up: bool, reason: str, pack: Pack, now: dt.datetime, passed_id: int | None = None
) -> Risk:
    """Put a risk one place higher or lower; against the order by severity only with a reason for that very pair.

    A reason that was asked for passing one risk (`passed_id`) is not used for another that came to stand there.
    """
    risk = locked(actor, risk_id, None)
    Organisation.objects.select_for_update(of=("self",)).get(pk=risk.organisation_id)  # two moves never cross
    rows = Risk.objects.filter(organisation_id=risk.organisation_id, year_number=risk.year_number).order_by("pk")
    scale = pack.severity
    if scale is None:
        return risk
    ratings = {row.pk: rating_of(row, scale) for row in rows}
    given = list(_standing(risk.organisation_id, risk.year_number))
    order = policies.order_of(ratings, [policies.shift_of(move) for move in given], scale)
    here = order.index(risk.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return risk
    passed = order[there]
    if passed_id is not None and passed_id != passed:
        raise Refused(no(_("The order changed in the meantime. Look at it again.")))
    order[here], order[there] = passed, risk.pk
    upper, lower = (risk.pk, passed) if up else (passed, risk.pk)
    against = goes_against(scale, ratings, upper, lower)
    if against and not reason.strip():
        raise ValidationError({"reason": _("This goes against severity and likelihood. Say why.")})
    back = [move for move in given if policies.shift_of(move).upper == lower and policies.shift_of(move).lower == upper]
    rest = [policies.shift_of(move) for move in given if move not in back]
    if back and not against and policies.order_of(ratings, rest, scale) == order:
        _undo(back, actor, now)
    else:
        Move.objects.create(
            organisation_id=risk.organisation_id, year_number=risk.year_number, risk=risk, passed_id=passed, up=up,
            reason=reason.strip(), moved_by_id=actor.person_id, moved_at=now,
        )  # fmt: skip
    audit.record(actor=actor, verb="risks.move_risk", subject=risk, at=now, up=up, against=against)
    return risk


@transaction.atomic
def reset_order(*, actor: Actor, organisation_id: int, year_number: int, now: dt.datetime) -> None:
    """Follow severity and likelihood again: every move is undone, and stays on record with its reason."""
    demand(permissions.can_propose_risk(actor, organisation_id))
    demand(policies.year_open(organisation_id, year_number))
    company = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    undone = _undo(list(_standing(organisation_id, year_number)), actor, now)
    audit.record(actor=actor, verb="risks.reset_order", subject=company, at=now, year=year_number, moves=undone)


@transaction.atomic
def undo_move(*, actor: Actor, risk_id: int, move_id: int, now: dt.datetime) -> Move:
    """Take a move back, so that severity and the other moves tell the order; that it was made stays on record."""
    risk = locked(actor, risk_id, None)
    Organisation.objects.select_for_update(of=("self",)).get(pk=risk.organisation_id)
    move = _standing(risk.organisation_id, risk.year_number).filter(pk=move_id, risk=risk).first()
    if move is None:
        raise Refused(no(_("This move was undone already.")))
    _undo([move], actor, now)
    audit.record(actor=actor, verb="risks.undo_move", subject=risk, at=now, move=move.pk)
    return move


def _standing(organisation_id: int, year_number: int) -> models.QuerySet[Move]:
    rows = Move.objects.filter(organisation_id=organisation_id, year_number=year_number, undone_at=None)
    return rows.order_by("pk")


def _undo(moves: Sequence[Move], actor: Actor, now: dt.datetime) -> int:
    for move in moves:
        move.undone_by_id, move.undone_at = actor.person_id, now
        move.save(update_fields=["undone_by", "undone_at"])
    return len(moves)
