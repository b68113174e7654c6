"""Every kind of step is really done, and then the standing is what the way to green said it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.cast import NOW, Cast
from tests.reporting import world
from toetssteen.core.frameworks import Question
from toetssteen.core.scoring import asked
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.organisations.models import Organisation
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.remedy import policies as remedy
from toetssteen.remedy.choices import Fit, Known
from toetssteen.remedy.models import MadeKnown, MechanismCriterion, SupplierMechanism
from toetssteen.reporting import presentation, queries, ways
from toetssteen.reporting.missing import Path, path_to_green
from toetssteen.reporting.models import Report
from toetssteen.reporting.planning import Own, planned
from toetssteen.reporting.todo import Step
from toetssteen.reporting.trial import WITHIN_THE_YEAR, Trial, is_telling, is_too_late, move_of, told_age
from toetssteen.risks.models import Risk
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink, SupplierInquiry

RUNNING = dt.date(2020, 6, 1)  # in year 1
ENDED = dt.date(2020, 11, 15)  # after it: reports are being written


class Doing:
    """Mason Stone at work on one day."""

    def __init__(self, cast: Cast, report: Report, on: dt.date) -> None:
        self.cast, self.report, self.on = cast, report, on
        self.firm: Organisation = cast.organisations["mason"]

    @property
    def own(self) -> list[Chain]:
        return list(Chain.objects.filter(organisation=self.firm, situation="C").order_by("pk"))

    def name(self, level: str, count: int) -> None:
        rows = ChainLink.objects.filter(chain__in=self.own, level=level).exclude(state=LinkState.KNOWN)
        for link in rows.order_by("pk")[:count]:
            ChainLink.objects.filter(pk=link.pk).update(state=LinkState.KNOWN, name=f"{level} {link.chain_id}")

    def ask_about_gaps(self, count: int) -> None:
        rows = ChainLink.objects.filter(chain__in=self.own, asked_on=None).exclude(state=LinkState.KNOWN)
        for link in rows.order_by("-pk")[:count]:
            ChainLink.objects.filter(pk=link.pk).update(asked_on=self.on)

    def confirm(self, count: int) -> None:
        for chain in [chain for chain in self.own if chain.confirmed_on is None][:count]:
            Chain.objects.filter(pk=chain.pk).update(confirmed_on=self.on)

    def scan(self, count: int) -> None:
        for chain in [chain for chain in self.own if chain.risk_scan_on is None][:count]:
            Chain.objects.filter(pk=chain.pk).update(risk_scan_on=self.on)

    def write_letters(self, count: int) -> None:
        bought = Chain.objects.filter(organisation=self.firm, situation="A", inquiries=None).order_by("pk")
        for chain in bought[:count]:
            SupplierInquiry.objects.create(organisation=self.firm, chain=chain, sent_on=self.on)

    def rate(self, count: int) -> None:
        for risk in Risk.objects.filter(organisation=self.firm, likelihood=None).order_by("pk")[:count]:
            Risk.objects.filter(pk=risk.pk).update(scale=1, scope=1, irremediable=1, likelihood=1)

    def give_reasons(self, count: int) -> None:
        for risk in Risk.objects.filter(organisation=self.firm, severity_reason="").order_by("pk")[:count]:
            Risk.objects.filter(pk=risk.pk).update(scale=1, scope=1, irremediable=1, severity_reason="Seen there.")

    def plan(self) -> None:
        plan = Plan.objects.create(organisation=self.firm, year=self.report.year)
        goal = Objective.objects.create(
            plan=plan, theme="osh", text="Wet cutting", is_smart=True, indicator="machines", baseline="2 of 6"
        )
        PlannedAction.objects.create(objective=goal, text="Pumps", due_on=dt.date(2021, 3, 1), owner="Editor")

    def give_means(self, count: int) -> None:
        for action in PlannedAction.objects.filter(means="").order_by("pk")[:count]:
            PlannedAction.objects.filter(pk=action.pk).update(means="Two days")

    def evaluate(self, count: int) -> None:
        for goal in Objective.objects.filter(evaluated_on=None).order_by("pk")[:count]:
            Objective.objects.filter(pk=goal.pk).update(evaluated_on=self.on)

    def make_known(self, count: int) -> None:
        done = MadeKnown.objects.count()
        for number in range(done, done + count):
            MadeKnown.objects.create(
                organisation=self.firm, mechanism="covenant", audiences=["suppliers"], way=f"way {number}",
                made_on=self.on, changed_at=NOW,
            )  # fmt: skip

    def note_mechanisms(self, count: int) -> None:
        pack = pack_of(self.report.year)
        assert pack.grievance is not None
        assert pack.grievance.works is not None
        rule = pack.grievance.works.value
        rows = ChainLink.objects.filter(chain__in=self.own, level__in=rule.levels, state=LinkState.KNOWN).order_by("pk")
        keys = [remedy.place_key(row.level, row.name, row.place, row.country) for row in rows]
        open_ = [key for key in dict.fromkeys(keys) if not SupplierMechanism.objects.filter(key=key).exists()]
        for key in open_[:count]:
            one = SupplierMechanism.objects.create(
                organisation=self.firm, key=key, has_one=Known.YES, changed_at=NOW, name=key
            )
            for criterion in rule.criteria:
                MechanismCriterion.objects.create(mechanism=one, criterion=criterion, fit=Fit.MET)

    def publish(self) -> None:
        PublicReport.objects.create(organisation=self.firm, published_on=self.on, title="Due diligence")

    def fact(self, fact: str, count: int) -> None:
        """Do so much more of what a fact counts."""
        if fact.startswith("coverage."):
            return self.name(fact.removeprefix("coverage."), count)
        if fact == "publication.age_months":
            return self.publish()
        return ACTS[fact](self, count)

    def step(self, step: Step) -> None:
        """Do one step of the way to green."""
        question = step.question
        if step.kind == "coverage":
            self.name(step.subject, step.count)
        elif step.kind == "plan":
            self.plan()
        elif step.kind == "publication":
            self.publish()
        elif question is not None and step.count and question.derived_from:
            self.fact(question.derived_from, step.count)
        elif question is not None:
            world.answer(self.cast, self.report, question.id, step.level_wanted, text="Done.")


ACTS: dict[str, Callable[[Doing, int], None]] = {
    "chains.confirmed_share": Doing.confirm,
    "chains.situation_a_asked_share": Doing.write_letters,
    "requests.gaps_asked_share": Doing.ask_about_gaps,
    "risks.chains_scanned_share": Doing.scan,
    "risks.prioritised_share": Doing.rate,
    "risks.severity_complete_share": Doing.give_reasons,
    "plan.actions_complete_share": Doing.give_means,
    "evaluation.goals_evaluated_share": Doing.evaluate,
    "grievance.promotion_count": Doing.make_known,
    "grievance.suppliers_with_mechanism_share": Doing.note_mechanisms,
}
# Shares of which nothing is open here, or that cannot be moved from the rows of one year.
LEFT_OUT = {
    "plan.top_priorities_with_goal_share", "plan.objectives_smart", "plan.objectives_with_baseline_share",
    "plan.actions_done_share", "suppliers.signed_code_share",
}  # fmt: skip


def company(cast: Cast, report_year: int) -> Report:
    """Four chains of its own that are known for a part, two that it buys, three risks that nobody rated."""
    for known in (4, 3, 1, 1):
        chain = world.chain(cast, "mason", known=known, share_of_volume=25, confirmed_on=None)
        for link in chain.links.all():
            ChainLink.objects.filter(pk=link.pk).update(name=f"{link.level} {chain.pk}")
    for _n in range(2):
        world.chain(cast, "mason", known=0, situation="A", share_of_volume=None)
    report = world.open_report(cast)
    for _n in range(3):
        Risk.objects.create(organisation=report.organisation, year_number=1, theme="osh", is_actual=False)
    Report.objects.filter(pk=report.pk).update(report_year=report_year)
    report.refresh_from_db()
    return report


def derived(report: Report) -> list[Question]:
    questions = pack_of(report.year).questions_for("C")
    return [q for q in questions if q.derived_from and q.derived_from not in LEFT_OUT]


@pytest.mark.parametrize("on", [RUNNING, ENDED])
def test_each_thing_that_is_counted_moves_as_was_said_or_is_said_to_be_too_late(cast: Cast, on: dt.date) -> None:
    report = company(cast, 3)
    doing, pack = Doing(cast, report, on), pack_of(report.year)
    doing.plan()
    age = told_age(report.year.ends_on, on)
    late = set()
    for question in derived(report):
        trial = Trial(pack, queries.live_standing(report))
        fact = question.derived_from or ""
        move = move_of(trial, question, "largely", age)
        said = move.done(trial).standing if move else trial.standing
        if move is None:
            assert is_too_late(fact, age)
            late.add(fact)
        doing.fact(fact, move.count if move else 1)
        came = queries.live_standing(report)
        assert came.levels == said.levels, fact
        assert came.facts[fact] == said.facts[fact]
        assert came.coverage == said.coverage
    days = {"publication.last_public_report_date"}
    assert late == (set() if on == RUNNING else WITHIN_THE_YEAR - days)


@pytest.mark.parametrize("report_year", [1, 2, 3])
@pytest.mark.parametrize("on", [RUNNING, ENDED])
def test_doing_the_whole_list_brings_what_it_said(cast: Cast, on: dt.date, report_year: int) -> None:
    report = company(cast, report_year)
    pack, doing = pack_of(report.year), Doing(cast, report, on)
    for question in asked(pack, "C", 2, queries.live_standing(report).facts):
        if not question.derived:
            world.answer(cast, report, question.id, "partly", text="A start.")
    path = path_to_green(pack, queries.live_standing(report), on)
    assert len(path.steps) >= 3
    for step in path.steps:
        before = queries.live_standing(report)
        doing.step(step)
        assert queries.live_standing(report) != before, step.key  # every step moves something
    came = queries.live_standing(report)
    done = came.estimate(pack)
    assert (done.sheet.total, done.proposal.meets) == (path.after, path.meets_after)
    again = path_to_green(pack, came, on)
    assert [step for step in again.steps if step.kind != "question"] == []
    if on == RUNNING:
        assert path.meets_after
        assert (again.steps, again.too_late) == ((), ())
    else:
        assert {step.key for step in path.too_late} == {step.key for step in again.too_late}
        assert path.meets_after == (report_year == 1)  # year 1 demands nothing that belongs to the year
        assert any(is_telling(pack, (step.question.derived_from or "") if step.question else "publication.age_months")
                   for step in path.too_late) == (report_year > 1)  # fmt: skip


def test_pages_say_what_cannot_count_any_more_and_promise_no_green(cast: Cast, at: Callable[..., Any]) -> None:
    report, browser = company(cast, 2), at()
    for where in (f"/reports/{report.pk}/path/", f"/reports/{report.pk}/check/", "/home/"):
        page = browser.get(where).content.decode()
        assert "only what was done by 30 September 2020 counts" in page, where
        assert "Tell the public about your due diligence" in page
    this, coming = ways.ways_of(report, ENDED)
    assert [step.key for step in this.path.too_late] == ["publication"]
    assert "publication" in coming.keys  # it stands under the next year
    assert "is done by 30 September 2021" in browser.get(f"/reports/{report.pk}/path/").content.decode()


def test_steps_of_the_next_year_lead_to_pages_of_that_year(cast: Cast) -> None:
    report = company(cast, 2)
    _this, coming = ways.ways_of(report, ENDED)
    rows = {
        row.step.key: presentation.step_row(report, coming.year, coming.pack, row.step, "en") for row in coming.rows
    }
    assert rows["plan"]["url"] == "/plan/2/"
    assert rows["key:q-2-3-01"]["url"] == "/risks/years/2/"
    assert rows["key:q-1-1-01"]["url"] == ""  # the questions of that year are not there yet
    assert rows["key:q-2-1-01"]["url"] == "/chains/checked/"
    this = {
        row.step.key: presentation.step_row(report, report.year, coming.pack, row.step, "en") for row in coming.rows
    }
    assert this["plan"]["url"] == "/plan/1/"
    assert this["key:q-1-1-01"]["url"] == f"/reports/{report.pk}/questions/q-1-1-01/"
    assert presentation.address("plan_edit", CovenantYear(number=9)) == ""  # not opened


def test_what_belongs_to_the_year_is_planned_before_it_ends(cast: Cast) -> None:
    """In June the report of the running year is due in December; telling the public has to be done by September."""
    step = Step("publication", "", Decimal(0), 120, until=dt.date(2020, 9, 30))
    path = Path((step,), Decimal(10), Fraction(20), Decimal(30), "green", True)
    [row] = planned(path, {}, first=RUNNING, last=dt.date(2020, 12, 31))
    assert (row.on, row.is_late) == (dt.date(2020, 9, 30), False)
    [own] = planned(path, {"publication": Own(on=dt.date(2020, 10, 1))}, first=RUNNING, last=dt.date(2020, 12, 31))
    assert own.is_late
