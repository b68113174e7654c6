"""The way to green by hand and against trying everything; what-if; the page with its own hours and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, TODAY, Cast, raw_pack
from tests.reporting import world
from tests.reporting.conftest import PDF  # noqa: F401  the fixtures of this folder are used
from toetssteen.core.frameworks import Marked, Pack, Share, load_pack
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.reporting import ahead, planning, services, trying, ways
from toetssteen.reporting.estimate import Standing, levels_of
from toetssteen.reporting.missing import Path, path_to_green
from toetssteen.reporting.models import Answer, PathStep, Report, Snapshot
from toetssteen.reporting.todo import Step

YEAR_END = dt.date(2021, 9, 30)
IN_TIME = dt.date(2021, 6, 1)
FULL = Share(20, 20)


@cache
def pack_with(minimum: int | str | None = None, year: int = 2) -> Pack:
    """The project's own pack; with a minimum, that score is asked of type C in the year."""
    pack = load_pack(raw_pack())
    if minimum is None:
        return pack
    rules = tuple(
        replace(r, min_score=Marked(Fraction(minimum), "fact")) if r.year == year else r for r in pack.year_rules["C"]
    )
    return replace(pack, year_rules={**pack.year_rules, "C": rules})


def standing(
    pack: Pack, *, levels: dict[str, str] | None = None, facts: dict[str, Any] | None = None, plan: bool = True
) -> Standing:
    """A company of 20 chains that has everything, except what is given here."""
    known: dict[str, Any] = {
        fact: FULL if platform.unit == "percent" else 0 for fact, platform in pack.framework.platform_facts.items()
    }
    known |= {"chains.non_eea_count": 20, "grievance.promotion_count": 3, "coverage.gaps_count": 1, **(facts or {})}
    known.pop("publication.last_public_report_date", None)
    given = {q.id: "fully" for q in pack.questions_for("C")} | (levels or {})
    counted = levels_of(pack, "C", None, known, given)
    coverage = {level.id: known[level.fact or ""] for level in pack.coverage_levels}
    return Standing("C", None, 2, YEAR_END, counted, known, coverage, plan)


def told(path: Path) -> list[tuple[str, str, int]]:
    return [(step.kind, step.subject, step.count) for step in path.steps]


# --- by hand


def test_coverage_key_question_and_both_duties_and_nothing_else() -> None:
    """Year 2 asks 75 % of the factories: 15 of 20, so 3 more; 40 points are there long before."""
    pack = pack_with()
    facts = {"coverage.factories": Share(12, 20), "risks.prioritised_share": Share(1, 4), "publication.age_months": 30}
    path = path_to_green(pack, standing(pack, facts=facts, plan=False), IN_TIME)
    assert told(path) == [
        ("coverage", "factories", 3), ("plan", "", 0), ("key", "q-2-3-01", 3), ("publication", "", 0)
    ]  # fmt: skip
    assert path.meets_after
    assert path.steps[0].minutes == 3 * 15
    assert path_to_green(pack, standing(pack), IN_TIME).steps == ()


def test_points_by_hand() -> None:
    """1.1.2 and 5.1.3 are worth 2 points each, 1.1.3 is worth 1.5: 8/36 of 9, 8/40 of 10, 6/36 of 9."""
    none = {"q-1-1-02": "none", "q-5-1-03": "none", "q-1-1-03": "none"}
    one = path_to_green(pack_with("96.5"), standing(pack_with("96.5"), levels=none), IN_TIME)
    assert one.total == Decimal("94.50")
    [step] = one.steps
    assert (step.subject in ("q-1-1-02", "q-5-1-03"), step.level_wanted, step.gain) == (True, "fully", Decimal("2.00"))
    most = path_to_green(pack_with("95.9"), standing(pack_with("95.9"), levels=none), IN_TIME)
    [step] = most.steps
    assert (step.level_wanted, step.gain, step.minutes) == ("largely", Decimal("1.40"), 10)
    assert len(path_to_green(pack_with("98.1"), standing(pack_with("98.1"), levels=none), IN_TIME).steps) == 2


def test_doing_more_of_what_is_counted_is_a_step_too() -> None:
    """Half of the suppliers signing instead of 4 of 10 gives 0.4 of 8/44 of 11: 0.80 points for one supplier more."""
    pack = pack_with("99.4")
    facts = {"suppliers.signed_code_share": Share(4, 10)}
    path = path_to_green(pack, standing(pack, facts=facts), IN_TIME)
    assert path.total == Decimal("98.60")
    [step] = path.steps
    assert (step.kind, step.subject, step.count, step.gain, step.minutes) == (
        "fact", "q-1-2-04", 1, Decimal("0.80"), 20
    )  # fmt: skip
    assert path.after == Decimal("99.40")


# --- hours and days


def test_days_are_divided_by_how_long_things_take_and_own_days_come_first() -> None:
    first, last = dt.date(2020, 11, 16), dt.date(2020, 12, 31)  # 38 days until a week before
    assert planning.suggested_days([60, 180], first, last) == [dt.date(2020, 11, 25), dt.date(2020, 12, 24)]
    assert planning.suggested_days([60], dt.date(2021, 1, 4), last) == [dt.date(2021, 1, 4)]
    steps = (Step("plan", "", Decimal(0), 60), Step("publication", "", Decimal(0), 180))
    path = Path(steps, Decimal(10), Fraction(20), Decimal(30), "green", True)
    own = {"publication": planning.Own(30, dt.date(2020, 11, 20)), "plan": planning.Own(None, dt.date(2021, 1, 5))}
    rows = planning.planned(path, own, first=first, last=last)
    assert [(row.step.kind, row.minutes, row.is_late) for row in rows] == [
        ("publication", 30, False), ("plan", 60, True)
    ]  # fmt: skip
    assert rows[0].hours == Decimal("0.50")


# --- the year after


def test_a_year_later_chains_are_to_be_checked_again_and_publications_are_older() -> None:
    today = {"chains.confirmed_share": FULL, "coverage.quarries": Share(8, 20), "risks.prioritised_share": Share(4, 4),
             "risks.count": 4, "publication.age_months": 5, "grievance.promotion_count": 2}  # fmt: skip
    today["coverage.gaps_count"] = 3
    counted = {"chains.count": 20, "coverage.gaps_count": 0}
    counted |= {"chains.confirmed_share": Share(0, 20), "coverage.quarries": Share(9, 20), "risks.count": 0,
               "risks.prioritised_share": Share(0, 0), "publication.age_months": None,
               "grievance.promotion_count": 0}  # fmt: skip
    known = ahead.facts_ahead(today, counted)
    assert known["chains.confirmed_share"] == Share(0, 20)
    assert known["coverage.quarries"] == Share(9, 20)
    assert known["risks.prioritised_share"] == Share(4, 4)  # the next year has no risks of its own yet
    assert known["publication.age_months"] == 17
    assert known["grievance.promotion_count"] == 0  # making it known is done anew each year
    assert known["coverage.gaps_count"] == 0  # no gap is left: what was asked about them is asked no more
    nothing = ahead.facts_ahead(today, {"chains.count": 0, "coverage.quarries": Share(0, 0)})
    assert nothing["coverage.quarries"] == Share(8, 20)
    own = ahead.facts_ahead(today, {**counted, "risks.count": 2, "risks.prioritised_share": Share(1, 2)})
    assert own["risks.prioritised_share"] == Share(1, 2)


def test_the_next_year_is_measured_by_its_own_demands(cast: Cast) -> None:
    """One chain of four levels, two known: year 1 asks the factories at 50 %, year 2 at 75 % and a publication."""
    for known in (4, 4, 2, 2):
        world.chain(cast, "mason", known=known, share_of_volume=25)
    report = world.open_report(cast)
    this, coming = ways.ways_of(report, TODAY)
    assert (this.standing.report_year, coming.standing.report_year) == (1, 2)
    assert (this.path.needed, coming.path.needed) == (20, 40)
    assert "coverage:quarry_areas" not in this.keys  # 2 of 4 is the half that year 1 asks
    assert {"coverage:quarry_areas", "publication", "plan"} <= coming.keys
    [areas] = [row.step for row in coming.rows if row.step.key == "coverage:quarry_areas"]
    assert areas.count in (1, 2)  # the third of four is demanded; the fourth may bring points that are short
    assert coming.year.number == 2
    assert all(row.also_this_year == (row.step.key in this.keys) for row in coming.rows)
    assert coming.minutes_alone < coming.minutes


# --- the page


def plan_form(rows: Any, seen: int, year: int, **changes: str) -> dict[str, str]:
    data = {"year": str(year), "row_version": str(seen)}
    for row in rows:
        data[f"hours {row.step.key}"] = f"{row.hours.normalize():f}"
        data[f"on {row.step.key}"] = row.on.isoformat()
    return data | changes


def test_hours_and_days_are_kept_and_only_what_was_changed(cast: Cast, report: Report, at: Callable[..., Any]) -> None:
    browser, where = at(), f"/reports/{report.pk}/path/"
    this, _coming = ways.ways_of(report, TODAY)
    key = this.rows[0].step.key
    page = browser.get(where).content.decode()
    assert "Start with:" in page
    assert "our suggestion" in page
    sent = plan_form(this.rows, 0, 1, **{f"hours {key}": "2.5", f"on {key}": "2021-02-01"})
    browser.post(where, sent)
    [row] = PathStep.objects.all()
    assert (row.key, row.minutes, row.planned_on, row.year_number) == (key, 150, dt.date(2021, 2, 1), 1)
    assert AuditEvent.objects.filter(verb="reporting.plan_steps").count() == 1
    page = browser.get(where).content.decode()
    assert "1 step is planned after 31 December 2020." in page
    # Another tab still shows what was there before: it is not overwritten.
    page = browser.post(where, plan_form(this.rows, 0, 1, **{f"hours {key}": "9"})).content.decode()
    row.refresh_from_db()
    assert row.minutes == 150
    assert f'name="row_version" value="{row.row_version}"' in page  # who saw both can save again
    browser.post(where, plan_form(this.rows, row.row_version, 1, **{f"hours {key}": "", f"on {key}": ""}))
    row.refresh_from_db()
    assert (row.minutes, row.planned_on) == (None, None)


def test_only_editors_plan_and_nobody_else_looks(cast: Cast, report: Report, at: Callable[..., Any]) -> None:
    own = {"organisation_id": report.organisation_id, "year_number": 1, "seen": None, "now": NOW}
    plan = {"plan": services.StepPlan(minutes=77, on=TODAY)}
    for name in ("reader", "rival", "assessor"):
        with pytest.raises(Refused):
            services.plan_steps(actor=cast.actor(name), changes=plan, **own)
    services.plan_steps(actor=cast.actor("editor"), changes=plan, **own)
    with pytest.raises(StaleRow):
        services.plan_steps(actor=cast.actor("editor"), changes={"plan": services.StepPlan(5)}, **{**own, "seen": 0})
    for name in ("rival", "assessor", "authority", "visitor"):
        for tail in ("path/", "what-if/", "parts/1.1/"):
            answer = at(name).get(f"/reports/{report.pk}/{tail}", follow=True)
            assert "Mason" not in answer.content.decode()
            assert answer.status_code == (200 if name == "visitor" else 404)
    assert 'name="hours' not in at("reader").get(f"/reports/{report.pk}/path/").content.decode()


def test_as_many_queries_for_three_chains_as_for_one(cast: Cast, report: Report, at: Callable[..., Any]) -> None:
    browser = at()

    def count() -> list[int]:
        found = []
        for tail in ("path/", "what-if/", "parts/1.1/"):
            browser.get(f"/reports/{report.pk}/{tail}")
            with CaptureQueriesContext(connection) as queries:
                browser.get(f"/reports/{report.pk}/{tail}")
            found.append(len(queries))
        return found

    first = count()
    for n in range(2):
        world.chain(cast, "mason", known=1, share_of_volume=None)
        services.plan_steps(
            actor=cast.actor("editor"), organisation_id=report.organisation_id, year_number=1,
            changes={f"coverage:{n}": services.StepPlan(10, TODAY)}, seen=None, now=NOW,
        )  # fmt: skip
    assert count() == first


# --- what if


def test_what_if_says_what_the_rule_would_say_and_stores_nothing(
    cast: Cast, report: Report, at: Callable[..., Any]
) -> None:
    world.answer(cast, report, "q-1-1-01", "partly", text="A start")
    rows = (Answer, PathStep, Snapshot, AuditEvent, Report)
    before = [model.objects.count() for model in rows]
    this, coming = ways.ways_of(report, TODAY)
    wish = trying.wish_of(this.pack, this.standing, {"q-1-1-01": "fully", "quarries": "1", "plan": "yes", "x": "y"})
    assert (dict(wish.levels), dict(wish.known), wish.plan) == ({"q-1-1-01": "fully"}, {"quarries": 1}, True)
    outcome = trying.outcome(this.pack, this.standing, wish)
    # 9 of 36 points in a group of 9, from 30 % to 100 %: 1.575 points, rounded once with the total. A plan with a goal
    # that can be handed in is SMART and has a starting value: 16 of the points of 3.1.
    [plans] = [outcome.now.sheet.groups[g.id] for g in this.pack.profile("C").groups if "3.1" in g.members]
    planned = plans.weight * 16 / plans.possible
    assert outcome.then.sheet.exact_total - outcome.now.sheet.exact_total == Fraction("1.575") + planned
    changed = {(reason.code, reason.subject) for reason, moved in outcome.changed if moved}
    assert changed == {("key", "q-1-1-01"), ("plan", None)}
    browser, where = at(), f"/reports/{report.pk}/what-if/"
    answer = browser.get(where, {"q-1-1-01": "fully", "quarries": "", "plan": "yes", "year": ""})
    assert answer["Location"] == f"{where}?q-1-1-01=fully&plan=yes"  # an address to send on
    page = browser.get(answer["Location"]).content.decode()
    assert f"Then you get {outcome.then.sheet.total.normalize():f}" in page
    assert page.count("met now") == 2
    later = browser.get(where, {"year": "next", "q-1-1-01": "fully"}).content.decode()
    assert f"now {coming.estimate.sheet.total.normalize():f}" in later
    browser.get(where, {"q-1-1-01": "<script>", "quarries": "9" * 40, "plan": "maybe"})
    assert [model.objects.count() for model in rows] == before
    assert Answer.objects.get(report=report, question="q-1-1-01").level == "partly"


# --- a part at once


def test_a_part_is_confirmed_and_answered_with_one_press(cast: Cast, report: Report, at: Callable[..., Any]) -> None:
    for question in ("q-1-1-01", "q-1-1-02", "q-1-1-03"):
        world.answer(cast, report, question, "largely", text="As last year")
    Answer.objects.filter(report=report, question__startswith="q-1-1").update(needs_confirmation=True)
    browser, where = at(), f"/reports/{report.pk}/parts/1.1/"
    page = browser.get(where).content.decode()
    assert "3 answers of last year stand ready." in page
    assert page.count('name="keep"') == page.count(" checked><span>Still true") == 3
    version = {a.question: a.row_version for a in Answer.objects.filter(report=report)}
    keep = [f"{question}:{version[question]}" for question in ("q-1-1-01", "q-1-1-03")]
    sent = {"keep": [*keep, "q-1-1-02:99"], "q-1-1-04-level": "fully", "q-1-1-04-text": "New words",
            "q-1-1-04-row_version": "0"}  # fmt: skip
    for question in version:
        sent |= {f"{question}-level": "largely", f"{question}-text": "As last year",
                 f"{question}-row_version": str(version[question])}  # fmt: skip
    browser.post(where, sent)
    waiting = Answer.objects.filter(report=report, needs_confirmation=True).values_list("question", flat=True)
    assert list(waiting) == ["q-1-1-02"]  # it was seen in another form
    new = Answer.objects.get(report=report, question="q-1-1-04")
    assert (new.level, new.text) == ("fully", "New words")
    assert AuditEvent.objects.get(verb="reporting.confirm_answers").detail == {"questions": ["q-1-1-01", "q-1-1-03"]}
