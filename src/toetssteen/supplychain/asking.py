"""What asking does to a chain: links become asked, refused or known, and letters to importers are noted once.

Everything goes through `set_level`, so that the same checks and the same trail hold as when a company types it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.supplychain import permissions
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import LinkData
from toetssteen.supplychain.models import Chain, ChainLink, SupplierInquiry
from toetssteen.supplychain.services import ENTERED, NO_ANSWER, set_level

Plain = dict[str, Any]


@dataclass(frozen=True)
class Added:
    """A link that was named, and what stood at its level before, so that it can be undone."""

    link_id: int
    before: list[Plain]


def plain(link: LinkData) -> Plain:
    """A link as JSON keeps it."""
    return {name: str(value) if isinstance(value, Decimal | dt.date) else value for name, value in asdict(link).items()}


def from_plain(kept: Plain) -> LinkData:
    """A link as it was kept."""
    values = dict(kept)
    for name in ("lat", "lon"):
        values[name] = Decimal(values[name]) if values[name] is not None else None
    for name in ("asked_on", "answered_on"):
        values[name] = dt.date.fromisoformat(values[name]) if values[name] else None
    return LinkData(**values)


def _locked(actor: Actor, chain_id: int) -> Chain:
    chain = permissions.visible_chains(actor).select_for_update().filter(pk=chain_id).first()
    if chain is None:
        raise Refused(no(_("This chain does not exist.")))
    return chain


def _links(chain: Chain, level: str) -> list[LinkData]:
    rows = ChainLink.objects.filter(chain=chain, level=level).order_by("position", "pk")
    return [LinkData(level=level, id=row.pk, **{name: getattr(row, name) for name in ENTERED}) for row in rows]


def _set(
    actor: Actor, chain: Chain, level: str, links: Sequence[LinkData], year: CovenantYear, now: dt.datetime
) -> Chain:
    return set_level(
        actor=actor, chain_id=chain.pk, level=level, row_version=chain.row_version, links=links, year=year, now=now
    )


@transaction.atomic
def mark_asked(
    *, actor: Actor, chain_id: int, levels: Iterable[str], on: dt.date, year: CovenantYear, now: dt.datetime
) -> list[str]:
    """Note that a company asked about levels it does not know; what is known or refused stays. Returns what changed."""
    chain, changed = _locked(actor, chain_id), []
    demand(permissions.can_edit_chain(actor, chain))
    for level in levels:
        links = _links(chain, level)
        if {link.state for link in links} & {LinkState.KNOWN, LinkState.REFUSED}:
            continue
        asked = [replace(link, state=LinkState.ASKED, asked_on=on, answered_on=None) for link in links]
        chain = _set(actor, chain, level, asked or [LinkData(level, LinkState.ASKED, asked_on=on)], year, now)
        changed.append(level)
    return changed


@transaction.atomic
def mark_refused(
    *, actor: Actor, chain_id: int, level: str, asked_on: dt.date, on: dt.date, year: CovenantYear, now: dt.datetime
) -> list[Plain]:
    """Note that a question about a level was refused; returns what stood there before."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    links = _links(chain, level)
    if any(link.state == LinkState.KNOWN for link in links):
        raise Refused(no(_("This level is known already. There is nothing to record as refused.")))
    refused = [replace(link, state=LinkState.REFUSED, asked_on=asked_on, answered_on=on) for link in links]
    refused = refused or [LinkData(level, LinkState.REFUSED, asked_on=asked_on, answered_on=on)]
    _set(actor, chain, level, refused, year, now)
    return [plain(link) for link in links]


@transaction.atomic
def name_link(*, actor: Actor, chain_id: int, data: LinkData, year: CovenantYear, now: dt.datetime) -> Added:
    """Add one known link to a level; it takes the place of what was not known there."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    links = _links(chain, data.level)
    known = [link for link in links if link.state == LinkState.KNOWN]
    same = next((link for link in known if _same(link, data)), None)
    if same is not None and same.id is not None:
        raise Refused(no(_("This name stands in your chain already.")))
    _set(actor, chain, data.level, [*known, data], year, now)
    added = ChainLink.objects.filter(chain=chain, level=data.level).order_by("-position", "-pk").first()
    assert added is not None  # noqa: S101  it was written in this transaction
    return Added(added.pk, [plain(link) for link in links if link.state != LinkState.KNOWN])


def _same(link: LinkData, data: LinkData) -> bool:
    if link.quarry_area_id or data.quarry_area_id:
        return link.quarry_area_id == data.quarry_area_id
    return (link.name or link.place).strip().casefold() == (data.name or data.place).strip().casefold()


@transaction.atomic
def take_back_link(
    *, actor: Actor, chain_id: int, level: str, added: Added, year: CovenantYear, now: dt.datetime
) -> None:
    """Undo the naming of a link; when it was the only one, what stood there before comes back."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    links = _links(chain, level)
    rest = [link for link in links if link.id != added.link_id]
    if len(rest) == len(links):
        raise Refused(no(_("This link was changed in the chain in the meantime. Change it there.")))
    _set(actor, chain, level, rest or _revived(added.before), year, now)


@transaction.atomic
def put_back(
    *, actor: Actor, chain_id: int, level: str, before: Sequence[Plain], year: CovenantYear, now: dt.datetime
) -> None:
    """Undo a recorded refusal: what stood at the level before comes back, unless it was named in the meantime."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    if any(link.state != LinkState.REFUSED for link in _links(chain, level)):
        raise Refused(no(_("This link was changed in the chain in the meantime. Change it there.")))
    _set(actor, chain, level, _revived(before), year, now)


def _revived(before: Sequence[Plain]) -> list[LinkData]:
    return [replace(from_plain(kept), id=None) for kept in before]


@transaction.atomic
def note_letter(
    *, actor: Actor, chain_id: int, supplier_name: str, sent_on: dt.date, now: dt.datetime
) -> SupplierInquiry:
    """Note a letter about stone that the company does not import itself; the same letter is noted once."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    letter, _made = SupplierInquiry.objects.get_or_create(
        organisation_id=chain.organisation_id,
        chain=chain,
        sent_on=sent_on,
        defaults={"supplier_name": supplier_name, "answer": NO_ANSWER},
    )
    if letter.supplier_name != supplier_name:
        letter.supplier_name = supplier_name
        letter.save(update_fields=["supplier_name"])
    audit.record(actor=actor, verb="supplychain.note_letter", subject=letter, at=now, sent_on=sent_on)
    return letter


@transaction.atomic
def answer_letter(*, actor: Actor, letter_id: int, answer: str, now: dt.datetime) -> SupplierInquiry:
    """Note how a letter ended: answered or refused."""
    letter = SupplierInquiry.objects.select_for_update(of=("self",)).select_related("chain").get(pk=letter_id)
    demand(permissions.can_add_chain(actor, letter.organisation_id))
    letter.answer = answer
    letter.save(update_fields=["answer"])
    audit.record(actor=actor, verb="supplychain.answer_letter", subject=letter, at=now, answer=answer)
    return letter


@transaction.atomic
def count_reminder(*, actor: Actor | None, letter_id: int, now: dt.datetime) -> None:
    """Count one more reminder of a letter."""
    letter = SupplierInquiry.objects.select_for_update().get(pk=letter_id)
    letter.reminders += 1
    letter.save(update_fields=["reminders"])
    audit.record(actor=actor, verb="supplychain.count_reminder", subject=letter, at=now, reminders=letter.reminders)
