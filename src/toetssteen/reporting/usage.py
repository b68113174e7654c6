"""What reports use of the rooms below: evidence at questions, and covenant years that companies reported on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from toetssteen.covenant.queries import pack_of
from toetssteen.documents.hooks import Usage
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations.hooks import UsedYear
from toetssteen.reporting import policies
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import AnswerEvidence, Report
from toetssteen.risks.models import RiskSource


def evidence_usage(evidence_ids: Sequence[int]) -> Iterable[Usage]:
    """The questions at which these files are used; once submitted they may not disappear any more."""
    for row in _uses(list(evidence_ids)):
        pack = pack_of(row.report.year)
        try:
            number = pack.question(row.question).number
        except LookupError:
            number = row.question
        yield Usage(
            evidence_id=row.evidence_id,
            label=_("Question %(number)s, %(year)s") % {"number": number, "year": row.report.year},
            url=reverse("answer_edit", args=[row.report_id, row.question]),
            handed_in=row.report.state != ReportState.DRAFT,
        )


@prepared
def _uses(evidence_ids: list[int]) -> QuerySet[AnswerEvidence]:
    rows = AnswerEvidence.objects.filter(evidence_id__in=evidence_ids).select_related("report__year")
    return rows.order_by("report__year__number", "question")


def evidence_handed_in() -> QuerySet[Any]:
    """The evidence of submitted reports; what a company adds while it completes a returned report stays closed."""
    rows = AnswerEvidence.objects.filter(report__state__in=policies.HANDED_IN)
    later = Q(report__state=ReportState.RETURNED, evidence__uploaded_at__gt=F("report__submitted_at"))
    return rows.exclude(later).values("evidence_id")


def risk_files_handed_in() -> QuerySet[Any]:
    """The files behind risks of years that were handed in, as they were noted before the report was handed in."""
    filed = Report.objects.filter(
        organisation_id=OuterRef("risk__organisation_id"),
        year__number=OuterRef("risk__year_number"),
        state__in=policies.HANDED_IN,
        submitted_at__gte=OuterRef("noted_at"),
    )
    rows = RiskSource.objects.filter(evidence__isnull=False, risk__removed_at=None)
    return rows.filter(Exists(filed)).values("evidence_id")


def risks_year_is_filed(organisation_id: int, year_number: int) -> bool:
    """The report of a year was handed in, so the risks that it speaks of stay as they were."""
    closed = Report.objects.filter(organisation_id=organisation_id, year__number=year_number)
    return closed.exclude(state__in=policies.EDITABLE).exists()


def chain_closed_in_report(chain: Any) -> bool:
    """A report that was handed in covers a year at whose end this chain was closed."""
    if chain.closed_on is None:
        return False
    handed_in = Report.objects.filter(organisation_id=chain.organisation_id, state__in=policies.HANDED_IN)
    return handed_in.filter(year__ends_on__gte=chain.closed_on).exists()


def chains_reported_since(organisation_id: int, since: Any) -> str:
    """A report that was handed in since then holds the chains as they are now; a sentence, or nothing."""
    handed_in = Report.objects.filter(organisation_id=organisation_id, state__in=policies.HANDED_IN)
    report = handed_in.filter(submitted_at__gte=since).select_related("year").order_by("-submitted_at").first()
    if report is None:
        return ""
    return _("The report on %(year)s was handed in with these chains.") % {"year": report.year}


def used_years(organisation_ids: Collection[int]) -> dict[int, Sequence[UsedYear]]:
    """The covenant years on which these companies have a report."""
    rows = Report.objects.filter(organisation_id__in=list(organisation_ids)).select_related("year")
    found: dict[int, list[UsedYear]] = {}
    for report in _in_order(rows):
        year = report.year
        found.setdefault(report.organisation_id, []).append(UsedYear(str(year), year.ends_on, pack_of(year)))
    return {organisation: tuple(years) for organisation, years in found.items()}


def _in_order(rows: QuerySet[Report]) -> Iterator[Report]:
    return iter(rows.order_by("year__number"))


def years_with_final_reports() -> set[int]:
    """Covenant years in which a report has been decided on: they keep their version of the framework."""
    return set(Report.objects.filter(state=ReportState.FINAL).values_list("year_id", flat=True).distinct())
