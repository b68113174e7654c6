"""Reading the register: the newest publication, and nothing but publications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery

from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.pages import demand
from toetssteen.organisations.choices import OrganisationKind
from toetssteen.plans.models import Plan, PlanVisibility
from toetssteen.register import content, permissions
from toetssteen.register.models import Publication, RegisterEntry
from toetssteen.register.services import digest_of

# Part of what a page of the register depends on: plans that were taken off or put back.
NEWEST_CHANGE = Subquery(PlanVisibility.objects.order_by("-pk").values("pk")[:1])
SORTS = {
    "name": ("name", "pk"),
    "-name": ("-name", "pk"),
    "joined": ("joined_on", "name"),
    "-joined": ("-joined_on", "name"),
}


def newest_publication() -> Publication | None:
    """The publication that the public sees now."""
    found = Publication.objects.select_related("year").defer("areas").annotate(shown_since=NEWEST_CHANGE)
    return found.order_by("-number").first()


def publication_of_year(number: int) -> Publication | None:
    """The last publication that was made about a covenant year."""
    found = Publication.objects.select_related("year").defer("areas").filter(year__number=number)
    return found.order_by("-number").first()


def published_years() -> list[CovenantYear]:
    """The covenant years about which something was published, newest first."""
    return list(CovenantYear.objects.filter(pk__in=Publication.objects.values("year")).order_by("-number"))


def taken_off(publication: Publication) -> frozenset[tuple[str, int]]:
    """The plans, as participant and year, that their companies took off the public pages since a publication."""
    rows = PlanVisibility.objects.filter(at__gte=publication.made_at).order_by("pk")
    newest = {
        (reference, number): is_shown
        for reference, number, is_shown in rows.values_list(
            "plan__organisation__reference", "plan__year__number", "is_shown"
        )
    }
    return frozenset(plan for plan, is_shown in newest.items() if not is_shown)


def as_shown(publication: Publication | None, rows: Iterable[RegisterEntry]) -> list[RegisterEntry]:
    """Participants as everybody reads them: without the plans that were taken off since; one query."""
    off = taken_off(publication) if publication is not None else frozenset()
    shown = list(rows)
    for row in shown:
        row.plans = [plan for plan in row.plans if (row.reference, plan["covenant_year"]) not in off]
    return shown


def _in_newest(plan_id: int) -> tuple[dict[str, Any] | None, bool]:
    """What the newest publication says of a plan, and whether it was taken off since."""
    plan = Plan.objects.select_related("organisation", "year").get(pk=plan_id)
    publication, reference = newest_publication(), plan.organisation.reference
    if publication is None:
        return None, False
    shown = RegisterEntry.objects.filter(publication=publication, reference=reference)
    for plans in shown.values_list("plans", flat=True):
        for row in plans:
            if row["covenant_year"] == plan.year.number:
                return row["content"], (reference, plan.year.number) in taken_off(publication)
    return None, False


def plan_as_published(plan_id: int) -> dict[str, Any] | None:
    """What the public reads of a plan; None where it reads nothing."""
    content, is_off = _in_newest(plan_id)
    return None if is_off else content


def plan_is_published(plan_id: int, version: dict[str, Any] | None = None) -> bool:
    """True if the public can read a plan of this company and year, or exactly this version of it."""
    content = plan_as_published(plan_id)
    return content is not None and version in (None, content)


def plan_is_off(plan_id: int) -> bool:
    """True if the company took off what the newest publication holds of a plan."""
    return _in_newest(plan_id)[1]


def publications(actor: Actor) -> QuerySet[Publication]:
    """All publications, newest first, for the secretariat."""
    demand(permissions.can_preview(actor))
    return Publication.objects.select_related("year", "made_by").defer("areas")


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for."""

    q: str = ""
    country: str = ""
    colour: str = ""
    situation: str = ""
    members: str = "current"  # current, former, all
    sort: str = "name"


def entries(publication: Publication | None, kind: str = OrganisationKind.COMPANY) -> QuerySet[RegisterEntry]:
    """The participants of one kind in a publication."""
    if publication is None:
        return RegisterEntry.objects.none()
    return RegisterEntry.objects.filter(publication=publication, kind=kind)


def company_list(publication: Publication | None, filters: Filters) -> QuerySet[RegisterEntry]:
    """The companies that fit the filters, in the order asked for."""
    rows = entries(publication)
    if filters.q:
        rows = rows.filter(search__contains=content.search_key(filters.q.strip()))
    if filters.country:
        rows = rows.filter(country=filters.country)
    if filters.colour:
        rows = rows.filter(latest_colour=filters.colour)
    if filters.situation:
        rows = rows.filter(situation=filters.situation)
    if filters.members == "current":
        rows = rows.filter(is_current=True)
    elif filters.members == "former":
        rows = rows.filter(is_current=False)
    return rows.order_by(*SORTS.get(filters.sort, SORTS["name"]))


def entry(publication: Publication | None, reference: str) -> RegisterEntry | None:
    """One participant of a publication by its own number."""
    if publication is None:
        return None
    rows = RegisterEntry.objects.filter(publication=publication, reference=reference)
    return next(iter(as_shown(publication, rows[:1])), None)


def areas(publication: Publication | None) -> list[dict[str, Any]]:
    """The published quarry areas: country, province, district, and whether many companies share it."""
    if publication is None:
        return []
    return list(Publication.objects.values_list("areas", flat=True).get(pk=publication.pk))


@dataclass(frozen=True)
class Change:
    """What a publication would change for one participant."""

    kind: str  # new, changed, gone
    name: str
    before: dict[str, Any] | None
    after: content.EntryDraft | None


@dataclass(frozen=True)
class Preview:
    """Exactly what would become public, and what that changes."""

    year: CovenantYear
    draft: content.Draft
    digest: str
    changes: list[Change]
    new_areas: list[str]
    gone_areas: list[str]


COMPARED = ("name", "situation", "is_current", "results", "plans", "memberships")


def preview(actor: Actor, year: CovenantYear, on: dt.date) -> Preview:
    """What publishing this year on this day would make public, beside what is public now."""
    demand(permissions.can_preview(actor))
    draft = content.build(year, on)
    last = newest_publication()
    old = {e.reference: e for e in RegisterEntry.objects.filter(publication=last)} if last else {}
    changes = []
    for new in draft.entries:
        before = old.pop(new.reference, None)
        if before is None:
            changes.append(Change("new", new.name, None, new))
        elif any(getattr(before, name) != getattr(new, name) for name in COMPARED):
            changes.append(Change("changed", new.name, {n: getattr(before, n) for n in COMPARED}, new))
    changes += [Change("gone", e.name, {n: getattr(e, n) for n in COMPARED}, None) for e in old.values()]
    was = {_area_name(a) for a in areas(last)}
    will = {_area_name(a) for a in draft.areas}
    return Preview(
        year=year,
        draft=draft,
        digest=digest_of(draft),
        changes=changes,
        new_areas=sorted(will - was),
        gone_areas=sorted(was - will),
    )


def _area_name(area: dict[str, Any]) -> str:
    mark = " *" if area["shared"] else ""
    return f"{area['country']}, {area['province']}, {area['district']}{mark}"
