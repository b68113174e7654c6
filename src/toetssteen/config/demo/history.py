"""Fills in the finished years: reports with answers and facts, frozen, assessed and decided by our own engine.

What the engine computes is compared with the outcomes of the files; a difference stops the loading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from toetssteen.assessment import results
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Assessment, Decision, Extension, QuestionScore
from toetssteen.config.demo.deeds import Deeds
from toetssteen.config.demo.ground import HERO, Ground
from toetssteen.config.demo.world import Row, World, WorldError, day, moment, must_day, whole
from toetssteen.foundation import audit
from toetssteen.reporting import snapshots
from toetssteen.reporting.choices import AnswerOrigin, ReportState, SnapshotKind
from toetssteen.reporting.models import Answer, AnswerEvidence, RecordedFact, Report, Snapshot

FIRST_YEAR = 1
# Of later years only counts of chains are known, so they are recorded; the rest follows from rows.
COUNTED_FACTS = ("chains.", "coverage.")
REASONS = {
    "insufficient insight in origin (partly pandemic)": "Te weinig inzicht in de herkomst, mede door de pandemie.",
    "no usable chain list on 31-12-2020": "Er was op 31 december 2020 geen bruikbare ketenlijst.",
}
AFTER_EXTRA_TIME = "De ontbrekende stukken zijn binnen de extra tijd aangeleverd en beoordeeld. Het bedrijf voldoet."


@dataclass
class Filed:
    """One report of the files with what was made of it."""

    copy: int
    outcome: Row
    report: Report
    content: dict[str, Any] = field(default_factory=dict)
    decision: Decision | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.outcome["org_id"], self.outcome["covenant_year"]


def fill_year(ground: Ground, deeds: Deeds, number: int) -> list[Filed]:
    """Fill in one finished covenant year and check it against the outcomes of the files."""
    filed = _reports(ground, number)
    _answers(ground, filed)
    if number == FIRST_YEAR:
        _evidence(ground, deeds, filed)
    _freeze(ground, filed)
    _assess(ground, filed)
    return filed


def _reports(ground: Ground, number: int) -> list[Filed]:
    year = ground.years[number]
    by_company = ground.people["importeur"].pk
    rows = [row for row in ground.world.rows("outcomes") if int(row["covenant_year"]) == number]
    filed = []
    for copy in range(ground.copies):
        for row in rows:
            report = Report(
                organisation=ground.organisations[(copy, row["org_id"])],
                year=year,
                report_year=int(row["report_year_no"]),
                situation=row["purchase_situation"],
                state=ReportState.FINAL,
                due_on=year.report_due_on,
                opened_at=moment(year.ends_on, 9),
                submitted_by_id=by_company if copy == 0 and row["org_id"] == HERO else None,
                submitted_at=moment(row["report_delivered_on"]),
            )
            filed.append(Filed(copy, row, report))
    Report.objects.bulk_create([one.report for one in filed], 500)
    return filed


def _answers(ground: Ground, filed: list[Filed]) -> None:
    answers = _grouped(ground.world, "answers")
    facts = _grouped(ground.world, "facts")
    Answer.objects.bulk_create(
        [
            Answer(
                report=one.report,
                question=row["question_id"],
                level=row["level"],
                text=row["answer_text"],
                origin=AnswerOrigin(row["origin"]),
                changed_at=one.report.submitted_at,
            )
            for one in filed
            for row in answers.get(one.key, ())
        ],
        500,
    )
    RecordedFact.objects.bulk_create([fact for one in filed for fact in _recorded(one, facts.get(one.key, []))], 500)


def _grouped(world: World, table: str) -> Mapping[tuple[str, ...], list[Row]]:
    return world.by(table, "org_id", "covenant_year")


def _recorded(one: Filed, rows: list[Row]) -> Iterator[RecordedFact]:
    """The facts that rows cannot give: recorded ones, and the counts of chains of later years."""
    first = one.report.year.number == FIRST_YEAR
    for row in rows:
        if row["basis"] != "recorded" and (first or not row["fact"].startswith(COUNTED_FACTS)):
            continue
        is_day = "-" in row["value"]
        is_share = bool(row["whole"])
        yield RecordedFact(
            report=one.report,
            fact=row["fact"],
            part=whole(row["part"]) if is_share else None,
            whole=whole(row["whole"]) if is_share else None,
            number=None if is_share or is_day else whole(row["value"]),
            day=day(row["value"]) if is_day else None,
        )


def _evidence(ground: Ground, deeds: Deeds, filed: list[Filed]) -> None:
    """Each evidence file stands with the first question of the framework that asks for its kind."""
    files = ground.world.by("evidence", "org_id")
    links = []
    for one in filed:
        asked = ground.pack.questions_for(one.report.situation)
        for row in files.get((one.outcome["org_id"],), ()):
            question = next((q.id for q in asked if row["type"] in q.evidence), None)
            if question is not None:
                evidence = deeds.evidence[(one.copy, row["evidence_id"])]
                links.append(AnswerEvidence(report=one.report, question=question, evidence=evidence))
    AnswerEvidence.objects.bulk_create(links, 500)


def _freeze(ground: Ground, filed: list[Filed]) -> None:
    """Freeze every submitted report; copies say the same as the first, under their own name."""
    built: dict[str, dict[str, Any]] = {}
    frozen = []
    for one in filed:
        if one.copy == 0:
            content = snapshots.content_of(one.report)
            if one.report.year.number != FIRST_YEAR:
                content["chains"] = []
            built[one.outcome["org_id"]] = snapshots.plain(content)
        one.content = _under_own_name(built[one.outcome["org_id"]], one.report)
        one.content["submitted_at"] = moment(one.outcome["report_delivered_on"]).isoformat()
        frozen.append(_snapshot(one, SnapshotKind.SUBMISSION, 1, {}, one.report.submitted_at, None))
    Snapshot.objects.bulk_create(frozen, 100)


def _under_own_name(content: Mapping[str, Any], report: Report) -> dict[str, Any]:
    organisation = report.organisation
    return {
        **content,
        "organisation": {
            **content["organisation"],
            "id": organisation.pk,
            "reference": organisation.reference,
            "name": organisation.name,
        },
        "report": {**content["report"], "id": report.pk},
    }


def _snapshot(one: Filed, kind: str, number: int, extra: Mapping[str, Any], made_at: Any, made_by: Any) -> Snapshot:
    content = {**one.content, **extra, "kind": str(kind), "number": number}
    return Snapshot(
        report=one.report,
        kind=kind,
        number=number,
        content=content,
        sha256=snapshots.digest_of(content),
        made_by=made_by,
        made_at=made_at,
    )


def _assess(ground: Ground, filed: list[Filed]) -> None:
    assessor = ground.people["beoordelaar"]
    answers = _grouped(ground.world, "answers")
    assessments = [
        Assessment(
            report=one.report,
            assessor=assessor,
            taken_at=one.report.submitted_at,
            improvement_on=day(one.outcome["improvement_date"]),
        )
        for one in filed
    ]
    Assessment.objects.bulk_create(assessments, 500)
    scores, decided = [], []
    said: dict[str, _Said] = {}
    for one, assessment in zip(filed, assessments, strict=True):
        given = answers.get(one.key, [])
        marks = {
            row["question_id"]: results.Mark(row["level"], row["assessor_reason"], 1)
            for row in given
            if row["origin"] != AnswerOrigin.DERIVED
        }
        scores += [
            QuestionScore(
                assessment=assessment, question=question, level=mark.level, reason=mark.reason,
                scored_by=assessor, scored_at=moment(one.outcome["decided_on"], 11),
            )
            for question, mark in marks.items()
        ]  # fmt: skip
        decided.append(_decide(ground, one, assessment, marks, said))
    QuestionScore.objects.bulk_create(scores, 500)
    Snapshot.objects.bulk_create([decision.snapshot for decision in decided], 100)
    for decision in decided:
        decision.snapshot_id = decision.snapshot.pk
    Decision.objects.bulk_create(decided, 500)
    for one in filed:
        if one.copy == 0 and one.decision is not None:
            _leave_a_trail(one.report, one.decision)
    _extend(ground, filed)


def _leave_a_trail(report: Report, decision: Decision) -> None:
    """A decision from before this platform stands in the trail too, marked as taken over."""
    audit.record(
        actor=None,
        verb="assessment.decide",
        subject=report,
        at=decision.decided_at,
        taken_over=True,
        colour=decision.colour,
        sha256=decision.snapshot.sha256,
    )


def _filing(one: Filed) -> results.Filing:
    standing = snapshots.fact_side
    return results.Filing(
        profile=one.report.situation,
        report_year=one.report.report_year,
        year_end=one.report.year.ends_on,
        facts={name: standing.from_json(value) for name, value in one.content["facts"].items()},
        plan_delivered=bool(one.content["plan"]),
        number=1,
        made_at=one.report.submitted_at,
    )


@dataclass(frozen=True)
class _Said:
    """What our engine said about one report of the files; copies of the report get the same."""

    ruling: results.Ruling
    extra: dict[str, Any]


def _say(ground: Ground, one: Filed, marks: Mapping[str, results.Mark]) -> _Said:
    row, pack = one.outcome, ground.pack
    filing = _filing(one)
    levels = results.assessed_levels(pack, filing, marks)
    improvement_on = day(row["improvement_date"])
    result = results.outcome(pack, filing, levels, improvement_on)
    _compare(one, result)
    reason = "" if row["colour"] == "green" else REASONS.get(row["note"], row["note"][:1].upper() + row["note"][1:])
    ruling = results.Ruling(
        kind=str(DecisionKind.FINAL),
        colour=row["colour"],
        reason=reason,
        decided_on=must_day(row["decided_on"]),
        improvement_on=improvement_on,
        extension_until=day(row["extension_until"]),
        missing=results.missing_of(result.proposal),
    )
    return _Said(ruling, snapshots.plain(results.decision_content(pack, filing, marks, result, ruling)))


def _decide(
    ground: Ground, one: Filed, assessment: Assessment, marks: Mapping[str, results.Mark], known: dict[str, _Said]
) -> Decision:
    row = one.outcome
    if row["org_id"] not in known:
        known[row["org_id"]] = _say(ground, one, marks)
    ruling, extra = known[row["org_id"]].ruling, known[row["org_id"]].extra
    decided_at = moment(row["decided_on"])
    coordinator = ground.people["coordinator"]
    said = extra["proposal"]
    one.decision = Decision(
        assessment=assessment,
        number=1,
        kind=DecisionKind.FINAL,
        total=Decimal(extra["score"]["total"]),
        meets=said["meets"],
        proposal=said["colour"],
        colour=row["colour"],
        checks=said["checks"],
        reasons=said["reasons"],
        reason=ruling.reason,
        improvement_on=ruling.improvement_on,
        extension_until=ruling.extension_until,
        decided_by=coordinator,
        decided_at=decided_at,
        snapshot=_snapshot(one, SnapshotKind.DECISION, 2, extra, decided_at, coordinator),
    )
    return one.decision


def _compare(one: Filed, result: results.Outcome) -> None:
    """Our engine must come to the score, the failed checks and the colour that the files say."""
    row, proposal = one.outcome, result.proposal
    failed = _failed(proposal)
    said = (row["score_pct"], row["meets"] == "yes", row["colour"], sorted(filter(None, row["failed"].split(";"))))
    found = (str(proposal.sheet.total if proposal.sheet else ""), proposal.meets, proposal.colour, sorted(failed))
    if said != found:
        raise WorldError(f"{row['org_id']} year {row['covenant_year']}: the files say {said}, computed is {found}")


def _failed(proposal: Any) -> list[str]:
    """What stands between the company and meeting all demands, in the words of the files."""
    names = []
    for reason in proposal.open_reasons:
        if reason.code == "key":
            names.append(reason.subject)
        elif reason.code == "coverage":
            names.append(f"coverage.{reason.subject}")
        else:
            names.append(reason.code)
    return names


def _extend(ground: Ground, filed: list[Filed]) -> None:
    Extension.objects.bulk_create(
        Extension(
            assessment=one.decision.assessment,
            until_on=one.decision.extension_until,
            missing=one.decision.snapshot.content["decision"]["missing"],
            reason=one.decision.reason,
            decided_by=ground.people["coordinator"],
            decided_at=one.decision.decided_at,
        )
        for one in filed
        if one.decision is not None and one.decision.extension_until
    )


def reassess(ground: Ground, filed: list[Filed]) -> None:
    """Companies that delivered what was missing within the extra time get a second decision beside the first."""
    again = [one for one in filed if one.outcome["reassessed_result"]]
    made = []
    for one in again:
        first = one.decision
        if first is None or first.extension_until is None:
            raise WorldError(f"{one.outcome['org_id']}: assessed again without extra time")
        colour = "green" if one.outcome["reassessed_result"] == "meets" else first.colour
        at = moment(first.extension_until)
        decided = {
            **first.snapshot.content["decision"],
            "kind": str(DecisionKind.REASSESSED),
            "colour": colour,
            "reason": AFTER_EXTRA_TIME,
            "decided_on": first.extension_until.isoformat(),
            "missing": [],
        }
        made.append(
            Decision(
                assessment=first.assessment, number=2, kind=DecisionKind.REASSESSED, total=first.total,
                meets=first.meets, proposal=first.proposal, colour=colour, checks=first.checks, reasons=first.reasons,
                reason=AFTER_EXTRA_TIME, improvement_on=first.improvement_on, extension_until=first.extension_until,
                decided_by=first.decided_by, decided_at=at,
                snapshot=_snapshot(
                    one, SnapshotKind.DECISION, 3, {**_decision_part(first), "decision": decided}, at, first.decided_by
                ),
            )
        )  # fmt: skip
    Snapshot.objects.bulk_create([decision.snapshot for decision in made], 100)
    for decision in made:
        decision.snapshot_id = decision.snapshot.pk
    Decision.objects.bulk_create(made, 500)


def _decision_part(first: Decision) -> dict[str, Any]:
    return {part: first.snapshot.content[part] for part in ("case", "assessed", "score", "proposal")}
