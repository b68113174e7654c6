"""Everything the secretariat knows of one site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from toetssteen.accounts.models import Person
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.models import AuditEvent
from toetssteen.sites.choices import QuestionState, Scheme
from toetssteen.sites.models import Closing, Mention, MentionLink, Question, SiteChange, SiteIdentifier, SiteName
from toetssteen.sites.permissions import visible_mentions
from toetssteen.sites.queries.registry import site_or_none, state_of
from toetssteen.supplychain.models import Site, SiteEvent

MOST_EVENTS = 60


@dataclass(frozen=True)
class MentionRow:
    """What one company wrote, and the chains in which it stands."""

    mention: Mention
    chains: tuple[tuple[int, str, str], ...]  # chain, its title, the level

    @property
    def how(self) -> Any:
        return self.mention.get_how_display()


@dataclass(frozen=True)
class CompanyRows:
    """One company with its mentions of the site."""

    id: int
    name: str
    rows: tuple[MentionRow, ...]


@dataclass(frozen=True)
class ChangeRow:
    """A merge, split or answer that touched the site, and whether it can be undone."""

    change: SiteChange
    by: str
    last: bool


@dataclass(frozen=True)
class SitePage:
    """One site with its names, numbers, dates, mentions, questions and history."""

    site: Site
    state: str
    names: tuple[SiteName, ...]
    numbers: tuple[tuple[Any, str], ...]
    raw_numbers: tuple[tuple[str, str], ...]
    events: tuple[SiteEvent, ...]
    companies: tuple[CompanyRows, ...]
    merged: tuple[Site, ...]
    questions: tuple[Question, ...]
    changes: tuple[ChangeRow, ...]
    closing: Closing | None
    told: tuple[str, ...]
    history: tuple[tuple[AuditEvent, str], ...]

    @property
    def mention_count(self) -> int:
        return sum(len(company.rows) for company in self.companies)

    @property
    def chain_count(self) -> int:
        return len({chain for company in self.companies for row in company.rows for chain, *_ in row.chains})


def site_page(actor: Actor, pk: int, pack: Pack) -> SitePage | None:
    """One site, with the same number of queries however much there is."""
    site = site_or_none(actor, pk)
    if site is None:
        return None
    labels = {str(value): label for value, label in Scheme.choices}
    numbers = tuple(SiteIdentifier.objects.filter(site=site).values_list("scheme", "value"))
    closing = Closing.objects.filter(site=site, undone_at__isnull=True).order_by("-pk").first()
    told = (
        tuple(dict.fromkeys(closing.notices.order_by("pk").values_list("mention__organisation__name", flat=True)))
        if closing
        else ()
    )
    return SitePage(
        site=site,
        state=state_of(site),
        names=tuple(SiteName.objects.filter(site=site)),
        numbers=tuple((labels.get(scheme, scheme), value) for scheme, value in numbers),
        raw_numbers=numbers,
        events=tuple(SiteEvent.objects.filter(site=site).order_by("event_on", "pk")),
        companies=_companies(actor, site, pack),
        merged=tuple(Site.objects.filter(merged_into=site)),
        questions=tuple(
            Question.objects.filter(site=site, state__in=[QuestionState.OPEN, QuestionState.WAITING])
            .select_related("mention__organisation")
            .order_by("pk")
        ),
        changes=_changes(site),
        closing=closing,
        told=told,
        history=_history(site),
    )


def _companies(actor: Actor, site: Site, pack: Pack) -> tuple[CompanyRows, ...]:
    labels = {level.id: in_language(level.text) for level in pack.coverage_levels}
    mentions = (
        visible_mentions(actor).filter(site=site).select_related("organisation").order_by("organisation__name", "pk")
    )
    rows = list(mentions)
    chains: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    places = MentionLink.objects.filter(mention__in=[m.pk for m in rows]).select_related("link__chain")
    for place in places.order_by("link__chain_id", "link_id"):
        link = place.link
        chains[place.mention_id].append((link.chain_id, str(link.chain), labels.get(link.level, link.level)))
    grouped: dict[int, list[MentionRow]] = defaultdict(list)
    names = {}
    for mention in rows:
        names[mention.organisation_id] = mention.organisation.name
        grouped[mention.organisation_id].append(MentionRow(mention, tuple(chains[mention.pk])))
    return tuple(CompanyRows(pk, names[pk], tuple(found)) for pk, found in grouped.items())


def _changes(site: Site) -> tuple[ChangeRow, ...]:
    """The acts that touched the site and still stand, the newest first; only the newest can be undone here."""
    rows = SiteChange.objects.select_related("made_by", "kept", "gone", "question__mention").filter(
        undone_at__isnull=True
    )
    own = rows.filter(kept=site) | rows.filter(gone=site)
    found = list(own.order_by("-pk")[:MOST_EVENTS])
    return tuple(ChangeRow(row, row.made_by.name if row.made_by else "", n == 0) for n, row in enumerate(found))


def _history(site: Site) -> tuple[tuple[AuditEvent, str], ...]:
    events = list(AuditEvent.objects.filter(subject=f"supplychain.Site:{site.pk}").order_by("-number")[:MOST_EVENTS])
    people = dict(Person.objects.filter(pk__in={e.person_id for e in events if e.person_id}).values_list("pk", "name"))
    return tuple((event, people.get(event.person_id or 0, "")) for event in events)
