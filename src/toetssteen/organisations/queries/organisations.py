"""Reading organisations for the list and the page of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, Verdict
from toetssteen.organisations import permissions, policies
from toetssteen.organisations.choices import OrganisationKind, SituationOrigin, SizeClass
from toetssteen.organisations.models import Membership, Organisation, SituationPeriod, Suspension
from toetssteen.organisations.queries.people import InvitationRow, PersonRow, appointments, invitations
from toetssteen.organisations.queries.years import situations_on

PER_PAGE = 25
SORTS = {"name": ("name", "pk"), "kind": ("kind", "name", "pk"), "joined": ("joined_on", "name", "pk")}
STATES: dict[str, Any] = {
    "member": _("Takes part"),
    "suspended": _("Suspended"),
    "ended": _("No longer takes part"),
    "none": _("Never took part"),
}


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that the actor may see."""
    return permissions.visible_organisations(actor)


@dataclass(frozen=True)
class OrganisationRow:
    """One line of the list; the purchase situation only for who may see it."""

    pk: int
    name: str
    reference: str
    kind: str
    country: str
    joined_on: dt.date | None
    ended_on: dt.date | None
    state: str
    situation: str | None

    @property
    def state_label(self) -> Any:
        return STATES[self.state]


def _with_membership(rows: QuerySet[Organisation], today: dt.date) -> QuerySet[Any]:
    last = Membership.objects.filter(organisation=OuterRef("pk")).order_by("-joined_on")
    running = Membership.objects.filter(organisation=OuterRef("pk"), joined_on__lte=today).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    )
    suspended = Suspension.objects.filter(membership__organisation=OuterRef("pk"), from_on__lte=today).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=today)
    )
    return rows.annotate(
        joined_on=Subquery(last.values("joined_on")[:1]),
        ended_on=Subquery(last.values("ended_on")[:1]),
        runs=Exists(running),
        is_suspended=Exists(suspended),
    )


def _state(row: Any) -> str:
    if row.runs:
        return "suspended" if row.is_suspended else "member"
    return "ended" if row.joined_on else "none"


_STATE_FILTERS = {
    "member": Q(runs=True, is_suspended=False),
    "suspended": Q(runs=True, is_suspended=True),
    "ended": Q(runs=False, joined_on__isnull=False),
    "none": Q(joined_on__isnull=True),
}


def organisation_page(
    actor: Actor, *, today: dt.date, search: str = "", kind: str = "", state: str = "", sort: str = "", page: Any = 1
) -> Page[Any]:
    """One page of the list of organisations: searched, filtered and sorted, in a handful of queries."""
    rows = _with_membership(permissions.visible_organisations(actor), today)
    if search.strip():
        rows = rows.filter(Q(name__icontains=search.strip()) | Q(reference__iexact=search.strip()))
    if kind in OrganisationKind.values:
        rows = rows.filter(kind=kind)
    if state in _STATE_FILTERS:
        rows = rows.filter(_STATE_FILTERS[state])
    column, backwards = sort.removeprefix("-"), sort.startswith("-")
    fields = SORTS.get(column, SORTS["name"])
    first = F(fields[0])
    ordered = rows.order_by(first.desc(nulls_last=True) if backwards else first.asc(nulls_last=True), *fields[1:])
    found = Paginator(ordered, PER_PAGE).get_page(page)
    shown = list(found.object_list)
    situations = situations_on(today, [o.pk for o in shown]) if actor.is_secretariat else {}
    found.object_list = [
        OrganisationRow(
            pk=o.pk, name=o.name, reference=o.reference, kind=o.get_kind_display(), country=o.country,
            joined_on=o.joined_on, ended_on=o.ended_on, state=_state(o),
            situation=situations.get(o.pk, "") if actor.is_secretariat else None,
        )
        for o in shown
    ]  # fmt: skip
    return found


@dataclass(frozen=True)
class Event:
    """One dated moment in the history of an organisation."""

    on: dt.date
    sentence: Any
    note: str = ""


@dataclass(frozen=True)
class SituationLine:
    """One period of a purchase situation with where it comes from."""

    situation: str
    since_on: dt.date
    until_on: dt.date | None
    origin: str
    origin_label: str
    reason: str
    decided_by: str
    holds: bool


@dataclass(frozen=True)
class OrganisationDetail:
    """Everything on the page of one organisation that the actor may see."""

    organisation: Organisation
    state: str
    membership: Membership | None
    events: tuple[Event, ...]
    situation: str
    derived: str
    override: SituationLine | None
    situations: tuple[SituationLine, ...] | None
    people: tuple[PersonRow, ...]
    invitations: tuple[InvitationRow, ...]
    can_edit: Verdict
    can_change_membership: Verdict
    can_override: Verdict
    can_invite: Verdict

    @property
    def state_label(self) -> Any:
        return STATES[self.state]

    @property
    def size(self) -> Any:
        return dict(SizeClass.choices).get(self.organisation.size_class, self.organisation.size_class)


def organisation_detail(
    actor: Actor, organisation: Organisation, now: dt.datetime, today: dt.date
) -> OrganisationDetail:
    """The page of one organisation that the actor already proved to see."""
    memberships = list(
        permissions.visible_memberships(actor)
        .filter(organisation=organisation)
        .select_related("merged_into")
        .order_by("joined_on")
    )
    suspensions = list(permissions.visible_suspensions(actor).filter(membership__organisation=organisation))
    received = list(Membership.objects.filter(merged_into=organisation).select_related("organisation"))
    running = next((m for m in memberships if m.ended_on is None or m.ended_on > today), None)
    suspended = any(s.from_on <= today and (s.until_on is None or s.until_on > today) for s in suspensions)
    state = "suspended" if running and suspended else "member" if running else "ended" if memberships else "none"
    rows: list[SituationPeriod] = []
    shows_situations = bool(actor.is_secretariat or actor.organisation_id == organisation.pk)
    if shows_situations:
        rows = list(
            permissions.visible_situations(actor).filter(organisation=organisation).select_related("decided_by")
        )
    lines = _situation_lines(rows, today)
    return OrganisationDetail(
        organisation=organisation,
        state=state,
        membership=running,
        events=_events(memberships, suspensions, received),
        situation=policies.situation_at(rows, today),
        derived=policies.situation_at([r for r in rows if r.origin != SituationOrigin.OVERRIDE], today),
        override=next((line for line in lines if line.holds and line.origin == SituationOrigin.OVERRIDE), None),
        situations=tuple(lines) if shows_situations and organisation.kind == OrganisationKind.COMPANY else None,
        people=appointments(actor, organisation),
        invitations=invitations(actor, organisation, now),
        can_edit=permissions.can_edit_organisation(actor, organisation),
        can_change_membership=permissions.can_change_membership(actor, organisation),
        can_override=permissions.can_override_situation(actor, organisation),
        can_invite=permissions.can_invite(actor, organisation),
    )


def _situation_lines(rows: list[SituationPeriod], today: dt.date) -> list[SituationLine]:
    """Newest first; of each kind the one that holds today is marked."""
    begun = [r for r in rows if r.since_on <= today and (r.until_on is None or r.until_on > today)]
    holding: set[int] = set()
    for overrides in (True, False):
        kind = [r for r in begun if (r.origin == SituationOrigin.OVERRIDE) is overrides]
        if kind:
            holding.add(max(kind, key=lambda r: (r.since_on, r.pk)).pk)
    return [
        SituationLine(
            situation=r.situation, since_on=r.since_on, until_on=r.until_on, origin=r.origin,
            origin_label=r.get_origin_display(), reason=r.reason,
            decided_by=r.decided_by.name if r.decided_by else "", holds=r.pk in holding,
        )
        for r in sorted(rows, key=lambda r: (r.since_on, r.pk), reverse=True)
    ]  # fmt: skip


def _events(
    memberships: list[Membership], suspensions: list[Suspension], received: list[Membership]
) -> tuple[Event, ...]:
    events: list[Event] = []
    for m in memberships:
        events.append(Event(m.joined_on, _("Joined"), m.recruited_via))
        if m.ended_on and m.merged_into:
            sentence = _("Merged into %(name)s") % {"name": m.merged_into.name}
            events.append(Event(m.ended_on, sentence, m.end_note))
        elif m.ended_on:
            events.append(Event(m.ended_on, m.get_end_reason_display(), m.end_note))
    for s in suspensions:
        events.append(Event(s.from_on, _("Suspended"), s.reason))
        if s.until_on:
            events.append(Event(s.until_on, _("Suspension ended")))
    for m in received:
        if m.ended_on:
            events.append(
                Event(m.ended_on, _("%(name)s merged into this organisation") % {"name": m.organisation.name})
            )
    return tuple(sorted(events, key=lambda e: e.on))


def merge_candidates(actor: Actor, organisation: Organisation) -> list[tuple[int, str]]:
    """Organisations of the same kind that take part and could receive this one."""
    found = (
        permissions.visible_organisations(actor)
        .filter(kind=organisation.kind, memberships__ended_on__isnull=True, memberships__isnull=False)
        .exclude(pk=organisation.pk)
        .distinct()
        .order_by("name")
    )
    return [(o.pk, o.name) for o in found]
