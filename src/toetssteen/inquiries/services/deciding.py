"""What a company does with an answer: take over a line, leave it, or undo that; nothing changes before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.inquiries import permissions
from toetssteen.inquiries.choices import LineKind, LineState
from toetssteen.inquiries.models import Inquiry, Line
from toetssteen.risks.services import propose_risk, take_back_risk
from toetssteen.supplychain import asking
from toetssteen.supplychain.areas import with_areas
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import LinkData
from toetssteen.supplychain.placing import placed
from toetssteen.supplychain.policies import area_levels
from toetssteen.supplychain.services import ANSWERED, REFUSED

SOURCE = "supplier answer"


@transaction.atomic
def accept_line(*, actor: Actor, line_id: int, year: CovenantYear, now: dt.datetime) -> Line:
    """Take over one line of an answer into the chain or the list of risks."""
    line = _locked(actor, line_id)
    if line.state == LineState.ACCEPTED:
        return line
    line.undo = _TAKE[LineKind(line.kind)](actor, line, year, now)
    _decide(line, LineState.ACCEPTED, actor, now)
    audit.record(actor=actor, verb="inquiries.accept_line", subject=line, at=now, kind=line.kind, chain=line.chain_id)
    if line.kind != LineKind.RISK:
        _close_letter(line, actor, now)
    return line


@transaction.atomic
def reject_line(*, actor: Actor, line_id: int, now: dt.datetime) -> Line:
    """Leave a line of an answer for what it is."""
    line = _locked(actor, line_id)
    if line.state == LineState.ACCEPTED:
        raise Refused(no(_("Undo this line first.")))
    _decide(line, LineState.REJECTED, actor, now)
    audit.record(actor=actor, verb="inquiries.reject_line", subject=line, at=now, kind=line.kind)
    return line


@transaction.atomic
def undo_line(*, actor: Actor, line_id: int, year: CovenantYear, now: dt.datetime) -> Line:
    """Undo a decision on a line: what it changed in the chain or the risks goes back."""
    line = _locked(actor, line_id)
    if line.state == LineState.ACCEPTED and line.undo is not None:
        _BACK[LineKind(line.kind)](actor, line, line.undo, year, now)
    line.undo, line.state, line.decided_by_id, line.decided_at = None, LineState.OPEN, None, None
    line.save()
    audit.record(actor=actor, verb="inquiries.undo_line", subject=line, at=now, kind=line.kind)
    return line


def _locked(actor: Actor, line_id: int) -> Line:
    """The line with its question, locked; for whom may not see it, it does not exist."""
    visible = permissions.visible_inquiries(actor)
    line = Line.objects.select_for_update().filter(pk=line_id, inquiry__in=visible).first()
    if line is None:
        raise Refused(no(_("This line does not exist.")))
    demand(permissions.can_decide_line(actor, line.inquiry))
    return line


def _decide(line: Line, state: str, actor: Actor, now: dt.datetime) -> None:
    line.state, line.decided_by_id, line.decided_at = state, actor.person_id, now
    line.save()


def _asked_on(inquiry: Inquiry) -> dt.date:
    return timezone.localdate(inquiry.sent_at) if inquiry.sent_at else inquiry.ended_on or inquiry.made_at.date()


def _take_link(actor: Actor, line: Line, year: CovenantYear, now: dt.datetime) -> dict[str, Any]:
    said = line.content
    ended = line.inquiry.ended_on
    asked = _asked_on(line.inquiry)
    place = ", ".join(part for part in (said.get("place", ""), said.get("region", "")) if part)
    link = LinkData(
        level=line.level, state=LinkState.KNOWN, name=said.get("name", "")[:200], place=place[:120],
        address=said.get("address", "")[:300],
        lat=Decimal(said["lat"]).quantize(Decimal("0.00001")) if "lat" in said else None,
        lon=Decimal(said["lon"]).quantize(Decimal("0.00001")) if "lon" in said else None,
        asked_on=asked, answered_on=ended,
    )  # fmt: skip
    chain = line.chain
    if chain is not None and line.level in area_levels(pack_of(year)):
        link = with_areas(actor, chain.organisation_id, [placed(link, chain.extraction_country)], now)[0]
    added = asking.name_link(actor=actor, chain_id=line.chain_id or 0, data=link, year=year, now=now)
    return {"link_id": added.link_id, "before": added.before}


def _take_risk(actor: Actor, line: Line, year: CovenantYear, now: dt.datetime) -> dict[str, Any]:
    risk = propose_risk(
        actor=actor, organisation_id=line.inquiry.organisation_id, chain_id=line.chain_id, theme=line.theme,
        year_number=year.number, source_kind=SOURCE, found_on=line.inquiry.ended_on or timezone.localdate(now),
        pack=pack_of(year), now=now,
    )  # fmt: skip
    return {"risk_id": risk.pk}


def _take_refusal(actor: Actor, line: Line, year: CovenantYear, now: dt.datetime) -> dict[str, Any]:
    asked = _asked_on(line.inquiry)
    before = asking.mark_refused(
        actor=actor, chain_id=line.chain_id or 0, level=line.level, asked_on=asked,
        on=line.inquiry.ended_on or timezone.localdate(now), year=year, now=now,
    )  # fmt: skip
    return {"before": before}


def _back_link(actor: Actor, line: Line, undo: dict[str, Any], year: CovenantYear, now: dt.datetime) -> None:
    added = asking.Added(undo["link_id"], undo["before"])
    asking.take_back_link(actor=actor, chain_id=line.chain_id or 0, level=line.level, added=added, year=year, now=now)
    _hand_on(line, undo)


def _hand_on(line: Line, undo: dict[str, Any]) -> None:
    """What stood at the level before is remembered by the next line that was taken over there."""
    taken = Line.objects.filter(
        chain_id=line.chain_id or 0, level=line.level, kind=LineKind.LINK, state=LineState.ACCEPTED
    )
    following = taken.filter(inquiry__organisation_id=line.inquiry.organisation_id).exclude(pk=line.pk).first()
    if undo["before"] and following is not None and following.undo is not None and not following.undo["before"]:
        following.undo = {**following.undo, "before": undo["before"]}
        following.save(update_fields=["undo"])


def _back_risk(actor: Actor, line: Line, undo: dict[str, Any], year: CovenantYear, now: dt.datetime) -> None:
    others = Line.objects.filter(inquiry__organisation_id=line.inquiry.organisation_id, undo__risk_id=undo["risk_id"])
    if not others.exclude(pk=line.pk).exists():
        take_back_risk(actor=actor, risk_id=undo["risk_id"], now=now)


def _back_refusal(actor: Actor, line: Line, undo: dict[str, Any], year: CovenantYear, now: dt.datetime) -> None:
    asking.put_back(
        actor=actor, chain_id=line.chain_id or 0, level=line.level, before=undo["before"], year=year, now=now
    )


def _close_letter(line: Line, actor: Actor, now: dt.datetime) -> None:
    """The letter in the report says how it ended, once the company confirmed it."""
    for asked in line.inquiry.chains.filter(chain_id=line.chain_id or 0).exclude(letter=None):
        answer = REFUSED if line.kind == LineKind.REFUSAL else ANSWERED
        asking.answer_letter(actor=actor, letter_id=asked.letter_id or 0, answer=answer, now=now)


_TAKE = {LineKind.LINK: _take_link, LineKind.RISK: _take_risk, LineKind.REFUSAL: _take_refusal}
_BACK = {LineKind.LINK: _back_link, LineKind.RISK: _back_risk, LineKind.REFUSAL: _back_refusal}
