"""Checks on the quality of a report, by hand; they name what to look at and never touch a point."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.assessment import world
from tests.cast import NOW, Cast
from toetssteen.assessment import behind, frozen, quality, results
from toetssteen.assessment.quality import Outcome
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.risks.models import Rejection, Risk

ON = dt.date(2020, 11, 15)
LATER = "LATER-WORDS"


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    """It is the day of the cast."""
    settings.DEMO_TODAY = NOW.date().isoformat()


@pytest.fixture
def pack(cast: Cast) -> Pack:
    return pack_of(cast.years[1])


def risk(letter: str, scale: int | None = 3, likelihood: int | None = 3, **more: Any) -> dict[str, Any]:
    """A risk as a report freezes it, rated alike in every dimension."""
    rated = {"scale": scale, "scope": scale, "irremediable": scale, "likelihood": likelihood}
    return {
        "letter": letter, "theme": "ohs", "country": "IN", "is_actual": False, "severity_reason": "Stof.",
        "sources": [{"kind": "site visit", "said_on": "2020-03-01"}], "chains": [], **rated, **more,
    }  # fmt: skip


def content(*risks: dict[str, Any], moves: Any = (), views: Any = (), chains: Any = (), **more: Any) -> dict[str, Any]:
    """A frozen report with these risks."""
    part = {"rows": list(risks), "moves": list(moves), "views": list(views), "ended": []}
    return {"risks": part, "chains": list(chains), "year": {"number": 1}, "plan": None, "results": None, **more}


def goal(text: str = "Alle zagen in Chandia werken met water", **more: Any) -> dict[str, Any]:
    """A goal as a report freezes it."""
    return {
        "theme": "ohs", "text": text, "is_smart": True, "indicator": "aandeel zagen (%)", "baseline": "20 %",
        "target": "80 %", "deadline": "2021-09-30", "evaluated_on": None, "actions": [], **more,
    }  # fmt: skip


def action(text: str, state: str, due: str, **more: Any) -> dict[str, Any]:
    """An action as a report freezes it."""
    return {"text": text, "state": state, "progress": 0, "due_on": due, "has_proof": False, **more}


def plan(*goals: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"delivered_on": None, "present": True, "summary": "", "objectives": list(goals), **more}


def found(pack: Pack, sub_step: str, said: dict[str, Any]) -> dict[str, quality.Check]:
    return {check.id: check for check in quality.checks_for(pack, sub_step, said, ON)}


def test_an_order_by_severity_is_in_order_and_a_bare_move_is_not(pack: Pack) -> None:
    """By hand: 5, 4, 3 falls. With 3 placed first, one move (the 3) explains the rest."""
    high, middle, low = risk("A", 5), risk("B", 4), risk("C", 3)
    assert found(pack, "2.3", content(high, middle, low))["order"].outcome == Outcome.OK
    bare = found(pack, "2.3", content(low, high, middle))["order"]
    assert (bare.outcome, len(bare.rows)) == (Outcome.LOOK, 1)
    assert bare.rows[0].startswith("C ")
    explained = content(low, high, middle, moves=[{"risk": "C", "passed": "A", "up": True, "reason": "Kind gewond."}])
    assert found(pack, "2.3", explained)["order"].outcome == Outcome.OK
    without = content(low, high, middle, moves=[{"risk": "C", "passed": "A", "up": True, "reason": " "}])
    assert found(pack, "2.3", without)["order"].outcome == Outcome.LOOK, "an empty reason is none"
    assert found(pack, "2.3", content())["order"].outcome == Outcome.NOTHING
    assert found(pack, "2.3", {"plan": None}) == {}, "a report from before risks were kept says nothing of them"


def test_a_reason_for_one_pair_does_not_explain_a_graver_risk_at_the_end(pack: Pack) -> None:
    """By hand: B 3 above A 4 with a reason; C 5 stands last, and nobody said why."""
    moves = [{"risk": "B", "passed": "A", "up": True, "reason": "Kind gewond."}]
    said = content(risk("B", 3), risk("A", 4), risk("C", 5), moves=moves)
    order = found(pack, "2.3", said)["order"]
    assert (order.outcome, [row[0] for row in order.rows]) == (Outcome.LOOK, ["B", "A"])
    hop = content(risk("C", 3, 5), risk("A", 5, 4), risk("B", 5, 2), moves=[{**moves[0], "risk": "C", "passed": "B"}])
    assert found(pack, "2.3", hop)["order"].outcome == Outcome.LOOK, "past A without a reason of its own"
    back = [{"risk": "A", "passed": "C", "up": False, "reason": "A heeft al een plan."}]
    lowered = content(risk("C", 3, 5), risk("A", 5, 4), moves=back)
    assert found(pack, "2.3", lowered)["order"].outcome == Outcome.OK


def test_sources_that_are_all_old_are_a_look_and_a_profile_of_a_year_has_a_date(pack: Pack) -> None:
    """Handed in on 15 November 2020: October 2015 is older than five years, November 2015 is not."""

    def check(*sources: dict[str, Any]) -> quality.Check:
        return found(pack, "2.2", content(risk("A", sources=list(sources))))["sourced"]

    old, young = ({"kind": "site visit", "said_on": day} for day in ("2015-10-31", "2015-11-01"))
    assert (check(old).is_look, check(old).rows[0][0]) == (True, "A")
    assert "older than five years" in check(old).sentence
    assert check(young).is_ok
    assert check(old, young).is_ok
    yearly = next(p.id for p in pack.risk_profiles if p.source_date == "2026")
    undated = next(p.id for p in pack.risk_profiles if p.source_date is None)
    assert check({"kind": "public report", "said_on": None, "profile": yearly}).is_ok
    assert "no source with a date" in check({"kind": "public report", "said_on": None, "profile": undated}).sentence
    (ground, _scans) = behind.grounds_for(pack, "2.2", content(risk("A", sources=[old])), ON)
    assert "(older than five years)" in ground.rows[0].lines[-1]


def test_an_unrated_risk_is_named(pack: Pack) -> None:
    rated = found(pack, "2.3", content(risk("A", 5), risk("B", None), risk("C", 3, severity_reason="")))["rated"]
    assert rated.outcome == Outcome.LOOK
    assert [row[0] for row in rated.rows] == ["B", "C"]
    assert "2 of 3" in rated.sentence


def test_a_list_ordered_like_volume_is_questioned(pack: Pack) -> None:
    """By hand: shares 50, 30, 15, 5 fall with the order; with the last two swapped they do not."""
    names = ["w", "x", "y", "z"]
    shares = dict(zip(names, ["0.50", "0.30", "0.15", "0.05"], strict=True))
    chains = [{"material": "granite", "trade_name": n, "share_of_volume": s} for n, s in shares.items()]
    rows = [risk(n.upper(), chains=[{"material": "granite", "trade_name": n}]) for n in names]
    assert found(pack, "2.3", content(*rows, chains=chains))["volume"].outcome == Outcome.LOOK
    swapped = [rows[0], rows[1], rows[3], rows[2]]
    assert found(pack, "2.3", content(*swapped, chains=chains))["volume"].outcome == Outcome.OK
    assert found(pack, "2.3", content(*rows[:3], chains=chains))["volume"].outcome == Outcome.LOOK
    assert "volume" not in found(pack, "2.3", content(*rows[:2], chains=chains)), "two are too few to say"


def test_views_and_sources_are_asked_for(pack: Pack) -> None:
    assert found(pack, "2.3", content(risk("A")))["heard"].is_look
    heard = content(risk("A"), views=[{"who": "Bond", "said_on": "2020-05-01", "said": "Ja"}])
    assert found(pack, "2.3", heard)["heard"].is_ok
    bare = found(pack, "2.2", content(risk("A"), risk("B", sources=[{"kind": "audit", "said_on": None}])))["sourced"]
    assert [row[0] for row in bare.rows] == ["B"]


def test_goals_that_cannot_be_measured_are_named_with_what_is_missing(pack: Pack) -> None:
    said = content(plan=plan(goal(), goal("Kort", indicator="", target=""), goal(deadline=None, baseline="")))
    checks = found(pack, "3.1", said)
    assert len(checks["smart"].rows) == 2
    assert checks["smart"].rows[0].startswith("Kort: ")
    assert "2 of 3" in checks["smart"].sentence
    assert len(checks["baseline"].rows) == 2
    assert found(pack, "3.1", content(plan=plan(goal())))["smart"].is_ok


def test_actions_that_wait_or_are_late_are_named(pack: Pack) -> None:
    """Handed in on 15 November 2020: due within 90 days is before 14 February 2021."""
    actions = [
        action("te laat", "in progress", "2020-11-14", progress=50),
        action("op de dag zelf", "in progress", "2020-11-15", progress=50),
        action("nog niet begonnen, binnenkort", "not started", "2021-02-13"),
        action("nog niet begonnen, later", "not started", "2021-02-14"),
        action("klaar zonder bewijs", "done", "2020-01-01", progress=100),
        action("gestopt", "stopped", "2020-01-01"),
    ]
    checks = found(pack, "3.2", content(plan=plan(goal(actions=actions))))
    assert [row.split(" (")[0] for row in checks["overdue"].rows] == ["te laat"]
    assert [row.split(" (")[0] for row in checks["started"].rows] == ["nog niet begonnen, binnenkort"]
    assert checks["proven"].rows == ("klaar zonder bewijs",)
    good = content(plan=plan(goal(actions=[action("x", "done", "2020-01-01", has_proof=True)])))
    assert all(check.is_ok for check in found(pack, "3.2", good).values())


def test_corrective_plans_that_slip_are_named(pack: Pack) -> None:
    rows = [
        {"number": 1, "state": "open", "review_on": "2020-11-01", "steps": []},
        {"number": 2, "state": "done", "review_on": "2020-01-01", "steps": []},
        {"number": 3, "state": "improving", "review_on": "2021-01-01",
         "steps": [{"text": "s", "due_on": "2020-10-01", "state": "in progress"}]},
    ]  # fmt: skip
    check = found(pack, "3.2", content(plan=plan(goal()), corrections=rows))["corrected"]
    assert check.is_look
    assert [row.split(":")[0] for row in check.rows] == ["Agreement 1", "Agreement 3"]


def test_goals_without_reading_or_evaluation_are_named(pack: Pack) -> None:
    reading = {"value": "40", "unit": "%", "measured_on": "2020-08-01", "words": "", "source": "count"}
    measured = {
        "goals": [
            {"text": "gelezen", "in_plan": True, "years": [{"number": 1, "readings": [reading]}], "evaluation": None},
            {"text": "niet gelezen", "in_plan": True, "years": [{"number": 1, "readings": []}], "evaluation": None},
            {"text": "vorig plan", "in_plan": False, "years": [{"number": 1, "readings": [reading]}],
             "evaluation": {"evaluated_on": "2020-09-01", "method": "bezoek", "consultations": []}},
        ],
        "year": None,
    }  # fmt: skip
    ended = goal("afgelopen doel van dit plan", deadline="2020-06-01")
    checks = found(pack, "4.1", content(plan=plan(ended), results=measured))
    assert checks["read"].rows == ("niet gelezen",)
    assert checks["evaluated"].rows == ("afgelopen doel van dit plan",)
    assert checks["consulted"].is_look
    measured["goals"][2]["evaluation"]["consultations"] = [{"kind": "workers", "who": "tien zagers"}]
    assert found(pack, "4.1", content(plan=plan(), results=measured))["consulted"].is_ok


def test_the_grounds_count_and_name_what_was_frozen(pack: Pack) -> None:
    said = content(risk("A", 5, 5, is_actual=True), risk("B", None), views=[{"who": "Bond", "said": "Ja"}])
    risks, scans = behind.grounds_for(pack, "2.2", said, ON)
    assert risks.summary == "2 risks, 1 of them actual harm"
    assert [row.mark for row in risks.rows] == ["actual harm", ""]
    assert "Own visit, 1 March 2020" in risks.rows[0].lines[-1]
    assert scans.is_empty
    priorities, moves, views = behind.grounds_for(pack, "2.3", said, ON)
    assert priorities.summary == "2 risks in order, 1 put first"
    assert "severity unrated" in priorities.rows[1].lines[0]
    assert (moves.is_empty, len(views.rows)) == (True, 1)
    old = behind.grounds_for(pack, "2.3", {"plan": None}, ON)
    assert all(ground.unknown for ground in old)
    assert all(ground.unknown for ground in behind.grounds_for(pack, "6.1", {"plan": None}, ON))


def test_the_ground_of_the_scans_follows_the_rule_of_the_fact(pack: Pack) -> None:
    """Year 1 ends on 30 September 2020: a look of 30 September 2018 is too old; a chain without a country counts."""
    year = {"number": 1, "ends_on": "2020-09-30"}
    own = sorted(pack.own_situations)[0]

    def chain(extraction: str, on: str | None, **more: Any) -> dict[str, Any]:
        where = {"extraction_country": extraction, "processing_country": extraction}
        return {
            "situation": own, "material": "granite", "trade_name": "", "share_of_volume": None, "risk_scan_on": on,
            **where, **more,
        }  # fmt: skip

    chains = [chain("IN", "2018-10-01"), chain("IN", "2018-09-30"), chain("", None), chain("DE", None),
              chain("IN", None, situation="X")]  # fmt: skip
    _risks, scans = behind.grounds_for(pack, "2.2", content(chains=chains, year=year), ON)
    assert [row.mark for row in scans.rows] == ["", "too long ago", "not looked at"]
    assert scans.summary == "3 chains from outside the free area, 1 looked at"
    assert "country not given" in scans.rows[2].title


def test_the_grounds_say_which_risk_passed_which_and_what_was_put_aside(pack: Pack) -> None:
    moves = [{"risk": "B", "passed": "A", "up": False, "reason": "Er is al een plan."}]
    said = content(risk("A", theme="living_wage"), risk("B"), moves=moves)
    _order, ground, _views = behind.grounds_for(pack, "2.3", said, ON)
    assert re.fullmatch(r"B [^,]+, India below A [^,]+, India", ground.rows[0].title)
    said["risks"]["put_aside"] = [{"theme": "forced_labour", "country": "IN", "reason": "Wij waren daar."}]
    risks, _scans = behind.grounds_for(pack, "2.2", said, ON)
    assert (len(risks.rows), risks.rows[-1].mark) == (3, "put aside")
    assert "Wij waren daar." in risks.rows[-1].lines[0]
    assert risks.summary.startswith("2 risks"), "what was put aside is no risk"


def filed(cast: Cast) -> Report:
    """Mason Stone's report with a risk, and a goal with an action."""
    firm = cast.organisations["mason"]
    Risk.objects.create(
        organisation=firm, year_number=1, theme="ohs", country="IN", is_actual=True, description="Stof bij het zagen."
    )
    one = Plan.objects.create(organisation=firm, year=cast.years[1])
    wanted = Objective.objects.create(plan=one, theme="ohs", text="Nat zagen bij alle fabrieken", is_smart=True)
    PlannedAction.objects.create(objective=wanted, text="Zaag met water kopen", due_on=dt.date(2020, 11, 1))
    return world.submitted(cast, plan=False)


def page(client: Client, report: Report, question: str) -> str:
    response = client.get(reverse("assess_question", args=[report.pk, question]), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_desk_shows_what_a_question_rests_on_from_the_frozen_report_alone(cast: Cast, client: Client) -> None:
    report = filed(cast)
    world.take(cast, report)
    Risk.objects.update(description=LATER)
    Objective.objects.update(text=LATER)
    PlannedAction.objects.update(text=LATER)
    cast.sign_in(client, "assessor")
    risks, goals, actions = (page(client, report, q) for q in ("q-2-2-01", "q-3-1-02", "q-3-2-02"))
    assert "1 risk, 1 of them actual harm" in risks
    assert "Stof bij het zagen." in risks
    assert "Nat zagen bij alle fabrieken" in goals
    assert "Zaag met water kopen" in actions
    assert "1 action was past its date on the day of handing in." in actions
    assert "gives and takes no points" in actions
    assert not any(LATER in text for text in (risks, goals, actions))
    assert "What this rests on" not in page(client, report, "q-1-1-01")


def test_checks_never_change_a_point_or_the_proposal(cast: Cast) -> None:
    """The same answers with and without everything that the checks object to: the same score, the same proposal."""
    report = filed(cast)
    before = world.desk(cast, report)
    assert any(check.is_look for check in quality.all_checks(before.pack, before.content, ON))
    snapshot = Snapshot.objects.get(report=report)
    nothing = {"rows": [], "moves": [], "views": [], "ended": []}
    cleaned = {**snapshot.content, "risks": nothing, "plan": plan(), "results": None}
    assert not any(check.is_look for check in quality.all_checks(before.pack, cleaned, ON))
    snapshot.content = cleaned  # in memory only: nothing changes a snapshot
    after = frozen.filing_from(snapshot, report)
    levels = results.derived_levels(before.pack, after)
    assert levels == results.derived_levels(before.pack, before.filing)
    assert (
        results.outcome(before.pack, after, levels).proposal
        == results.outcome(before.pack, before.filing, levels).proposal
    )


def test_as_many_queries_for_one_risk_as_for_three(cast: Cast, client: Client) -> None:
    """Two companies in the same year, of which one has three risks and two proposals put aside."""
    first = filed(cast)
    for theme in ("child_labour", "environment", "ohs"):
        Risk.objects.create(organisation=cast.organisations["granite"], year_number=1, theme=theme, is_actual=False)
    for key in ("profile:rp-01", "profile:rp-02"):
        Rejection.objects.create(
            organisation=cast.organisations["granite"], key=key, year_number=1, reason="Not there", rejected_at=NOW
        )
    plans = Plan.objects.create(organisation=cast.organisations["granite"], year=cast.years[1])
    wanted = Objective.objects.create(plan=plans, theme="ohs", text="Water", is_smart=True)
    PlannedAction.objects.create(objective=wanted, text="Buy a saw", due_on=dt.date(2020, 11, 1))
    second = world.submitted(cast, "rival", plan=False)
    counts = []
    cast.sign_in(client, "assessor")
    for report in (first, second):
        world.take(cast, report)
        for question in ("q-2-2-01", "q-2-3-01"):
            page(client, report, question)
            with CaptureQueriesContext(connection) as spent:
                page(client, report, question)
            counts.append(len(spent))
    assert counts[:2] == counts[2:]


def test_the_whole_report_lists_every_check_once(cast: Cast, client: Client) -> None:
    report = filed(cast)
    cast.sign_in(client, "assessor")
    text = client.get(reverse("report_as_submitted", args=[report.pk]), headers={"accept-language": "en"})
    shown = text.content.decode()
    assert shown.count('id="quality"') == 1
    assert "No view of a stakeholder on the priorities was recorded." in shown
