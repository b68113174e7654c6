"""The provisional result, the company's reply, and the decision on the colour of a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.assessment import frozen, permissions, policies, results
from toetssteen.assessment.choices import DecisionKind, RemarkKind
from toetssteen.assessment.models import Assessment, Decision, Remark
from toetssteen.assessment.services.extending import ExtensionTerms, extend
from toetssteen.assessment.services.rows import assessment_of, has_conflict, locked_report, marks_of, open_extension
from toetssteen.assessment.services.taking import begin
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.core.scoring import improvement_limit
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report
from toetssteen.reporting.services import move


@dataclass(frozen=True)
class DecisionTerms:
    """The colour that a person gives, with the reason and the agreed date."""

    colour: str
    reason: str = ""
    improvement_on: dt.date | None = None


@transaction.atomic
def give_provisional(
    *, actor: Actor, report_id: int, terms: DecisionTerms, now: dt.datetime, today: dt.date
) -> Decision:
    """Freeze points, reasons and intended colour for the company to read, and start its term for a reply."""
    report = locked_report(report_id)
    demand(permissions.can_give_provisional(actor, report, conflict=has_conflict(actor, report)))
    assessment = assessment_of(report)
    pack, filing = pack_of(report.year), frozen.filing_of(report)
    marks = marks_of(assessment)
    left = sum(1 for q in results.to_assess(pack, filing) if q.id not in marks)
    demand(policies.allows_provisional(report, left=left))
    decision = freeze(
        actor=actor,
        assessment=assessment,
        report=report,
        filing=filing,
        kind=DecisionKind.PROVISIONAL,
        terms=terms,
        now=now,
        today=today,
    )
    start_reply_term(assessment, report, today, terms)
    report = begin(actor=actor, report=report, now=now)
    move(report=report, to=ReportState.PROVISIONAL, actor=actor, now=now)
    record_decision(actor, "assessment.give_provisional", report, decision, now)
    return decision


def start_reply_term(assessment: Assessment, report: Report, today: dt.date, terms: DecisionTerms) -> None:
    assessment.reply_until = today + dt.timedelta(days=report.year.reply_days)
    assessment.improvement_on = terms.improvement_on
    assessment.row_version += 1
    assessment.save(update_fields=["reply_until", "improvement_on", "row_version"])


@transaction.atomic
def take_back_provisional(*, actor: Actor, report_id: int, now: dt.datetime) -> Report:
    """The points must change, for instance after the company's reply; a new provisional result follows."""
    report = locked_report(report_id)
    demand(permissions.can_give_provisional(actor, report, conflict=has_conflict(actor, report)))
    demand(policies.allows_taking_back(report))
    assessment = assessment_of(report)
    assessment.reply_until = None
    assessment.row_version += 1
    assessment.save(update_fields=["reply_until", "row_version"])
    report = move(report=report, to=ReportState.IN_REVIEW, actor=actor, now=now)
    audit.record(actor=actor, verb="assessment.take_back_provisional", subject=report, at=now)
    return report


@transaction.atomic
def reply_to_provisional(*, actor: Actor, report_id: int, text: str, now: dt.datetime, today: dt.date) -> Remark:
    """The company says what it thinks of the provisional result, until the reply term has passed."""
    report = locked_report(report_id)
    demand(permissions.can_answer(actor, report))
    assessment = assessment_of(report)
    demand(policies.allows_reply(assessment, report, today))
    if not text.strip():
        raise ValidationError({"text": _("Write your reply.")})
    remark = Remark.objects.create(
        assessment=assessment,
        kind=RemarkKind.REPLY,
        text=text.strip(),
        written_by_id=actor.person_id,
        written_at=now,
    )
    audit.record(actor=actor, verb="assessment.reply", subject=report, at=now, remark=remark.pk)
    return remark


@transaction.atomic
def decide(
    *,
    actor: Actor,
    report_id: int,
    terms: DecisionTerms,
    extension: ExtensionTerms | None = None,
    now: dt.datetime,
    today: dt.date,
    rehearse: bool = False,
) -> Decision:
    """Decide the colour of the year; it is frozen with everything it rests on and stays in the history.

    With `rehearse` everything is checked and nothing is kept, for the page that asks whether you are sure.
    """
    report = locked_report(report_id)
    demand(permissions.can_decide(actor, report, conflict=has_conflict(actor, report)))
    assessment = assessment_of(report)
    rule = pack_of(report.year).decision.second_assessor.value
    replied = has_replied(assessment)
    demand(policies.allows_decision(report, assessment, replied=replied, today=today, rule=rule))
    again = open_extension(assessment) is not None
    kind = DecisionKind.REASSESSED if again else DecisionKind.FINAL
    decision = freeze(
        actor=actor,
        assessment=assessment,
        report=report,
        filing=frozen.filing_of(report),
        kind=kind,
        terms=terms,
        now=now,
        today=today,
        extension=extension,
    )
    report = move(report=report, to=ReportState.FINAL, actor=actor, now=now)
    record_decision(actor, "assessment.decide", report, decision, now)
    if extension is not None:
        extend(actor=actor, report=report, assessment=assessment, last=decision, terms=extension, now=now, today=today)
    if rehearse:
        transaction.set_rollback(True)
    return decision


def has_replied(assessment: Assessment) -> bool:
    """The company replied to the provisional result that lies with it now."""
    last = assessment.decisions.filter(kind=DecisionKind.PROVISIONAL).order_by("number").last()
    replies = assessment.remarks.filter(kind=RemarkKind.REPLY)
    return last is not None and replies.filter(written_at__gte=last.decided_at).exists()


def freeze(
    *,
    actor: Actor,
    assessment: Assessment,
    report: Report,
    filing: results.Filing,
    kind: str,
    terms: DecisionTerms,
    now: dt.datetime,
    today: dt.date,
    extension: ExtensionTerms | None = None,
) -> Decision:
    """Write down a result with everything it rests on; the caller has checked who may do it and when."""
    pack, marks = pack_of(report.year), marks_of(assessment)
    levels = results.assessed_levels(pack, filing, marks)
    outcome = results.outcome(pack, filing, levels, terms.improvement_on)
    terms = checked_terms(pack, filing, outcome, terms)
    ruling = results.Ruling(
        kind=kind,
        colour=terms.colour,
        reason=terms.reason,
        decided_on=today,
        improvement_on=terms.improvement_on,
        extension_until=extension.until_on if extension else None,
        missing=results.missing_of(outcome.proposal),
    )
    content = results.decision_content(pack, filing, marks, outcome, ruling)
    snapshot = frozen.freeze_decision(report, filing, content, person_id=actor.person_id, now=now)
    last = assessment.decisions.order_by("number").last()
    return Decision.objects.create(
        assessment=assessment,
        number=(last.number if last else 0) + 1,
        second_by_id=assessment.second_reader_id,
        decided_by_id=actor.person_id,
        decided_at=now,
        snapshot=snapshot,
        **decision_fields(outcome, ruling),
    )


def decision_fields(outcome: results.Outcome, ruling: results.Ruling) -> dict[str, object]:
    """The columns of a decision that follow from the outcome and what a person decided."""
    stored = results.proposal_content(outcome.proposal)
    sheet = outcome.proposal.sheet
    return {
        "kind": ruling.kind,
        "total": sheet.total if sheet else 0,
        "meets": bool(outcome.proposal.meets),
        "proposal": outcome.proposal.colour or "",
        "colour": ruling.colour,
        "checks": stored["checks"],
        "reasons": stored["reasons"],
        "reason": ruling.reason,
        "improvement_on": ruling.improvement_on,
        "extension_until": ruling.extension_until,
    }


def checked_terms(pack: Pack, filing: results.Filing, outcome: results.Outcome, terms: DecisionTerms) -> DecisionTerms:
    """The terms, if they follow the pack's rules on reasons and dates; ValidationError on the field otherwise."""
    rule = next((c for c in pack.decision.colours if c.colour == terms.colour), None)
    if rule is None:
        raise ValidationError({"colour": _("Choose a colour.")})
    if rule.kind == "meets" and not filing.delivered:
        raise ValidationError({"colour": _("A report that was not handed in does not meet the demands.")})
    reason = terms.reason.strip()
    meets_all = outcome.proposal.meets and terms.colour == outcome.proposal.colour
    if not meets_all and not reason:
        raise ValidationError(
            {"reason": _("Give a reason: it is needed when you differ from the proposal or the demands are not met.")}
        )
    if rule.kind == "agreed_date":
        limit = improvement_limit(pack, filing.year_end)
        if terms.improvement_on is None:
            raise ValidationError({"improvement_on": _("Agree on a date of improvement for this colour.")})
        if not filing.year_end < terms.improvement_on <= limit:
            raise ValidationError(
                {
                    "improvement_on": _("Choose a date after the reporting year and not later than %(limit)s.")
                    % {"limit": limit.strftime("%d-%m-%Y")}
                }
            )
        return DecisionTerms(terms.colour, reason, terms.improvement_on)
    return DecisionTerms(terms.colour, reason, None)


def record_decision(actor: Actor, verb: str, report: Report, decision: Decision, now: dt.datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject=report,
        at=now,
        decision=decision.pk,
        number=decision.number,
        kind=decision.kind,
        colour=decision.colour,
        proposal=decision.proposal,
        sha256=decision.snapshot.sha256,
    )
