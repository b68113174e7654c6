"""Reading what a company records about complaints and remedy, and the facts that follow from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Fact, Pack, Share
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import choose_current, pack_of
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import hooks
from toetssteen.foundation.prepared import prepared
from toetssteen.inquiries.choices import InquiryState
from toetssteen.inquiries.models import Reply
from toetssteen.organisations.models import Organisation
from toetssteen.remedy import permissions, policies
from toetssteen.remedy.models import GivenRemedy, MadeKnown, MechanismCriterion, Poster, SupplierMechanism
from toetssteen.risks.models import Risk
from toetssteen.supplychain import queries as chain_queries
from toetssteen.supplychain.models import Chain

COUNT = "grievance.promotion_count"
WORKING = "grievance.suppliers_with_mechanism_share"
NEWEST = 12


@dataclass(frozen=True)
class Place:
    """A supplier, factory or quarry that a company knows in its chains, in its own words."""

    key: str
    level: str
    name: str
    place: str
    country: str


def places_from(chains: Iterable[Chain], pack: Pack, levels: Sequence[str]) -> list[Place]:
    """The places with a name that stand in own chains at these levels; the same words are the same place."""
    found: dict[str, Place] = {}
    for chain in chains:
        if chain.situation not in pack.own_situations:
            continue
        for link in chain.links.all():
            if link.level in levels and link.state in pack.known_states and link.name.strip():
                key = policies.place_key(link.level, link.name, link.place, link.country)
                found.setdefault(key, Place(key, link.level, link.name.strip(), link.place, link.country))
    return _in_order(found.values(), levels)


def _in_order(places: Iterable[Place], levels: Sequence[str]) -> list[Place]:
    order = {level: number for number, level in enumerate(levels)}
    return sorted(places, key=lambda p: (order[p.level], p.name.casefold(), p.place.casefold(), p.key))


def places_of(organisation_id: int, pack: Pack, year: CovenantYear, today: dt.date) -> list[Place]:
    """The places at which people may have something to complain about, in the chains that count in a year."""
    return places_on(organisation_id, pack, max(year.starts_on, min(today, year.ends_on)))


def places_around(organisation_id: int, pack: Pack, year: CovenantYear, today: dt.date) -> list[Place]:
    """The places of a year and, once it has ended, those of today as well: something can be recorded of both."""
    found = places_of(organisation_id, pack, year, today)
    return _joined(found, places_on(organisation_id, pack, today), pack) if year.ends_on < today else found


def places_on(organisation_id: int, pack: Pack, on: dt.date) -> list[Place]:
    """The places that stand in the chains on a day."""
    if pack.grievance is None:
        return []
    return places_from(chain_queries.chains_on(organisation_id, on), pack, pack.grievance.site_levels)


def _joined(some: Iterable[Place], others: Iterable[Place], pack: Pack) -> list[Place]:
    every = {place.key: place for place in (*some, *others)}
    return _in_order(every.values(), pack.grievance.site_levels if pack.grievance else ())


@dataclass(frozen=True)
class Running:
    """The time since the year whose report is being made: what is made known now counts for a later report."""

    starts_on: dt.date
    year: CovenantYear | None  # None as long as it was not opened


def running_since(years: Sequence[CovenantYear], year: CovenantYear, today: dt.date) -> Running | None:
    """What runs beside a year that ended and whose report is being made; None beside any other year."""
    if year.ends_on >= today or year != choose_current(years, today):
        return None
    now = year_of(years, today)
    return Running(now.starts_on if now else year.ends_on + dt.timedelta(days=1), now)


def year_of(years: Sequence[CovenantYear], day: dt.date) -> CovenantYear | None:
    """The year for whose report a day counts."""
    return next((year for year in years if year.starts_on <= day <= year.ends_on), None)


@dataclass(frozen=True)
class Judged:
    """What is known of the mechanism of one place."""

    row: SupplierMechanism
    works: bool
    stale: bool
    fits: dict[str, str]

    @property
    def met(self) -> int:
        """How many criteria are met or partly met."""
        return sum(fit in ("met", "partly") for fit in self.fits.values())


@dataclass(frozen=True)
class PlaceRow:
    """One place with what was made known there in the year and since, its mechanism and its posters."""

    place: Place
    made: MadeKnown | None
    since: MadeKnown | None
    has_left: bool  # it stood in the chain in the year, and does not any more
    judged: Judged | None
    posters: Sequence[Poster]


@dataclass(frozen=True)
class Overview:
    """Everything that a company recorded, beside the places that it knows."""

    year: CovenantYear
    rows: Sequence[PlaceRow]
    records: Sequence[MadeKnown]
    posters: Sequence[Poster]
    remedies: Sequence[GivenRemedy]
    promotion_count: int
    working: Share
    complaints: int | None = None  # None where no complaints desk answers
    running: Running | None = None
    since_count: int = 0
    elsewhere: Sequence[Judged] = field(default_factory=tuple)

    @cached_property
    def open_places(self) -> list[PlaceRow]:
        """Places at which nothing was made known yet: in the time that runs, since no other can be used any more."""
        if self.running is None:
            return [row for row in self.rows if row.made is None]
        return [row for row in self.rows if row.since is None and not row.has_left]

    @cached_property
    def unasked(self) -> list[PlaceRow]:
        """Places of which nobody knows whether they have a mechanism."""
        return [row for row in self.rows if row.judged is None or row.judged.row.has_one == "unknown"]

    @cached_property
    def is_untouched(self) -> bool:
        """Nothing was made known in the year or since."""
        return all(r.made_on < self.year.starts_on for r in self.records)


def overview(
    actor: Actor, organisation_id: int, year: CovenantYear, today: dt.date, running: Running | None = None
) -> Overview:
    """One company's records beside its places; the same number of queries, however many there are."""
    pack = pack_of(year)
    records = list(_with_places(permissions.visible_made_known(actor).filter(organisation_id=organisation_id), actor))
    known = list(_judged(permissions.visible_mechanisms(actor).filter(organisation_id=organisation_id), actor))
    posters = list(permissions.visible_posters(actor).filter(organisation_id=organisation_id, withdrawn_at=None))
    places = places_of(organisation_id, pack, year, today)
    now = places_on(organisation_id, pack, today) if running else places
    every, still = _joined(places, now, pack), {place.key for place in now}
    judged = {row.key: judge(row, pack, today) for row in known}
    mine = [record for record in records if year.starts_on <= record.made_on <= year.ends_on]
    later = [record for record in records if running and record.made_on >= running.starts_on]
    made, since = _newest_at(mine), _newest_at(later)
    keys = {place.key for place in every}
    about = {"organisation_id": organisation_id, "starts_on": year.starts_on, "ends_on": year.ends_on}
    said = hooks.said("complaints_of_year", **about)
    return Overview(
        year=year,
        rows=[
            PlaceRow(
                p, made.get(p.key), since.get(p.key), p.key not in still, judged.get(p.key),
                [q for q in posters if q.key == p.key],
            )
            for p in every
        ],
        records=records,
        posters=posters,
        remedies=remedies(actor, organisation_id),
        promotion_count=count_of(mine, pack),
        working=share_of(places, {key: j.works for key, j in judged.items()}, pack),
        complaints=sum(said) if said else None,
        running=running,
        since_count=count_of(later, pack),
        elsewhere=[judged[row.key] for row in known if row.key not in keys],
    )  # fmt: skip


def _newest_at(records: Iterable[MadeKnown]) -> dict[str, MadeKnown]:
    """Per place the newest of these records, which come newest first."""
    found: dict[str, MadeKnown] = {}
    for record in records:
        for at in record.places.all():
            found.setdefault(at.key, record)
    return found


def _seen(actor: Actor) -> QuerySet[Evidence]:
    return visible_evidence(actor).order_by("pk")


def _with_places(rows: QuerySet[MadeKnown], actor: Actor) -> QuerySet[MadeKnown]:
    return rows.prefetch_related("places", Prefetch("evidence", _seen(actor))).order_by("-made_on", "-pk")


def _judged(rows: QuerySet[SupplierMechanism], actor: Actor) -> QuerySet[SupplierMechanism]:
    return rows.prefetch_related("judged", Prefetch("evidence", _seen(actor))).order_by("name", "pk")


def judge(row: SupplierMechanism, pack: Pack, today: dt.date) -> Judged:
    """Whether a mechanism works by the rule of the pack, and whether what is known is old."""
    fits = {one.criterion: one.fit for one in row.judged.all()}
    rule = pack.grievance.works.value if pack.grievance and pack.grievance.works else None
    if rule is None:
        return Judged(row, works=False, stale=False, fits=fits)
    stale = row.has_one != "unknown" and policies.is_stale(row.said_on, rule, today)
    return Judged(row, policies.works(row.has_one, fits, rule), stale, fits)


def made_known(organisation_id: int, year: CovenantYear) -> list[MadeKnown]:
    """What one company made known within a year, with the places, newest first."""
    rows = MadeKnown.objects.filter(organisation_id=organisation_id, made_on__range=(year.starts_on, year.ends_on))
    return list(rows.prefetch_related("places").order_by("-made_on", "-pk"))


def mechanisms(organisation_id: int) -> list[SupplierMechanism]:
    """The mechanisms of suppliers and sites that one company knows of, with how far each meets the criteria."""
    rows = SupplierMechanism.objects.filter(organisation_id=organisation_id)
    return list(rows.prefetch_related("judged").order_by("name", "pk"))


def remedies(actor: Actor, organisation_id: int) -> list[GivenRemedy]:
    """The remedy that one company took part in, newest first."""
    rows = permissions.visible_remedies(actor).filter(organisation_id=organisation_id).select_related("risk")
    return list(rows.prefetch_related(Prefetch("evidence", _seen(actor))).order_by("-known_on", "-pk"))


def record(actor: Actor, pk: int) -> MadeKnown | None:
    """One time that the own company made a mechanism known."""
    rows = permissions.visible_made_known(actor).filter(organisation_id=actor.company_id or 0, pk=pk)
    return _with_places(rows, actor).first()


def poster(actor: Actor, pk: int) -> Poster | None:
    """One poster of the own company."""
    return permissions.visible_posters(actor).select_related("organisation").filter(pk=pk).first()


def mechanism_at(actor: Actor, key: str) -> SupplierMechanism | None:
    """What the own company knows of the mechanism of one place."""
    rows = permissions.visible_mechanisms(actor).filter(organisation_id=actor.company_id or 0, key=key)
    return _judged(rows, actor).first()


def remedy(actor: Actor, pk: int) -> GivenRemedy | None:
    """One case of remedy of the own company."""
    rows = permissions.visible_remedies(actor).filter(organisation_id=actor.company_id or 0, pk=pk)
    return rows.prefetch_related(Prefetch("evidence", _seen(actor))).first()


def company(actor: Actor, organisation_id: int) -> Organisation | None:
    """The company whose records the secretariat reads."""
    if not actor.is_secretariat:
        return None
    return Organisation.objects.filter(pk=organisation_id, kind="company").first()


def own_evidence(actor: Actor, chosen: Collection[int] = ()) -> list[tuple[int, str]]:
    """The company's own evidence to choose from: the newest files, and those that were chosen before."""
    rows = visible_evidence(actor).filter(organisation_id=actor.company_id or 0).order_by("-uploaded_at", "-pk")
    every = list(rows.values_list("pk", "title"))
    return every[:NEWEST] + [row for row in every[NEWEST:] if row[0] in chosen]


def own_harm(organisation_id: int) -> list[Risk]:
    """The actual harm that a company noted, to which remedy can belong."""
    return list(Risk.objects.filter(organisation_id=organisation_id, is_actual=True).order_by("-year_number", "pk"))


@dataclass(frozen=True)
class SupplierSaid:
    """What a supplier answered about complaints in the questionnaire."""

    inquiry_id: int
    said_on: dt.date | None
    text: str


def said_by(actor: Actor, name: str, pack: Pack) -> list[SupplierSaid]:
    """What somebody of this name answered to the question about complaints; only the company that asked sees it."""
    questions = [q["id"] for q in _questions(pack) if q.get("feeds") == WORKING]
    if not questions or actor.company_id is None or not name.strip():
        return []
    rows = Reply.objects.filter(
        inquiry__organisation_id=actor.company_id,
        inquiry__state=InquiryState.ANSWERED,
        inquiry__supplier_name__iexact=name.strip(),
        question__in=questions,
    ).select_related("inquiry")
    return [
        SupplierSaid(row.inquiry_id, row.inquiry.ended_on, str(row.value))
        for row in rows.order_by("-inquiry__ended_on", "-pk")
        if isinstance(row.value, str) and row.value.strip()
    ]


def _questions(pack: Pack) -> list[dict[str, object]]:
    content = pack.raw.get("supplier_questionnaire") or {}
    return [q for q in content.get("questions", ()) if isinstance(q, dict)]


def count_of(records: Iterable[MadeKnown], pack: Pack) -> int:
    """How often the covenant's mechanism was made known to suppliers or workers: each day and way counts once."""
    known = pack.grievance
    if known is None:
        return 0
    counting = {m.id for m in known.mechanisms if m.counts}
    heard = {a.id for a in known.audiences if a.counts}
    return len({(r.made_on, r.way) for r in records if r.mechanism in counting and heard & set(r.audiences)})


def share_of(places: Iterable[Place], working: dict[str, bool], pack: Pack) -> Share:
    """Of the known places at the levels that the pack names, how many have a mechanism that works."""
    if pack.grievance is None or pack.grievance.works is None:
        return Share(0, 0)
    levels = pack.grievance.works.value.levels
    keys = {place.key for place in places if place.level in levels}
    return Share(sum(working.get(key, False) for key in keys), len(keys))


def remedy_facts(
    organisation_id: int, year: CovenantYear, *, pack: Pack | None = None, chains: Sequence[Chain] | None = None
) -> dict[str, Fact]:
    """How often the mechanism was made known in the year, and at how many known sites one works as far as is known.

    The chains of the year may be given, where they are read already. A pack that says nothing of it gives no facts.
    """
    pack = pack or pack_of(year)
    rule = pack.grievance.works.value if pack.grievance and pack.grievance.works else None
    if rule is None:
        return {}
    rows = chain_queries.chains_on(organisation_id, year.ends_on) if chains is None else chains
    fits: dict[int, dict[str, str]] = {}
    for one in _fits_of(organisation_id):
        fits.setdefault(one.mechanism_id, {})[one.criterion] = one.fit
    working = {
        row.key: policies.works(row.has_one, fits.get(row.pk, {}), rule) for row in _mechanisms_of(organisation_id)
    }
    return {
        COUNT: count_of(_made_known_in(organisation_id, year.starts_on, year.ends_on), pack),
        WORKING: share_of(places_from(rows, pack, rule.levels), working, pack),
    }


@prepared
def _made_known_in(organisation_id: int, first: dt.date, last: dt.date) -> QuerySet[MadeKnown]:
    return MadeKnown.objects.filter(organisation_id=organisation_id, made_on__range=(first, last))


@prepared
def _mechanisms_of(organisation_id: int) -> QuerySet[SupplierMechanism]:
    return SupplierMechanism.objects.filter(organisation_id=organisation_id)


@prepared
def _fits_of(organisation_id: int) -> QuerySet[MechanismCriterion]:
    return MechanismCriterion.objects.filter(mechanism__organisation_id=organisation_id).order_by("pk")
