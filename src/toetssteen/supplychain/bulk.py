"""Many chains at once, all or none: what an import adds, changes and closes, and how that is undone."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.supplychain import permissions, services
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.inserting import blank, insert_rows
from toetssteen.supplychain.models import Chain, ChainLink
from toetssteen.supplychain.placing import area_finder

BATCH = 500
CHAIN_FIELDS = (
    "situation", "material", "trade_name", "product_group", "extraction_country", "processing_country",
    "share_of_volume", "volume_tonnes", "opened_on", "confirmed_on", "closed_on", "close_reason", "row_version",
    "changed_by", "changed_at",
)  # fmt: skip
LINK_FIELDS = ("position", *services.ENTERED, "site")


@dataclass(frozen=True)
class Edit:
    """A chain that the company has, with its new content; `seen` is the version that was looked at."""

    chain_id: int
    seen: int
    data: ChainData


@dataclass(frozen=True)
class Batch:
    """Everything that happens at once."""

    add: Sequence[ChainData] = ()
    edit: Sequence[Edit] = ()
    close: Mapping[int, int] = field(default_factory=dict)  # chain with the version that was looked at
    closed_on: dt.date | None = None
    close_reason: str = ""


@dataclass(frozen=True)
class Done:
    """What was done to one chain; `before` holds what it takes to undo it."""

    chain_id: int
    act: str  # added, changed, closed
    version: int
    before: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def import_chains(
    *, actor: Actor, organisation_id: int, batch: Batch, subject: str, year: CovenantYear, now: dt.datetime
) -> list[Done]:
    """Add, change and close chains together, all or none; one event in the trail tells of all."""
    demand(permissions.can_add_chain(actor, organisation_id))
    pack, today = pack_of(year), timezone.localdate(now)
    check = services.checker(pack, today)
    for data in (*batch.add, *(edit.data for edit in batch.edit)):
        check(data)
    batch = _with_areas(actor, organisation_id, batch, now)
    stored = _locked(organisation_id, [edit.chain_id for edit in batch.edit] + list(batch.close))
    done = _close(stored, batch, actor, now)
    done += _edit(stored, batch.edit, pack, actor, now)
    done += _add(organisation_id, batch.add, pack, actor, now)
    counts = {act: sum(one.act == act for one in done) for act in ("added", "changed", "closed")}
    audit.record(
        actor=actor, verb="supplychain.import_chains", subject=subject, at=now, **counts,
        chains=hashlib.sha256(" ".join(str(one.chain_id) for one in done).encode()).hexdigest(),
    )  # fmt: skip
    days = [data.opened_on for data in batch.add] + [edit.data.opened_on for edit in batch.edit]
    days += [batch.closed_on] if batch.closed_on and batch.close else []
    if days:
        since = services._first_day(year, *days)
        services._derive_situation(actor, organisation_id, pack, since=since, now=now)
    services.tell_links_saved(organisation_id, now)
    return done


@transaction.atomic
def undo_import(
    *, actor: Actor, organisation_id: int, done: Sequence[Done], subject: str, year: CovenantYear, now: dt.datetime
) -> None:
    """Take back what an import did; a chain that was touched since is not the import's any more."""
    demand(permissions.can_add_chain(actor, organisation_id))
    stored = _locked(organisation_id, [one.chain_id for one in done])
    for one in done:
        chain = stored.get(one.chain_id)
        if chain is None or chain.row_version != one.version:
            raise StaleRow(chain)
    added = [one.chain_id for one in done if one.act == "added"]
    for start in range(0, len(added), BATCH):
        part = added[start : start + BATCH]
        ChainLink.objects.filter(chain_id__in=part).delete()
        Chain.objects.filter(pk__in=part).delete()
    back = [(stored[one.chain_id], one.before) for one in done if one.act != "added"]
    _bring_back(back, actor, now)
    audit.record(
        actor=actor, verb="supplychain.undo_import", subject=subject, at=now, removed=len(added), restored=len(back)
    )
    pack = pack_of(year)
    services._derive_situation(actor, organisation_id, pack, since=year.starts_on, now=now)
    services.tell_links_saved(organisation_id, now)


# --- the rows


def _with_areas(actor: Actor, organisation_id: int, batch: Batch, now: dt.datetime) -> Batch:
    """The batch with an area for each place of the gazetteer that its links name."""
    found = area_finder(actor, organisation_id, now)

    def placed(data: ChainData) -> ChainData:
        return replace(data, links=tuple(found(data.links))) if any(x.place_id for x in data.links) else data

    edits = [replace(edit, data=placed(edit.data)) for edit in batch.edit]
    return replace(batch, add=[placed(data) for data in batch.add], edit=edits)


def _locked(organisation_id: int, ids: Sequence[int]) -> dict[int, Chain]:
    found: dict[int, Chain] = {}
    for start in range(0, len(ids), BATCH):
        rows = Chain.objects.select_for_update().filter(
            organisation_id=organisation_id, pk__in=ids[start : start + BATCH]
        )
        found |= {chain.pk: chain for chain in rows.prefetch_related("links")}
    return found


def _add(organisation_id: int, entered: Sequence[ChainData], pack: Pack, actor: Actor, now: dt.datetime) -> list[Done]:
    today = timezone.localdate(now)
    chains = []
    for data in entered:
        chain = Chain(organisation_id=organisation_id, confirmed_on=today if data.checked else None)
        services._fill(chain, data, actor, now)
        chain.volume_tonnes = data.volume_tonnes
        chains.append(chain)
    Chain.objects.bulk_create(chains, batch_size=BATCH)
    links: list[SimpleNamespace] = []
    nothing = blank(ChainLink)
    for chain, data in zip(chains, entered, strict=True):
        rows = [_new_row(nothing, chain, link, position) for link, position in _places(data.links, pack)]
        links += rows
        if chain.situation not in pack.own_situations:
            services._keep_letters(chain, rows, pack)  # type: ignore[arg-type]
    insert_rows(links, ChainLink)
    return [Done(chain.pk, "added", chain.row_version) for chain in chains]


def _places(links: Iterable[LinkData], pack: Pack) -> Iterable[tuple[LinkData, int]]:
    """Each link with its place in its level; each level of the pack has at least one."""
    wanted: dict[str, list[LinkData]] = {level.id: [] for level in pack.coverage_levels}
    for link in links:
        wanted[link.level].append(link)
    for level, entered in wanted.items():
        for position, link in enumerate(entered or [LinkData(level=level)]):
            yield link, position


def _new_row(nothing: Mapping[str, Any], chain: Chain, link: LinkData, position: int) -> SimpleNamespace:
    """A link that is new, as plain values: thousands of them are written at once."""
    row = SimpleNamespace(**nothing)
    row.chain_id, row.level, row.position = chain.pk, link.level, position
    for name in services.ENTERED:
        setattr(row, name, getattr(link, name))
    services._forget_what_is_not_known(row)  # type: ignore[arg-type]
    return row


def _row(chain: Chain, link: LinkData, position: int) -> ChainLink:
    row = ChainLink(chain=chain, level=link.level, position=position)
    for name in services.ENTERED:
        setattr(row, name, getattr(link, name))
    services._forget_what_is_not_known(row)
    return row


def _edit(stored: Mapping[int, Chain], edits: Sequence[Edit], pack: Pack, actor: Actor, now: dt.datetime) -> list[Done]:
    done, chains, kept, new, gone = [], [], [], [], []
    for edit in edits:
        chain = _fresh(stored, edit.chain_id, edit.seen)
        demand(permissions.can_edit_chain(actor, chain))
        before = as_it_was(chain)
        services._fill(chain, edit.data, actor, now)
        chain.volume_tonnes = edit.data.volume_tonnes
        chain.confirmed_on = timezone.localdate(now) if edit.data.checked else chain.confirmed_on
        chain.row_version += 1
        chains.append(chain)
        old = {(link.level, link.position): link for link in chain.links.all()}
        for link, position in _places(edit.data.links, pack):
            row = _row(chain, link, position)
            there = old.pop((link.level, position), None)
            if there is None:
                new.append(row)
                continue
            row.pk = there.pk
            same = all(getattr(row, name) == getattr(there, name) for name in services.NAMING)
            row.site_id = there.site_id if same and row.state == "known" else None
            kept.append(row)
        gone += [link.pk for link in old.values()]
        done.append(Done(chain.pk, "changed", chain.row_version, before))
    _write(chains, kept, new, gone)
    return done


def _close(stored: Mapping[int, Chain], batch: Batch, actor: Actor, now: dt.datetime) -> list[Done]:
    done, chains = [], []
    for chain_id, seen in batch.close.items():
        chain = _fresh(stored, chain_id, seen)
        demand(permissions.can_close_chain(actor, chain))
        if batch.closed_on is None or batch.closed_on > timezone.localdate(now):
            raise ValidationError({"closed_on": _("This day is still to come.")})
        if batch.closed_on < chain.opened_on:
            raise ValidationError({"closed_on": _("A chain cannot end before it started.")})
        before = as_it_was(chain, with_links=False)
        chain.closed_on, chain.close_reason = batch.closed_on, batch.close_reason
        chain.row_version += 1
        chain.changed_by_id, chain.changed_at = actor.person_id, now
        chains.append(chain)
        done.append(Done(chain.pk, "closed", chain.row_version, before))
    _write(chains, [], [], [])
    return done


def _fresh(stored: Mapping[int, Chain], chain_id: int, seen: int) -> Chain:
    chain = stored.get(chain_id)
    if chain is None or chain.row_version != seen:
        raise StaleRow(chain)
    return chain


def _write(chains: list[Chain], kept: list[ChainLink], new: list[ChainLink], gone: list[int]) -> None:
    Chain.objects.bulk_update(chains, CHAIN_FIELDS, batch_size=50)
    for start in range(0, len(gone), BATCH):
        ChainLink.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    ChainLink.objects.bulk_update(kept, LINK_FIELDS, batch_size=50)
    ChainLink.objects.bulk_create(new, batch_size=BATCH)


# --- how it was


def as_it_was(chain: Chain, *, with_links: bool = True) -> dict[str, Any]:
    """A chain with its links as plain values, to be brought back from."""
    names = [name if name not in ("changed_by", "row_version") else "" for name in CHAIN_FIELDS]
    kept: dict[str, Any] = {name: _plain(getattr(chain, name)) for name in names if name and name != "changed_at"}
    if with_links:
        kept["links"] = [
            {
                "level": link.level,
                **{name: _plain(getattr(link, name)) for name in ("position", *services.ENTERED, "site_id")},
            }
            for link in chain.links.all()
        ]
    return kept


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def _bring_back(rows: Sequence[tuple[Chain, Mapping[str, Any]]], actor: Actor, now: dt.datetime) -> None:
    chains: list[Chain] = []
    kept: list[ChainLink] = []
    new: list[ChainLink] = []
    gone: list[Any] = []
    for chain, before in rows:
        for name in CHAIN_FIELDS:
            if name in before:
                field: Any = Chain._meta.get_field(name)
                setattr(chain, name, field.to_python(before[name]))
        chain.row_version += 1
        chain.changed_by_id, chain.changed_at = actor.person_id, now
        chains.append(chain)
        if "links" not in before:
            continue
        old = {(link.level, link.position): link for link in chain.links.all()}
        for values in before["links"]:
            there = old.pop((values["level"], values["position"]), None)
            row = there or ChainLink(chain=chain, level=values["level"])
            for name, value in values.items():
                if name != "level":
                    field_: Any = ChainLink._meta.get_field(name.removesuffix("_id"))
                    setattr(row, name, value if name.endswith("_id") else field_.to_python(value))
            (kept if there else new).append(row)
        gone += [link.pk for link in old.values()]
    _write(chains, kept, new, gone)
