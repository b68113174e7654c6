"""Reading drafts and published versions, and how a company stands with its public report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from toetssteen.communication import policies
from toetssteen.communication.choices import FileState
from toetssteen.communication.models import Edition, EditionFile, ReportDraft
from toetssteen.communication.permissions import visible_editions, visible_report_drafts
from toetssteen.communication.sections import LANGUAGES
from toetssteen.core.access import NO_ONE, YES, Actor, Verdict
from toetssteen.core.calendar import PublicationCheck, check_of, months_first
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.addresses import reverse
from toetssteen.organisations.models import Organisation
from toetssteen.organisations.queries import History, histories, history_of, members_on
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.models import PublicReport


def drafts(actor: Actor) -> QuerySet[ReportDraft]:
    """The drafts that the actor may see."""
    return visible_report_drafts(actor).select_related("year", "organisation")


def draft_of(actor: Actor, year_number: int) -> ReportDraft | None:
    """The own draft of a year."""
    return drafts(actor).filter(organisation_id=actor.company_id or 0, year__number=year_number).first()


def _editions(actor: Actor) -> QuerySet[Edition]:
    rows = visible_editions(actor).select_related("year", "organisation", "withdrawal", "pdf")
    return rows.order_by("-year__number", "-number", "language")


def own_editions(actor: Actor) -> list[Edition]:
    """Everything that the own company ever published, newest first."""
    return list(_editions(actor).filter(organisation_id=actor.company_id or 0).defer("content"))


def editions_of(reference: str, year_number: int | None = None) -> list[Edition]:
    """All versions of a company's report, of one year or of all, newest first, as any visitor may know them."""
    rows = _editions(NO_ONE).filter(organisation__reference=reference).defer("content")
    if year_number is not None:
        rows = rows.filter(year__number=year_number)
    return list(rows)


def edition(reference: str, year_number: int, language: str, number: int) -> Edition | None:
    """One version in one language, withdrawn or not."""
    about = {"organisation__reference": reference, "year__number": year_number, "language": language, "number": number}
    return _editions(NO_ONE).filter(**about).first()


def edition_by_id(pk: int) -> Edition | None:
    """One version for the task that makes its file."""
    return _editions(NO_ONE).filter(pk=pk).first()


def is_withdrawn(row: Edition) -> bool:
    """The company took this version back."""
    return hasattr(row, "withdrawal")


def current_of(rows: Iterable[Edition], language: str) -> Edition | None:
    """The newest version that stands, in this language or else in another one."""
    standing = [row for row in rows if not is_withdrawn(row)]
    newest = max((row.number for row in standing), default=None)
    here = [row for row in standing if row.number == newest]
    return next((row for row in here if row.language == language), here[0] if here else None)


def address_of(reference: str, year_number: int) -> str:
    """The permanent address of a company's report of a year."""
    return settings.SITE_URL.rstrip("/") + reverse("company_report", args=[reference, year_number])


def lines_without_version(organisation: Organisation, year_number: int) -> list[PublicReport]:
    """What the company's list of public communication says of its report here, where no version stands behind it.

    Publishing writes one line per version, with the day and the languages of that version.
    """
    page = reverse("company_report", args=[organisation.reference, year_number])
    standing = [row for row in editions_of(organisation.reference, year_number) if not is_withdrawn(row)]
    versions = Counter(
        (version["first"].published_on, languages_of(row.language for row in version["languages"]))
        for version in by_version(standing)
    )
    left = []
    for line in PublicReport.objects.filter(organisation=organisation, address__endswith=page).order_by("pk"):
        version = (line.published_on, line.language)
        if versions[version]:
            versions[version] -= 1
        else:
            left.append(line)
    return left


def languages_of(languages: Iterable[str]) -> str:
    """The languages of a version as its line on the list of public communication holds them."""
    return ";".join(sorted(languages, key=LANGUAGES.index))


def line_may_go(line: PublicReport) -> Verdict:
    """A line of a version that everybody can read stays on the list of public communication."""
    organisation = line.organisation
    versions = [row for row in editions_of(organisation.reference) if not is_withdrawn(row)]
    for number in {row.year.number for row in versions}:
        if line.address.endswith(reverse("company_report", args=[organisation.reference, number])):
            return policies.without_version(line in lines_without_version(organisation, number))
    return YES


@dataclass(frozen=True)
class PublicLink:
    """A report that the public can read now."""

    year: str
    year_number: int
    url: str
    published_on: dt.date


def public_links(reference: str) -> list[PublicLink]:
    """The reports of a company that can be read now, one per year, newest first."""
    found: dict[int, PublicLink] = {}
    for row in editions_of(reference):
        if not is_withdrawn(row):
            url = reverse("company_report", args=[reference, row.year.number])
            link = PublicLink(str(row.year), row.year.number, url, row.published_on)
            found.setdefault(row.year.number, link)
    return list(found.values())


def next_number(organisation_id: int, year_id: int) -> int:
    """The number of the next version."""
    last = Edition.objects.filter(organisation_id=organisation_id, year_id=year_id).order_by("-number").first()
    return last.number + 1 if last else 1


@dataclass(frozen=True)
class Standing:
    """How a company stands with its public report, with the norms it rests on."""

    check: PublicationCheck
    year: CovenantYear
    months_first: int
    months_held: int | None
    is_provisional: bool  # how long a report holds is our own choice


def standing_of(organisation_id: int, year: CovenantYear, on: dt.date, *, history: History | None = None) -> Standing:
    """How one company stands on a day, by the year rules of the pack; its history may be given."""
    pack = pack_of(year)
    told = [row.published_on for row in plan_queries.public_reports_of(organisation_id, on)]
    return _standing(history or history_of(organisation_id), told, year, pack, on)


def _standing(history: History, told: Iterable[dt.date], year: CovenantYear, pack: Pack, on: dt.date) -> Standing:
    publication = pack.decision.publication
    year_end = pack.settings.calendar.year_end(on)
    return Standing(
        check=check_of(pack, history.situation(on), history.periods, told, on, year_end=year_end),
        year=year,
        months_first=months_first(pack),
        months_held=publication.max_age_months if publication else None,
        is_provisional=bool(publication and publication.placeholder),
    )


@dataclass(frozen=True)
class CompanyStanding:
    """One line of the secretariat's list."""

    organisation: Organisation
    check: PublicationCheck
    address: str


def standings(actor: Actor, year: CovenantYear, on: dt.date) -> list[CompanyStanding]:
    """How all members stand on a day, late ones first; for the secretariat, in a fixed number of queries."""
    if not actor.is_secretariat:
        return []
    pack = pack_of(year)
    members = members_on(on)
    known = histories(members)
    told: dict[int, list[PublicReport]] = {pk: [] for pk in members}
    for row in PublicReport.objects.filter(organisation_id__in=members, published_on__lte=on).order_by("-published_on"):
        told[row.organisation_id].append(row)
    rows = [
        CompanyStanding(
            organisation,
            _standing(known[organisation.pk], [r.published_on for r in told[organisation.pk]], year, pack, on).check,
            next((r.address for r in told[organisation.pk] if r.address), ""),
        )
        for organisation in Organisation.objects.filter(pk__in=members).order_by("name", "pk")
    ]
    order = {state: place for place, state in enumerate(("late", "due", "not_yet", "in_order", "not_asked"))}
    return sorted(rows, key=lambda row: (order[row.check.state], -row.check.months_late, row.organisation.name))


LONGEST_WAIT = dt.timedelta(minutes=10)  # after that a file that is not there does not come by itself


def pdf_state(row: Edition, now: dt.datetime) -> FileState:
    """How far the file of a version is; one that waits too long is not coming."""
    kept: EditionFile | None = getattr(row, "pdf", None)
    if kept is None:
        return FileState.UNAVAILABLE
    late = kept.state == FileState.WAITING and (kept.made_at or row.approved_at) + LONGEST_WAIT < now
    return FileState.UNAVAILABLE if late else FileState(kept.state)


def by_version(rows: Sequence[Edition], now: dt.datetime | None = None) -> list[dict[str, Any]]:
    """Versions of one year with their languages, newest first; with a moment also whether a file lacks."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for row in rows:
        version = found.setdefault(
            (row.year.number, row.number),
            {"first": row, "languages": [], "withdrawal": getattr(row, "withdrawal", None), "lacks_pdf": False},
        )
        version["lacks_pdf"] |= now is not None and pdf_state(row, now) == FileState.UNAVAILABLE
        version["languages"] = sorted([*version["languages"], row], key=lambda one: LANGUAGES.index(one.language))
    return list(found.values())
