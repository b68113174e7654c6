"""What last year left open comes along in one act, and each goal is confirmed, changed or stopped with a reason."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY
from tests.plans.conftest import CLEAR
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import clock, hooks
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.plans import queries, services
from toetssteen.plans.models import Objective, PlannedAction
from toetssteen.risks.models import Risk


@pytest.fixture
def risk(cast):
    """A risk of Mason Stone in a year, perhaps continuing another."""

    def make(year, **fields):
        firm = cast.organisations["mason"]
        return Risk.objects.create(organisation=firm, year_number=year, theme="child_labour", is_actual=False, **fields)

    return make


def test_open_goals_come_along_with_their_open_actions_and_say_where_they_come_from(cast, start, goal, action, risk):
    old = risk(1)
    new = risk(2, carried_from=old)
    before = start()
    kept = goal(before, text="An open goal for the saws", risk_id=old.pk, root_cause="No water")
    finished = goal(before, text="A goal that is finished")
    goal(before, text="A goal without any action")
    open_one = action(kept, text="Open action", state="in progress", progress=40, owner="Ann", has_proof=True)
    action(kept, text="Action that is done", state="done")
    action(finished, text="Also done", state="done")
    plan = queries.plan_of(before.organisation_id, start(year=2).year_id)
    goals = list(plan.objectives.all())
    assert [g.text for g in goals] == ["An open goal for the saws", "A goal without any action"]
    assert [g.position for g in goals] == [1, 2]
    assert [g.needs_confirmation for g in goals] == [True, True]
    assert (goals[0].carried_from_id, goals[0].root_cause) == (kept.pk, "No water")
    assert goals[0].risk_id == new.pk  # aims at the risk of this year that continues the old one
    carried = [(a.text, a.progress, a.owner, a.carried_from_id, a.has_proof) for a in goals[0].actions.all()]
    assert carried == [("Open action", 40, "Ann", open_one.pk, False)]
    assert Objective.objects.filter(plan=before).count() == 3  # last year's plan is as it was
    assert PlannedAction.objects.filter(objective=kept).count() == 2
    assert start(year=2).pk == plan.pk
    assert AuditEvent.objects.filter(verb="plans.start_plan").count() == 2


def test_a_risk_that_is_taken_along_later_takes_its_goal_with_it(cast, start, goal, risk):
    old = risk(1)
    goal(start(), risk_id=old.pk)
    copy = start(year=2).objectives.get()
    assert copy.risk_id == old.pk
    new = risk(2, carried_from=old)
    hooks.tell("risks.carried", organisation_id=old.organisation_id, year_number=2, carried={old.pk: new.pk})
    copy.refresh_from_db()
    assert copy.risk_id == new.pk
    assert Objective.objects.get(plan__year__number=1).risk_id == old.pk


def test_each_goal_of_last_year_is_confirmed_changed_or_stopped(cast, start, goal, action):
    before = start()
    for number in range(4):
        action(goal(before, text=f"Goal of last year, number {number}"))
    plan = start(year=2)
    first, second, third, fourth = plan.objectives.all()
    keys = {"actor": cast.actor("editor"), "plan_id": plan.pk, "now": NOW}
    services.confirm_objective(objective_id=first.pk, **keys)
    goal(plan, pk=second.pk, text="Said better this year than last")
    with pytest.raises(ValidationError, match="why you stop"):
        services.stop_objective(objective_id=third.pk, reason=" ", **keys)
    services.stop_objective(objective_id=third.pk, reason="We no longer buy there", **keys)
    assert services.confirm_all(**keys) == 1
    assert [g.needs_confirmation for g in plan.objectives.all()] == [False] * 3
    assert [g.pk for g in plan.objectives.all()] == [first.pk, second.pk, fourth.pk]
    assert [(g.text[-1], g.removal_reason) for g in queries.removed_goals(plan)] == [("2", "We no longer buy there")]
    services.restore_objective(objective_id=third.pk, **keys)
    third.refresh_from_db()
    assert (third.removed_at, third.removal_reason, third.actions.count()) == (None, "", 1)
    new = goal(plan, text="A goal that is new this year")
    with pytest.raises(ValidationError, match="new this year"):
        services.stop_objective(objective_id=new.pk, reason="No", **keys)
    for name in ("reader", "rival", "assessor"):
        with pytest.raises(Refused):
            services.confirm_all(**keys | {"actor": cast.actor(name)})


def test_the_page_looks_back_on_last_year(cast, client, monkeypatch, start, goal, action):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    before = start()
    goal(before, text="A goal that goes on this year")
    action(goal(before, text="A goal of which all is done"), state="done")
    goal(before, text="A goal that will be stopped")
    plan = start(year=2)
    page = client.get("/plan/2/").content.decode()
    assert page.count("Does it go on?") == 2
    stopped = plan.objectives.get(text="A goal that will be stopped")
    page = client.post(f"/plan/2/goals/{stopped.pk}/stop/", {"reason": "The quarry was closed"}, follow=True)
    words = " ".join(page.content.decode().split())
    assert "goes on this year" in words
    assert "all actions done or stopped" in words
    assert "stopped: The quarry was closed" in words
    page = client.post("/plan/2/goals/confirm/", follow=True).content.decode()
    assert "1 goal goes on as it was." in page
    assert "Does it go on?" not in page
    assert CLEAR["target"] in page


def test_an_action_that_was_finished_in_the_next_plan_counts_as_done(cast, start, goal, action):
    before, day = start(), cast.years[2].starts_on
    first = goal(before)
    action(first, text="Finished in time", due_on=day, state="done", has_proof=True)
    action(first, text="Goes on", due_on=day, state="in progress", progress=40)
    action(first, text="Due much later", due_on=cast.years[3].starts_on)
    plan = start(year=2)

    def share():
        facts = queries.plan_facts(plan.organisation_id, pack_of(plan.year), cast.years[2])
        return facts["plan.actions_done_share"]

    assert (share().part, share().whole) == (1, 2)
    copy = PlannedAction.objects.get(objective__plan=plan, text="Goes on")
    PlannedAction.objects.filter(pk=copy.pk).update(state="done")
    assert share().part == 1  # without proof it does not count
    PlannedAction.objects.filter(pk=copy.pk).update(has_proof=True)
    assert (share().part, share().whole) == (2, 2)
