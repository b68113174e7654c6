"""The colour that the platform proposes, always with its reasons; the assessor decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from toetssteen.core.frameworks import Facts, Pack, Question, Share, Text, YearRule, fact_number

from . import wording
from .levels import without_base
from .sheet import ScoreSheet, score

NO_CHAINS = Share(0, 0)


@dataclass(frozen=True)
class Case:
    """Everything the proposal for one company and one report year depends on.

    coverage holds per level how many of the own chains (or how much of the volume) are known. exemption is the id of
    the pack's exemption that lifts the report, if one does. report_year may be None only then.
    """

    profile: str
    report_year: int | None
    year_end: date
    levels: Mapping[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    coverage: Mapping[str, Share] = field(default_factory=dict)
    report_delivered: bool = False
    plan_delivered: bool = False
    public_communication: bool = False
    improvement_date: date | None = None
    exemption: str | None = None
    variant: str | None = None


@dataclass(frozen=True)
class Reason:
    """One reason of a proposal: which check, whether it is met, a sentence, and whether the norm is a placeholder.

    code is one of exempt, report, score, key, coverage, plan, public_communication, agreed_date; subject is the
    question or level it is about. met is None where nothing is demanded.
    """

    code: str
    text: Text
    placeholder: bool = False
    met: bool | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Checks:
    """The checks of the decision rule."""

    report: bool
    score: bool
    keys: bool
    coverage: bool
    plan: bool
    public_communication: bool

    @property
    def all_met(self) -> bool:
        """The company meets all demands of the year."""
        return all((self.report, self.score, self.keys, self.coverage, self.plan, self.public_communication))


@dataclass(frozen=True)
class Proposal:
    """What the platform proposes for a report year: meeting or not, a colour of the pack, and why."""

    meets: bool | None
    colour: str | None
    checks: Checks | None
    keys_failed: tuple[str, ...]
    coverage_failed: tuple[str, ...]
    exemption: str | None
    reasons: tuple[Reason, ...]
    sheet: ScoreSheet | None

    @property
    def open_reasons(self) -> tuple[Reason, ...]:
        """What stands between the company and meeting all demands."""
        return tuple(reason for reason in self.reasons if reason.met is False and reason.code != "agreed_date")


def propose(pack: Pack, case: Case) -> Proposal:
    """Propose a colour by the pack's decision rule, with a reason for every check.

    LookupError when the case names something the pack does not have; ValueError when an answer is due but the report
    year is missing.
    """
    exemption = case.exemption or _exempt_by_profile(pack, case)
    if exemption is not None:
        text = next((e.text for e in pack.exemptions if e.id == exemption), None)
        if text is None:
            raise LookupError(f"The pack has no exemption '{exemption}'.")
        reason = Reason("exempt", wording.exempt(text), subject=exemption)
        return Proposal(None, None, None, (), (), exemption, (reason,), None)
    if case.report_year is None:
        raise ValueError("A report is due, so its report year must be given.")
    rule = pack.rule(case.profile, case.report_year)
    sheet = score(pack, case.profile, case.levels, case.facts, case.variant)
    reasons = (
        Reason("report", wording.report(delivered=case.report_delivered), met=case.report_delivered),
        *_score(rule, sheet),
        *_keys(pack, case, case.report_year, sheet),
        *_coverage(pack, case, rule),
        *_duties(pack, case, rule),
    )
    return _decide(pack, case, sheet, reasons)


def _exempt_by_profile(pack: Pack, case: Case) -> str | None:
    if pack.profile(case.profile).report_required:
        return None
    exemption = pack.exemption(case.profile, None, case.year_end)
    return exemption.id if exemption else None


def _decide(pack: Pack, case: Case, sheet: ScoreSheet, reasons: tuple[Reason, ...]) -> Proposal:
    failed: dict[str, list[str]] = {}
    for reason in reasons:
        if reason.met is False:
            failed.setdefault(reason.code, []).append(reason.subject or "")
    checks = Checks(
        report="report" not in failed,
        score="score" not in failed,
        keys="key" not in failed,
        coverage="coverage" not in failed,
        plan="plan" not in failed,
        public_communication="public_communication" not in failed,
    )
    kind = "meets"
    if not checks.all_met:
        kind, why = _agreed(pack, case)
        reasons = (*reasons, why)
    colour = pack.decision.of_kind(kind) or pack.decision.of_kind("otherwise")
    return Proposal(
        meets=checks.all_met,
        colour=colour.colour if colour else None,
        checks=checks,
        keys_failed=tuple(failed.get("key", ())),
        coverage_failed=tuple(failed.get("coverage", ())),
        exemption=None,
        reasons=reasons,
        sheet=sheet,
    )


def improvement_limit(pack: Pack, year_end: date) -> date:
    """The last day on which an agreed improvement date may lie: the end of the reporting year now running."""
    months = pack.extension.max_months.value if pack.extension else 0
    return pack.settings.calendar.agreed_date_limit(year_end, months)


def _agreed(pack: Pack, case: Case) -> tuple[str, Reason]:
    limit = improvement_limit(pack, case.year_end)
    agreed = case.improvement_date
    within = agreed is not None and case.year_end < agreed <= limit
    marked = pack.extension.max_months.placeholder if pack.extension and agreed is not None else False
    text = wording.agreed_date(agreed, case.year_end, limit)
    return "agreed_date" if within else "otherwise", Reason("agreed_date", text, marked, within)


def _score(rule: YearRule, sheet: ScoreSheet) -> Iterator[Reason]:
    minimum = rule.min_score.value
    if minimum is not None:
        met = sheet.total >= minimum
        yield Reason("score", wording.score(sheet.total, minimum), rule.min_score.placeholder, met)


def _keys(pack: Pack, case: Case, report_year: int, sheet: ScoreSheet) -> Iterator[Reason]:
    """Every active key question; one that does not apply does not fail.

    Nor does one whose fact has no base, as long as nobody picked its level.
    """
    framework = pack.framework
    minimum = framework.level(framework.key_min_level).text
    for question in pack.questions_for(case.profile, case.variant):
        if not question.is_key(report_year) or _gone(question, sheet):
            continue
        placeholder = question.marks.key_placeholder or framework.scoring.key_min_level.placeholder
        if question.id in sheet.not_applicable:
            text, met = wording.key_not_applicable(question.number, question.text), True
        else:
            level = sheet.levels[question.id]
            met = framework.at_least(level, framework.key_min_level)
            text = wording.key(question.number, question.text, framework.level(level).text, minimum, met=met)
            if not met and question.id not in case.levels and without_base(question, case.facts):
                text, met = wording.key_without_base(question.number, question.text), True
        yield Reason("key", text, placeholder, met, question.id)


def _gone(question: Question, sheet: ScoreSheet) -> bool:
    """A variant dropped this question."""
    return question.id not in sheet.levels and question.id not in sheet.not_applicable


def _coverage(pack: Pack, case: Case, rule: YearRule) -> Iterator[Reason]:
    by_volume = pack.settings.coverage_unit.value == "volume"
    write = wording.coverage_by_volume if by_volume else wording.coverage
    for level in pack.coverage_levels:
        if level.id in rule.coverage:
            demand = rule.coverage[level.id]
            share = case.coverage.get(level.id, NO_CHAINS)
            text = write(level.text, share, demand.value)
            yield Reason("coverage", text, demand.placeholder, share.reaches(demand.value), level.id)


def _duties(pack: Pack, case: Case, rule: YearRule) -> Iterator[Reason]:
    plan, public = rule.plan_required, rule.public_communication_required
    met = case.plan_delivered if plan.value else None
    text = wording.plan(required=plan.value, delivered=case.plan_delivered)
    yield Reason("plan", text, plan.placeholder, met)
    met = case.public_communication if public.value else None
    text = wording.publication(required=public.value, present=case.public_communication)
    how = pack.decision.publication
    placeholder = public.placeholder or bool(public.value and how and how.placeholder)
    yield Reason("public_communication", text, placeholder, met)


def publication_present(pack: Pack, levels: Mapping[str, str], facts: Facts) -> bool:
    """There is public communication by the pack's rule: recent enough, and saying more than the rule's floor.

    Without a rule in the pack, or without a known date, there is none.
    """
    rule = pack.decision.publication
    if rule is None:
        return False
    age = fact_number(facts.get(rule.fact))
    if age is None or age > rule.max_age_months:
        return False
    if rule.question is None or rule.level_above is None:
        return True
    level = levels.get(rule.question, pack.framework.unanswered_level)
    return not pack.framework.at_least(rule.level_above, level)
