"""Evaluations count as a fact, keep setbacks, feed the next plan, and stand in the report as it was handed in."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.evaluation.conftest import LAST, NOW, SECRET, TODAY
from toetssteen.core.frameworks import Share
from toetssteen.covenant.queries import pack_of
from toetssteen.evaluation import filed, queries, services
from toetssteen.evaluation.models import Evaluation
from toetssteen.foundation import hooks
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.plans import queries as plan_queries
from toetssteen.plans import services as plan_services
from toetssteen.plans.models import Objective, Plan, PlannedAction


def evaluated(cast, year=LAST):
    organisation, chosen = cast.organisations["mason"], cast.years[year]
    facts = plan_queries.plan_facts(organisation.pk, pack_of(chosen), chosen)
    return facts["evaluation.goals_evaluated_share"]


def test_an_evaluation_makes_its_goal_in_that_years_plan_count_as_evaluated(cast, line, evaluate):
    goals = line()
    line()
    assert evaluated(cast) == Share(0, 2)
    evaluate(goals[1])  # said of last year's goal, about this year: the goal that came along counts
    assert evaluated(cast) == Share(1, 2)
    assert goals[2].__class__.objects.get(pk=goals[2].pk).evaluated_on == TODAY
    assert evaluated(cast, year=2) == Share(0, 2)  # the report of that year said what it said
    row = evaluate(goals[2], "adapt", row_version=1)
    assert (Evaluation.objects.count(), row.conclusion, row.goal_id) == (1, "adapt", goals[0].pk)
    with pytest.raises(StaleRow):
        evaluate(goals[2], "stop", row_version=1)


def test_a_year_that_was_handed_in_is_closed_and_another_goal_does_not_belong(cast, line, evaluate, note):
    goals = line()
    with pytest.raises(Refused, match="handed in with the report"):
        evaluate(goals[1], year=2)
    with pytest.raises(Refused, match="handed in with the report"):
        note(goals[1], 5, year=2, page=2)
    with pytest.raises(Refused, match="does not stand on the page"):
        evaluate(goals[0])
    (rivals,) = line("granite", (3,))
    with pytest.raises(Refused):
        evaluate(rivals)
    with pytest.raises(Refused, match="Only editors"):
        note(rivals, 5)
    assert not Evaluation.objects.exists()


def test_a_setback_is_explained_and_who_was_consulted_is_kept(line, evaluate):
    goal = line()[-1]
    with pytest.raises(ValidationError, match="setback"):
        evaluate(goal, setback_kind="supplier")
    with pytest.raises(ValidationError, match="Say what was reached"):
        evaluate(goal, reached="")
    said = (services.ConsultationData("workers", "twelve sawyers", TODAY, "talk without the boss", "It chafes"),)
    row = evaluate(goal, setback_kind="supplier", not_reached="The factory sold the saws", consultations=said)
    assert row.is_setback
    row = evaluate(goal, row_version=1, consultations=said)
    assert not row.is_setback
    assert [(c.who, c.said) for c in row.consultations.all()] == [("twelve sawyers", "It chafes")]


def test_conclusions_stand_beside_the_goal_of_the_new_plan_and_of_the_one_before(cast, line, evaluate):
    goals, secret = line(), line("granite")
    silent = line()
    evaluate(goals[2], "adapt", next_step="Ask the third factory too")
    evaluate(secret[2], firm="granite", next_step=SECRET)
    mason = cast.organisations["mason"].pk
    found = queries.conclusions_for(mason, LAST)
    assert set(found) == {goals[1].pk, goals[2].pk}
    assert found[goals[2].pk].label == "Go on, but adapt it"
    assert set(queries.conclusions_for(mason, LAST + 1)) == {goals[2].pk}
    told = hooks.said("conclusions_of_goals", organisation_id=mason, year_number=LAST)[0]
    assert told[goals[2].pk]["next_step"] == "Ask the third factory too"
    assert silent[2].pk not in told
    assert SECRET not in str(told)


def test_a_goal_is_taken_along_as_its_evaluation_says(cast, line, evaluate):
    done = line(years=(2,))[0]
    line(years=(3,))
    PlannedAction.objects.create(objective=done, text="Pumps", state="in progress")

    def take(goal):
        return services.take_up(actor=cast.actor("editor"), goal_id=goal.pk, now=NOW)

    with pytest.raises(Refused, match="Evaluate this goal first"):
        take(done)
    evaluate(done, "adapt")
    taken = take(done)
    assert (taken.plan.year.number, taken.carried_from_id, taken.evaluated_on) == (3, done.pk, TODAY)
    assert [a.text for a in taken.actions.all()] == ["Pumps"]
    assert take(done).pk == taken.pk  # a second press changes nothing
    assert queries.conclusions_for(taken.plan.organisation_id, LAST)[taken.pk].conclusion == "adapt"
    assert evaluated(cast) == Share(1, 1)  # of the goals that were worked on; a new one waits for its first year
    with pytest.raises(Refused, match="Only editors"):
        services.take_up(actor=cast.actor("reader"), goal_id=done.pk, now=NOW)
    assert Objective.objects.filter(carried_from=done).count() == 1


def begin(cast, year=4):
    return plan_services.start_plan(
        actor=cast.actor("editor"), organisation_id=cast.organisations["mason"].pk, year_id=cast.years[year].pk, now=NOW
    )


def test_taking_along_waits_for_a_plan_that_was_not_begun_and_refuses_without_a_year(cast, line, evaluate):
    goal, other = line()[-1], line(text="Every quarry is known by name")[-1]
    evaluate(goal)
    with pytest.raises(Refused, match="was not begun yet"):
        services.take_up(actor=cast.actor("editor"), goal_id=goal.pk, now=NOW)
    assert not Plan.objects.filter(year=cast.years[4]).exists()
    plan = begin(cast)
    taken, also = plan.objectives.all()
    assert (taken.carried_from_id, also.carried_from_id) == (goal.pk, other.pk)
    assert taken.evaluated_on is None  # evaluated about year 3, not about year 4
    cast.years[5].delete()
    evaluate(taken, year=4)
    with pytest.raises(Refused, match="has not been opened"):
        services.take_up(actor=cast.actor("editor"), goal_id=taken.pk, now=NOW)


def test_a_plan_begins_with_what_goes_on_and_without_what_was_concluded_as_stopped_or_reached(cast, line, evaluate):
    said = {"stop": line(), "new": line(), "continue": line(), "adapt": line(), "": line(), "done": line()}
    for conclusion, goals in said.items():
        if conclusion in ("stop", "new", "continue", "adapt"):
            evaluate(goals[2], conclusion)
    for name in ("continue", "done"):  # a finished goal goes on only where somebody concluded that
        PlannedAction.objects.create(objective=said[name][2], text="Pumps", state="done", progress=100)
    plan = begin(cast)
    on = {goal.carried_from_id for goal in plan.objectives.all()}
    assert on == {said[name][2].pk for name in ("continue", "adapt", "")}
    left = said["stop"][2]
    there = services.take_up(actor=cast.actor("editor"), goal_id=left.pk, now=NOW)
    assert (there.plan_id, there.carried_from_id) == (plan.pk, left.pk)


def test_the_goals_that_were_worked_on_count_whether_they_go_on_or_not(cast, line, evaluate):
    stays, stopped, finished = line(), line(years=(1, 2)), line(years=(1, 2))
    Objective.objects.create(plan=stays[2].plan, theme="ohs", text="A goal that is new this year")
    # Plan 2 has three goals; one goes on in plan 3 beside a new one.
    assert evaluated(cast) == Share(0, 3)
    evaluate(stopped[1], "stop")
    evaluate(finished[1], "new")
    assert evaluated(cast) == Share(2, 3)
    evaluate(stays[2])
    assert evaluated(cast) == Share(3, 3)
    assert evaluated(cast, year=1) == Share(0, 3)  # the first year looks at its own plan
    Evaluation.objects.update(year_number=2)
    Objective.objects.update(evaluated_on=None)
    assert evaluated(cast) == Share(0, 3)  # what was written about another year is no evaluation of this one


def test_records_that_say_not_which_goal_goes_on_are_counted_as_before(cast, line):
    line(years=(2,))
    goals = line(years=(3,)), line(years=(3,))
    goals[0][0].evaluated_on = TODAY
    goals[0][0].save()
    assert evaluated(cast) == Share(1, 2)


def test_a_plan_that_starts_after_the_evaluation_knows_it(cast, line, evaluate):
    goals = line(years=(1, 2))
    evaluate(goals[1])
    plan = begin(cast, 3)
    assert [goal.evaluated_on for goal in Plan.objects.get(pk=plan.pk).objectives.all()] == [TODAY]


def test_what_is_handed_in_holds_the_years_the_gaps_and_the_conclusion(cast, line, note, evaluate):
    goals = line()
    note(goals[2], 50, given_by="local union")
    evaluate(goals[2], "adapt", setback_kind="context", not_reached="A flood")
    evaluate(None, own_change="We order two weeks earlier")
    secret = line("granite")[2]
    note(secret, words=SECRET, firm="granite")
    mason, year = cast.organisations["mason"], cast.years[LAST]
    frozen = queries.results_handed_in(mason.pk, year)
    assert SECRET not in str(frozen)
    (goal,) = frozen["goals"]
    given = [(y["number"], [r["value"] for r in y["readings"]]) for y in goal["years"]]
    assert given == [
        (1, []),
        (2, []),
        (3, ["50"]),
    ]
    assert (goal["evaluation"]["conclusion"], frozen["year"]["own_change"]) == ("adapt", "We order two weeks earlier")
    shown = filed.filed_results(pack_of(year), {"results": frozen}, {1: "one", 2: "two", 3: "three"})
    last = shown["goals"][0]["years"][-1]
    assert (last["label"], last["way"], last["readings"][0]["said"]) == ("three", "50% of the way", "50%")
    assert queries.results_handed_in(cast.organisations["euro"].pk, year) is None
    assert filed.filed_results(pack_of(year), {}, {}) is None
