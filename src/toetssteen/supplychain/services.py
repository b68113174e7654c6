"""What a company does with its chains: add, change, copy, close, reopen and confirm them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit, hooks
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.organisations.services import record_derived_situation
from toetssteen.supplychain import permissions, policies
from toetssteen.supplychain.areas import with_areas
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain, ChainLink, SupplierInquiry

# What the company itself enters in a link; a change in the first four breaks the tie to a known site.
NAMING = ("name", "address", "place", "country")
# How a letter to an importer ended.
NO_ANSWER, ANSWERED, REFUSED = "no answer yet", "answered in part", "refused"
ENTERED = (*NAMING, "state", "lat", "lon", "quarry_area_id", "asked_on", "answered_on", "note")


def add_chain(*, actor: Actor, organisation_id: int, data: ChainData, year: CovenantYear, now: dt.datetime) -> Chain:
    """Add one chain with its links."""
    return add_chains(actor=actor, organisation_id=organisation_id, chains=[data], year=year, now=now)[0]


@transaction.atomic
def add_chains(
    *, actor: Actor, organisation_id: int, chains: Sequence[ChainData], year: CovenantYear, now: dt.datetime
) -> list[Chain]:
    """Add several chains at once, all or none."""
    demand(permissions.can_add_chain(actor, organisation_id))
    pack = pack_of(year)
    made = []
    for data in chains:
        _check(data, pack, timezone.localdate(now))
        chain = Chain(organisation_id=organisation_id, confirmed_on=timezone.localdate(now) if data.checked else None)
        _fill(chain, data, actor, now)
        chain.save()
        _write_links(chain, with_areas(actor, organisation_id, data.links, now), pack)
        audit.record(actor=actor, verb="supplychain.add_chain", subject=chain, at=now, situation=chain.situation)
        made.append(chain)
    _derive_situation(actor, organisation_id, pack, since=_first_day(year, *(c.opened_on for c in made)), now=now)
    tell_links_saved(organisation_id, now)
    return made


@transaction.atomic
def edit_chain(
    *, actor: Actor, chain_id: int, row_version: int, data: ChainData, year: CovenantYear, now: dt.datetime
) -> Chain:
    """Change a chain and all its links; whoever looked at an older version first sees the newer one."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    _fresh(chain, row_version)
    pack = pack_of(year)
    _check(data, pack, timezone.localdate(now))
    before = chain.situation
    _fill(chain, data, actor, now)
    if data.checked:
        chain.confirmed_on = timezone.localdate(now)
    chain.row_version += 1
    chain.save()
    _write_links(chain, with_areas(actor, chain.organisation_id, data.links, now), pack)
    audit.record(
        actor=actor, verb="supplychain.edit_chain", subject=chain, at=now, situation=chain.situation, before=before
    )
    _derive_situation(actor, chain.organisation_id, pack, since=_first_day(year, chain.opened_on), now=now)
    tell_links_saved(chain.organisation_id, now)
    return chain


@transaction.atomic
def set_level(
    *,
    actor: Actor,
    chain_id: int,
    level: str,
    row_version: int,
    links: Sequence[LinkData],
    year: CovenantYear,
    now: dt.datetime,
) -> Chain:
    """Change what is known of one level of a chain."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_edit_chain(actor, chain))
    _fresh(chain, row_version)
    pack = pack_of(year)
    if level not in {known.id for known in pack.coverage_levels} or any(link.level != level for link in links):
        raise ValidationError(_("This level does not exist."))
    _check_links(links, pack, timezone.localdate(now))
    others = tuple(_as_data(link) for link in chain.links.all() if link.level != level)
    _write_links(chain, (*others, *with_areas(actor, chain.organisation_id, links, now)), pack)
    _touch(chain, actor, now)
    audit.record(
        actor=actor,
        verb="supplychain.set_level",
        subject=chain,
        at=now,
        level=level,
        state=policies.level_state(link.state for link in links),
    )
    tell_links_saved(chain.organisation_id, now)
    return chain


@transaction.atomic
def copy_chain(*, actor: Actor, chain_id: int, year: CovenantYear, now: dt.datetime) -> Chain:
    """Start a new chain with the same content; its share of the volume stays open, so that nothing counts twice."""
    source = _locked(actor, chain_id)
    demand(permissions.can_copy_chain(actor, source))
    pack = pack_of(year)
    chain = Chain(
        organisation_id=source.organisation_id,
        situation=source.situation,
        material=source.material,
        trade_name=source.trade_name,
        product_group=source.product_group,
        finish=source.finish,
        extraction_country=source.extraction_country,
        processing_country=source.processing_country,
        opened_on=max(source.opened_on, source.closed_on or source.opened_on),
        changed_by_id=actor.person_id,
        changed_at=now,
    )
    chain.save()
    _write_links(chain, tuple(_as_data(link, keep_id=False) for link in source.links.all()), pack)
    audit.record(actor=actor, verb="supplychain.copy_chain", subject=chain, at=now, source=source.pk)
    _derive_situation(actor, chain.organisation_id, pack, since=_first_day(year, chain.opened_on), now=now)
    tell_links_saved(chain.organisation_id, now)
    return chain


@transaction.atomic
def close_chain(
    *, actor: Actor, chain_id: int, closed_on: dt.date, reason: str, year: CovenantYear, now: dt.datetime
) -> Chain:
    """Close a chain from a day on; old reports keep it."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_close_chain(actor, chain))
    if closed_on < chain.opened_on:
        raise ValidationError({"closed_on": _("A chain cannot end before it started.")})
    if closed_on > timezone.localdate(now):
        raise ValidationError({"closed_on": _("This day is still to come.")})
    chain.closed_on, chain.close_reason = closed_on, reason
    _touch(chain, actor, now)
    audit.record(actor=actor, verb="supplychain.close_chain", subject=chain, at=now, closed_on=closed_on)
    _derive_situation(actor, chain.organisation_id, pack_of(year), since=_first_day(year, closed_on), now=now)
    return chain


@transaction.atomic
def reopen_chain(*, actor: Actor, chain_id: int, year: CovenantYear, now: dt.datetime) -> Chain:
    """Undo the closing of a chain."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_reopen_chain(actor, chain))
    was_closed_on = chain.closed_on or chain.opened_on
    chain.closed_on, chain.close_reason = None, ""
    _touch(chain, actor, now)
    audit.record(actor=actor, verb="supplychain.reopen_chain", subject=chain, at=now, was_closed_on=was_closed_on)
    _derive_situation(actor, chain.organisation_id, pack_of(year), since=_first_day(year, was_closed_on), now=now)
    return chain


@transaction.atomic
def confirm_chain(*, actor: Actor, chain_id: int, on: dt.date, now: dt.datetime) -> Chain:
    """State that a chain was checked on a day and is still right."""
    chain = _locked(actor, chain_id)
    demand(permissions.can_confirm_chain(actor, chain))
    _confirmable(on, now)
    chain.confirmed_on = on
    _touch(chain, actor, now)
    audit.record(actor=actor, verb="supplychain.confirm_chain", subject=chain, at=now, on=on)
    return chain


@transaction.atomic
def confirm_chains(
    *, actor: Actor, organisation_id: int, seen: dict[int, int], on: dt.date, now: dt.datetime
) -> list[int]:
    """State that several chains were checked on a day; `seen` names each chain with the version that was looked at.

    A chain that somebody changed in the meantime is left out; the answer says which ones were confirmed.
    """
    demand(permissions.can_add_chain(actor, organisation_id))
    _confirmable(on, now)
    rows = Chain.objects.select_for_update().filter(
        organisation_id=organisation_id, pk__in=seen, closed_on__isnull=True
    )
    confirmed = []
    for chain in rows:
        if chain.row_version != seen[chain.pk]:
            continue
        chain.confirmed_on = on
        chain.row_version += 1
        chain.changed_by_id, chain.changed_at = actor.person_id, now
        confirmed.append(chain)
    Chain.objects.bulk_update(confirmed, ["confirmed_on", "row_version", "changed_by", "changed_at"], batch_size=200)
    ids = [chain.pk for chain in confirmed]
    audit.record(
        actor=actor,
        verb="supplychain.confirm_chains",
        subject=f"organisations.Organisation:{organisation_id}",
        at=now,
        on=on,
        chains=ids,
    )
    return ids


def tell_links_saved(organisation_id: int, now: dt.datetime) -> None:
    """Let the apps above know, once per act, that links of a company were written or removed."""
    hooks.tell("chain.links_saved", organisation_id=organisation_id, now=now)


def _locked(actor: Actor, chain_id: int) -> Chain:
    """The chain, locked; for whom may not see it, it does not exist."""
    chain = permissions.visible_chains(actor).select_for_update().filter(pk=chain_id).first()
    if chain is None:
        raise Refused(no(_("This chain does not exist.")))
    return chain


def _fresh(chain: Chain, row_version: int) -> None:
    if chain.row_version != row_version:
        raise StaleRow(chain)


def _touch(chain: Chain, actor: Actor, now: dt.datetime) -> None:
    chain.row_version += 1
    chain.changed_by_id, chain.changed_at = actor.person_id, now
    chain.save()


def _confirmable(on: dt.date, now: dt.datetime) -> None:
    if on > timezone.localdate(now):
        raise ValidationError({"on": _("This day is still to come.")})


def _first_day(year: CovenantYear, *days: dt.date) -> dt.date:
    """From when a change counts for the situation: never before the year that is being reported."""
    return max(year.starts_on, min(days))


def _check(data: ChainData, pack: Pack, today: dt.date) -> None:
    """Refuse what the forms would refuse too."""
    checker(pack, today)(data)


def checker(pack: Pack, today: dt.date) -> Callable[[ChainData], None]:
    """Refuses what the forms would refuse too; made once for many chains."""
    situations = {profile.id for profile in pack.framework.profiles}
    materials = {material.id for material in pack.materials}
    products = {form.id for form in pack.product_forms}
    check_links = _link_checker(pack, today)

    def check(data: ChainData) -> None:
        if data.situation not in situations:
            raise ValidationError({"situation": _("This purchase situation does not exist.")})
        if data.material not in materials:
            raise ValidationError({"material": _("This material does not exist.")})
        if data.product_group and data.product_group not in products:
            raise ValidationError({"product_group": _("This product group does not exist.")})
        if data.share_of_volume is not None and not 0 <= data.share_of_volume <= 100:
            raise ValidationError({"share_of_volume": _("A share lies between 0 and 100.")})
        if data.opened_on > today:
            raise ValidationError({"opened_on": _("This day is still to come.")})
        check_links(data.links)

    return check


def _check_links(links: Iterable[LinkData], pack: Pack, today: dt.date) -> None:
    _link_checker(pack, today)(links)


def _link_checker(pack: Pack, today: dt.date) -> Callable[[Iterable[LinkData]], None]:
    areas = policies.area_levels(pack)
    levels, states = {level.id for level in pack.coverage_levels}, set(LinkState.values)

    def check(links: Iterable[LinkData]) -> None:
        for link in links:
            if link.level not in levels or link.state not in states:
                raise ValidationError(_("This level does not exist."))
            flaws = policies.link_flaws(link, today, is_area=link.level in areas)
            if flaws:
                raise ValidationError(list(flaws.values()))

    return check


def _fill(chain: Chain, data: ChainData, actor: Actor, now: dt.datetime) -> None:
    chain.situation = data.situation
    chain.material = data.material
    chain.trade_name = data.trade_name
    chain.product_group = data.product_group
    chain.extraction_country = data.extraction_country
    chain.processing_country = data.processing_country
    chain.share_of_volume = data.share_of_volume
    chain.opened_on = data.opened_on
    chain.changed_by_id, chain.changed_at = actor.person_id, now


def _as_data(link: ChainLink, *, keep_id: bool = True) -> LinkData:
    entered = {name: getattr(link, name) for name in ENTERED}
    return LinkData(level=link.level, id=link.pk if keep_id else None, **entered)


def _write_links(chain: Chain, links: Iterable[LinkData], pack: Pack) -> None:
    """Make the rows of a chain equal to what was entered; each level of the pack keeps at least one row."""
    old = {link.pk: link for link in chain.links.all()}
    stood_at = {pk: link.position for pk, link in old.items()}
    wanted: dict[str, list[LinkData]] = {level.id: [] for level in pack.coverage_levels}
    for data in links:
        wanted.setdefault(data.level, []).append(data)
    rows: list[ChainLink] = []
    for level, entered in wanted.items():
        for position, data in enumerate(entered or [LinkData(level=level)]):
            row = old.get(data.id) if data.id else None
            row = row if row is not None and row.level == level else ChainLink(chain=chain, level=level)
            if any(getattr(row, name) != getattr(data, name) for name in NAMING):
                row.site_id = None
            for name in ENTERED:
                setattr(row, name, getattr(data, name))
            _forget_what_is_not_known(row)
            row.position = position
            rows.append(row)
    kept = {row.pk for row in rows if row.pk}
    # First out of each other's way, then to the new places: no two links of a level stand at the same place.
    ChainLink.objects.filter(pk__in=set(old) - kept).delete()
    for row in rows:
        if row.pk and stood_at[row.pk] != row.position:
            ChainLink.objects.filter(pk=row.pk).update(position=1000 + row.position)
    for row in rows:
        row.save()
    if chain.situation not in pack.own_situations:
        _keep_letters(chain, rows, pack)


def _keep_letters(chain: Chain, rows: Sequence[ChainLink], pack: Pack) -> None:
    """Asking about stone that the company does not import itself is a letter to its importer; keep each letter once."""
    first = pack.coverage_levels[0].id if pack.coverage_levels else ""
    supplier = next((row.name for row in rows if row.level == first and row.name), "")
    for row in rows:
        if row.asked_on is None:
            continue
        answer = REFUSED if row.state == LinkState.REFUSED else ANSWERED if row.state == LinkState.KNOWN else NO_ANSWER
        letter, made = SupplierInquiry.objects.get_or_create(
            organisation_id=chain.organisation_id,
            chain=chain,
            sent_on=row.asked_on,
            defaults={"supplier_name": supplier, "answer": answer},
        )
        if not made and letter.answer == NO_ANSWER and answer != NO_ANSWER:
            letter.answer = answer
            letter.save(update_fields=["answer"])


def _forget_what_is_not_known(row: ChainLink) -> None:
    """A link that is not known has no place; one that was never asked has no dates."""
    if row.state != LinkState.KNOWN:
        row.lat = row.lon = row.quarry_area_id = row.site_id = None
        row.address = ""
    if row.state == LinkState.UNKNOWN:
        row.name = row.place = row.country = ""
        row.asked_on = row.answered_on = None
    if row.state == LinkState.ASKED:
        row.answered_on = None


def _derive_situation(actor: Actor, organisation_id: int, pack: Pack, *, since: dt.date, now: dt.datetime) -> None:
    """Record the company's purchase situation as its open chains show it; without chains it stays as it is."""
    open_ones = Chain.objects.filter(organisation_id=organisation_id, closed_on__isnull=True).order_by()
    situation = policies.heaviest_situation(pack, open_ones.values_list("situation", flat=True).distinct())
    if situation is None:
        return
    try:
        with transaction.atomic():
            record_derived_situation(
                actor=actor, organisation_id=organisation_id, situation=situation, since_on=since, now=now
            )
    except Refused:
        # A report that was handed in stands on the old situation: the new one counts from today.
        record_derived_situation(
            actor=actor, organisation_id=organisation_id, situation=situation, since_on=timezone.localdate(now), now=now
        )
