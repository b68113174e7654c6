"""What last year's plan and this year's say of the same actions, and of goals whose day has passed."""

from __future__ import annotations

import datetime as dt

from tests.cast import NOW, TODAY
from toetssteen.covenant.queries import pack_of
from toetssteen.plans import queries, services
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.plans.public import content_of


def tell(cast, action, progress, on, who="editor", state="in progress"):
    return services.tell_progress(
        actor=cast.actor(who), plan_id=action.objective.plan_id, action_id=action.pk, today=on,
        pack=pack_of(cast.years[1]), now=dt.datetime.combine(on, NOW.timetz()),
        data=services.UpdateData(said_on=on, state=state, progress=progress, note=f"At {progress}"),
    )  # fmt: skip


def hand_in(cast, plan, on=TODAY):
    services.deliver_plan(
        actor=cast.actor("editor"), organisation_id=plan.organisation_id, year_id=plan.year_id, today=on, now=NOW
    )


def work_of(plan):
    return content_of(queries.plan_of(plan.organisation_id, plan.year_id))["objectives"][0]["work"]


def test_last_year_is_about_the_same_actions_as_they_were_handed_in(cast, start, goal, action):
    before = start()
    first = goal(before)
    action(first, text="Done last year", state="done", progress=100)
    open_one = action(first, text="Goes on", state="in progress", progress=40)
    plan_before = work_of(before)
    assert plan_before == {"now": 70, "before": None}
    hand_in(cast, before)
    plan = start(year=2)
    assert work_of(plan) == {"now": 40, "before": 40}  # not 40 against 70
    copy = PlannedAction.objects.get(carried_from=open_one)
    tell(cast, copy, 60, TODAY + dt.timedelta(days=2))
    assert work_of(plan) == {"now": 60, "before": 40}
    new = action(copy.objective, text="New this year")
    assert work_of(plan) == {"now": 30, "before": 20}  # a new action had not begun
    tell(cast, new, 0, TODAY + dt.timedelta(days=2), state="stopped")
    assert work_of(plan) == {"now": 60, "before": 40}


def test_last_year_does_not_move_with_what_is_told_later(cast, start, goal, action):
    before = start()
    deed = action(goal(before), state="in progress", progress=10)
    tell(cast, deed, 30, TODAY - dt.timedelta(days=3))
    tell(cast, deed, 40, TODAY - dt.timedelta(days=1))
    hand_in(cast, before)
    plan = start(year=2)
    assert work_of(plan)["before"] == 40
    tell(cast, deed, 90, TODAY + dt.timedelta(days=4))
    assert work_of(plan)["before"] == 40
    # Without any update from before that day nobody knows any more how it was.
    deed.updates.filter(progress__lt=90).delete()
    assert work_of(plan) == {"now": 40, "before": None}


def test_what_is_told_of_an_action_is_read_along_its_whole_line(cast, start, goal, action, client, monkeypatch):
    from toetssteen.foundation import clock

    one = action(goal(start()), state="in progress", progress=10)
    other = action(Objective.objects.get(), text="Another action")
    start(year=2)
    start(year=3)
    two = PlannedAction.objects.get(carried_from=one)
    three = PlannedAction.objects.get(carried_from=two)
    rival = action(goal(start("rival"), "rival"), "rival")
    tell(cast, one, 20, TODAY - dt.timedelta(days=2))
    tell(cast, three, 30, TODAY - dt.timedelta(days=1))
    tell(cast, one, 25, TODAY)  # said of the first plan, after it was carried on twice
    tell(cast, other, 77, TODAY)
    tell(cast, rival, 88, TODAY, who="rival")
    for row in (one, two, three):
        assert [update.progress for update in queries.updates_of(row)] == [25, 30, 20]
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    page = client.get(f"/plan/3/goals/{three.objective_id}/actions/{three.pk}/progress/").content.decode()
    assert page.count(f"(plan of {cast.years[1]})") == 2


def test_a_goal_whose_day_has_passed_is_not_measurable_any_more_when_it_is_carried(cast, start, goal):
    before = start()
    late = goal(
        before, text="All saws work with water this year", deadline=cast.years[2].starts_on - dt.timedelta(days=1)
    )
    timely = goal(before, text="All saws work with water next year", deadline=cast.years[2].starts_on)
    assert Objective.objects.filter(is_smart=True).count() == 2
    plan = start(year=2)
    found = {row.carried_from_id: row.is_smart for row in plan.objectives.all()}
    assert found == {late.pk: False, timely.pk: True}
    assert Plan.objects.get(pk=before.pk).objectives.filter(is_smart=True).count() == 2
