"""What is missing in a report: one rule each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import NOW, Cast
from tests.reporting import world
from toetssteen.reporting import completeness, queries, services
from toetssteen.reporting.completeness import Severity
from toetssteen.reporting.models import Answer, Report


def found(report: Report, code: str) -> dict[str, str]:
    """The findings of one rule, by the place they point at."""
    return {f.place_id: str(f.sentence) for f in queries.findings(report) if f.code == code}


@pytest.fixture
def full(cast: Cast, report: Report) -> Report:
    """Everything is answered, with words."""
    world.answer_all(cast, report)
    return report


def test_an_asked_question_without_an_answer_stops_handing_in(cast: Cast, full: Report) -> None:
    assert not completeness.stops(queries.findings(full))
    Answer.objects.filter(report=full, question__in=["q-1-1-01", "q-1-1-03"]).delete()
    assert found(full, "unanswered") == {
        "q-1-1-01": "Key question 1.1.1 has no answer",
        "q-1-1-03": "Question 1.1.3 has no answer",
    }
    assert len(completeness.stops(queries.findings(full))) == 2


def test_words_alone_are_no_answer_but_not_knowing_is_one(cast: Cast, full: Report) -> None:
    world.answer(cast, full, "q-1-1-03", "", text="Some words")
    assert set(found(full, "unanswered")) == {"q-1-1-03"}
    world.answer(cast, full, "q-1-1-03", "", dont_know=True)
    assert not found(full, "unanswered")


def test_a_question_of_a_later_year_is_not_asked(cast: Cast, full: Report) -> None:
    assert not full.answers.filter(question="q-2-2-02").exists()
    assert "q-2-2-02" not in found(full, "unanswered")
    full.report_year = 2
    assert "q-2-2-02" in found(full, "unanswered")


def test_last_years_answer_has_to_be_confirmed(cast: Cast, full: Report) -> None:
    full.answers.filter(question="q-1-1-05").update(needs_confirmation=True)
    sentences = found(full, "unconfirmed")
    assert list(sentences) == ["q-1-1-05"]
    assert "still has last year's answer" in sentences["q-1-1-05"]
    assert len(completeness.stops(queries.findings(full))) == 1


def test_evidence_and_words_are_advice_at_a_high_level(cast: Cast, full: Report, evidence: Any) -> None:
    world.answer(cast, full, "q-1-1-01", "fully")
    world.answer(cast, full, "q-1-1-03", "partly")
    assert "q-1-1-01" in found(full, "evidence")
    assert "q-1-1-03" not in found(full, "evidence")
    assert set(found(full, "explanation")) == {"q-1-1-01", "q-1-1-03"}
    services.attach_evidence(
        actor=cast.actor("editor"), report_id=full.pk, question_id="q-1-1-01", evidence_id=evidence().pk, now=NOW
    )
    assert "q-1-1-01" not in found(full, "evidence")
    advice = {f.code for f in queries.findings(full) if f.severity is Severity.ADVICE}
    assert advice <= {"evidence", "explanation", "plan_detail"}


def test_what_the_rule_of_the_year_asks_is_missing_for_green(cast: Cast, full: Report) -> None:
    world.answer(cast, full, "q-1-1-01", "none", text="No policy yet")
    green = {(f.code, f.place, f.place_id) for f in queries.findings(full) if f.severity is Severity.GREEN}
    assert ("key", "question", "q-1-1-01") in green
    world.answer(cast, full, "q-1-1-01", "fully", text="Now there is one")
    green = {(f.code, f.place, f.place_id) for f in queries.findings(full) if f.severity is Severity.GREEN}
    assert ("key", "question", "q-1-1-01") not in green
    assert all(f.severity is not Severity.SUBMIT for f in queries.findings(full))


def test_a_goal_of_last_year_waits_for_a_decision_as_an_answer_does(cast: Cast, full: Report) -> None:
    from toetssteen.plans import services as plans
    from toetssteen.plans.models import Objective

    keys: dict[str, Any] = {"actor": cast.actor("editor"), "now": NOW}
    plan = plans.start_plan(organisation_id=full.organisation_id, year_id=full.year_id, **keys)
    data = plans.ObjectiveData(text="All saws work with water", theme="child_labour")
    plans.save_objective(plan_id=plan.pk, objective_id=None, data=data, row_version=None, **keys)
    assert not completeness.stops(queries.findings(full))
    Objective.objects.update(needs_confirmation=True)
    (stop,) = completeness.stops(queries.findings(full))
    assert (stop.code, stop.place) == ("carried_goals", "plan")
    assert str(stop.sentence).startswith("1 goal of last year's plan waits")
    plans.confirm_all(plan_id=plan.pk, **keys)
    assert not completeness.stops(queries.findings(full))
