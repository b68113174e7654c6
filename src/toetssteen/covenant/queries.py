"""Reading the covenant's years, its packs, and its targets beside what was reached."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from toetssteen.core.access import Actor, Verdict
from toetssteen.core.frameworks import Difference, Pack, Target, add_months, canonical_json, compare_packs, load_pack
from toetssteen.covenant.models import CovenantYear, PackVersion
from toetssteen.covenant.permissions import can_open_year, visible_packs
from toetssteen.covenant.policies import allows_other_pack
from toetssteen.foundation import hooks
from toetssteen.foundation.prepared import prepared

MONTHS_OF_MAKING_RESULTS = 9

_loaded: dict[str, Pack] = {}  # by digest: content that is the same is the same pack, in every database
_digests: dict[int, str] = {}  # by key of the stored version, which never changes


def pack_of_version(version: PackVersion) -> Pack:
    """The loaded pack of a stored version; loaded once per process, since a version never changes."""
    pack = _loaded.get(version.digest)
    if pack is None:
        pack = _loaded[version.digest] = load_pack(version.content)
    _digests[version.pk] = version.digest
    return pack


def pack_by_id(version_id: int) -> Pack:
    """The loaded pack of a stored version by its key."""
    digest = _digests.get(version_id)
    if digest is None or digest not in _loaded:
        return pack_of_version(PackVersion.objects.get(pk=version_id))
    return _loaded[digest]


def pack_of(year: CovenantYear) -> Pack:
    """The pack that a covenant year runs on."""
    return pack_by_id(year.pack_id)


def forget_packs() -> None:
    """Empty the process's memory of packs; a test that makes a second database needs it."""
    _digests.clear()


def years() -> list[CovenantYear]:
    """All covenant years in order, without the content of their packs."""
    return _years()


@prepared
def _years() -> QuerySet[CovenantYear]:
    return CovenantYear.objects.select_related("term").order_by("number")


@prepared
def _year_by_number(number: int) -> QuerySet[CovenantYear]:
    return CovenantYear.objects.select_related("term").filter(number=number)


def year_by_number(number: int) -> CovenantYear | None:
    """One covenant year by its number."""
    found = _year_by_number(number)
    return found[0] if found else None


def year_at(day: dt.date) -> CovenantYear | None:
    """The covenant year that contains a day."""
    return CovenantYear.objects.select_related("term").filter(starts_on__lte=day, ends_on__gte=day).first()


def current_year(today: dt.date) -> CovenantYear:
    """The year whose reports are being made: the last that ended, until its results are out; else the running one."""
    found = choose_current(years(), today)
    if found is None:
        raise CovenantYear.DoesNotExist("No covenant year has been opened yet.")
    return found


def choose_current(rows: Sequence[CovenantYear], today: dt.date) -> CovenantYear | None:
    """The current year among these: ended and within the months in which results are made, else running, else last."""
    ended = [y for y in rows if y.ends_on < today]
    running = next((y for y in rows if y.starts_on <= today <= y.ends_on), None)
    if ended:
        last = ended[-1]
        if running is None or (today - last.ends_on).days <= 31 * MONTHS_OF_MAKING_RESULTS:
            return last
    return running or (rows[0] if rows else None)


@dataclass(frozen=True)
class PackRow:
    """A stored version as the list shows it."""

    id: int
    pack_id: str
    version: str
    digest: str
    note: str
    stored_at: dt.datetime
    stored_by: str
    years: tuple[int, ...]
    previous_id: int | None


def pack_rows(actor: Actor) -> list[PackRow]:
    """The stored versions that the actor may see, newest first, with the years that run on each."""
    versions = list(
        visible_packs(actor).defer("content").select_related("stored_by").prefetch_related("years").order_by("pk")
    )
    rows: list[PackRow] = []
    last_of: dict[str, int] = {}
    for version in versions:
        rows.append(
            PackRow(
                id=version.pk,
                pack_id=version.pack_id,
                version=version.version,
                digest=version.digest,
                note=version.note,
                stored_at=version.stored_at,
                stored_by=str(version.stored_by or ""),
                years=tuple(sorted(year.number for year in version.years.all())),
                previous_id=last_of.get(version.pack_id),
            )
        )
        last_of[version.pack_id] = version.pk
    return rows[::-1]


def pack_row(actor: Actor, version_id: int) -> PackRow | None:
    """One stored version, if the actor may see it."""
    return next((row for row in pack_rows(actor) if row.id == version_id), None)


def pack_differences(actor: Actor, old_id: int, new_id: int) -> tuple[Difference, ...] | None:
    """What changed between two stored versions; None when the actor may not see one of them."""
    contents = {v.pk: v.content for v in visible_packs(actor).filter(pk__in=(old_id, new_id))}
    if old_id not in contents or new_id not in contents:
        return None
    return compare_packs(contents[old_id], contents[new_id])


def pack_content(raw: dict[str, Any]) -> dict[str, Any]:
    """The content of a pack as plain JSON, the form in which it is stored."""
    plain: dict[str, Any] = json.loads(canonical_json(raw))
    return plain


def targets(year: CovenantYear) -> tuple[Target, ...]:
    """The covenant's targets of the pack that this year runs on."""
    return pack_of(year).targets


@dataclass(frozen=True)
class DemandRow:
    """What one company type must reach in one report year, with the mark of a placeholder per value."""

    profile: str
    year: int
    min_score: Any
    coverage: tuple[Any, ...]
    plan: Any
    publication: Any


@dataclass(frozen=True)
class PackSummary:
    """What a stored version holds, for its page."""

    title: Any
    is_official: bool
    disclaimer: Any
    questions: int
    placeholders: int
    levels: tuple[Any, ...]
    demands: tuple[DemandRow, ...]


def pack_summary(version_id: int) -> PackSummary:
    """Counts and demands of a stored version; whoever asks has seen its row first."""
    pack = pack_by_id(version_id)
    demands = tuple(
        DemandRow(
            rule.profile_id,
            rule.year,
            rule.min_score,
            tuple(rule.coverage.get(level.id) for level in pack.coverage_levels),
            rule.plan_required,
            rule.public_communication_required,
        )
        for rules in pack.year_rules.values()
        for rule in rules
    )
    questions = pack.framework.questions.values()
    return PackSummary(
        title=pack.framework.title,
        is_official=pack.framework.is_official,
        disclaimer=pack.framework.disclaimer,
        questions=len(pack.framework.questions),
        placeholders=sum(q.marks.points_placeholder or q.marks.criteria_placeholder for q in questions),
        levels=tuple(level.text for level in pack.coverage_levels),
        demands=demands,
    )


@dataclass(frozen=True)
class YearRow:
    """A covenant year as the list shows it."""

    id: int
    number: int
    term_nl: str
    term_en: str
    starts_on: dt.date
    ends_on: dt.date
    report_due_on: dt.date
    pack_id: int
    version: str
    may_change_version: Verdict


def decided_years() -> set[int]:
    """The covenant years that keep their version, because a report in them is final."""
    return set().union(*hooks.said("years_with_final_reports"))


def year_rows(actor: Actor) -> list[YearRow]:
    """All covenant years, newest first, with the version each runs on and whether that may still change."""
    rows = CovenantYear.objects.select_related("term", "pack").defer("pack__content").order_by("-number")
    decided, may_open = decided_years(), can_open_year(actor)
    return [
        YearRow(
            id=year.pk,
            number=year.number,
            term_nl=year.term.name_nl,
            term_en=year.term.name_en,
            starts_on=year.starts_on,
            ends_on=year.ends_on,
            report_due_on=year.report_due_on,
            pack_id=year.pack_id,
            version=str(year.pack),
            may_change_version=allows_other_pack(year.pk in decided) if may_open else may_open,
        )
        for year in rows
    ]


def year_row(actor: Actor, year_id: int) -> YearRow | None:
    """One covenant year."""
    return next((row for row in year_rows(actor) if row.id == year_id), None)


@dataclass(frozen=True)
class NextYear:
    """What the next covenant year would be if nothing changes; a first year has only a number."""

    number: int
    starts_on: dt.date | None = None
    report_due_on: dt.date | None = None
    pack_id: int | None = None


def next_year() -> NextYear:
    """The year after the last one: it begins the day after, its reports are due a year after those of the last."""
    last = CovenantYear.objects.order_by("-number").first()
    if last is None:
        return NextYear(1)
    newest = PackVersion.objects.filter(pack_id=last.pack.pack_id).defer("content").order_by("-pk").first()
    return NextYear(
        last.number + 1,
        last.ends_on + dt.timedelta(days=1),
        add_months(last.report_due_on, 12),
        newest.pk if newest else last.pack_id,
    )


def version_choices(actor: Actor) -> list[tuple[int, str]]:
    """The stored versions to choose from, newest first."""
    return [
        (row.id, f"{row.pack_id} {row.version} ({row.digest[:8]})" + (f": {row.note}" if row.note else ""))
        for row in pack_rows(actor)
    ]


def by_file(differences: Sequence[Difference]) -> list[tuple[str, list[Difference]]]:
    """Differences per file of the pack."""
    found: dict[str, list[Difference]] = {}
    for difference in differences:
        found.setdefault(difference.file, []).append(difference)
    return list(found.items())
