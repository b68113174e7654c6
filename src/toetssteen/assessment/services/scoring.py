"""Levels with their reasons."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.assessment import frozen, permissions, policies, results
from toetssteen.assessment.choices import RESULT_KINDS
from toetssteen.assessment.models import Assessment, QuestionScore
from toetssteen.assessment.services.progress import count_progress, unread
from toetssteen.assessment.services.rows import assessment_of, has_conflict, locked_report, open_extension
from toetssteen.assessment.services.taking import begin
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.core.scoring import applicable
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.reporting.models import Report


@transaction.atomic
def save_score(
    *, actor: Actor, report_id: int, question: str, level: str, reason: str, row_version: int, now: dt.datetime
) -> QuestionScore:
    """Give one question its level with the reason that the company reads; a level other than a fact proposes needs one.

    `row_version` is that of the score on the screen, 0 when there was none; StaleRow when somebody was first.
    """
    report = locked_report(report_id)
    demand(permissions.can_score(actor, report, conflict=has_conflict(actor, report)))
    demand(policies.allows_scoring(report))
    pack, filing = pack_of(report.year), frozen.filing_of(report)
    reason = reason.strip()
    _check(pack, filing, question, level, reason)
    assessment = assessment_of(report)
    demand(policies.allows_rescoring(question, open_extension(assessment), _changed(assessment, report, filing)))
    score = QuestionScore.objects.select_for_update().filter(assessment=assessment, question=question).first()
    if (score.row_version if score else 0) != row_version:
        raise StaleRow(score)
    begin(actor=actor, report=report, now=now)
    if score is None:
        score = QuestionScore(assessment=assessment, question=question)
    before = score.level
    score.level, score.reason, score.submission = level, reason, filing.number
    score.scored_by_id, score.scored_at = actor.person_id, now
    score.row_version = row_version + 1
    score.save()
    unread(assessment)
    count_progress(assessment, pack, filing)
    audit.record(
        actor=actor, verb="assessment.score", subject=report, at=now, question=question, level=level, before=before
    )
    return score


def _changed(assessment: Assessment, report: Report, filing: results.Filing) -> set[str]:
    """The questions that the company answered otherwise since the last decision."""
    decided = assessment.decisions.filter(kind__in=RESULT_KINDS).order_by("number").select_related("snapshot").last()
    if decided is None:
        return set()
    return results.changed_questions(filing.answers, filing, frozen.filing_from(decided.snapshot, report))


def _check(pack: Pack, filing: results.Filing, question: str, level: str, reason: str) -> None:
    if question not in {q.id for q in applicable(pack, filing.profile, filing.facts, filing.variant)}:
        raise ValidationError(_("This question does not apply to this report."))
    if level not in {known.id for known in pack.framework.levels}:
        raise ValidationError({"level": _("Choose a level.")})
    proposed = results.derived_levels(pack, filing).get(question)
    if proposed is not None and proposed != level and not reason:
        raise ValidationError({"reason": _("Give the reason why you differ from the level that the figures propose.")})
