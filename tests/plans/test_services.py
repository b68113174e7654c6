"""Starting, filling in, handing in and approving a plan of action."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY
from tests.plans.conftest import CLEAR, RIVAL_SECRET, SECRET
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.plans import queries, services, smart
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.risks.models import Risk


def approve(cast, plan, version=None, who="editor"):
    plan.refresh_from_db()
    shown = plan.row_version if version is None else version
    return services.approve_public_plan(actor=cast.actor(who), plan_id=plan.pk, row_version=shown, now=NOW)


def test_a_plan_takes_the_open_goals_of_last_year_along(cast, start, goal, action):
    before = start()
    kept, finished = goal(before, text="An open goal for the saws"), goal(before, text="A goal that is finished")
    goal(before, text="A goal without any action")
    action(kept, text="Open action", state="in progress", progress=40, owner="Ann")
    action(kept, text="Action that is done", state="done")
    action(finished, text="Also done", state="done")
    plan = queries.plan_of(before.organisation_id, start(year=2).year_id)
    assert [g.text for g in plan.objectives.all()] == ["An open goal for the saws", "A goal without any action"]
    assert [g.position for g in plan.objectives.all()] == [1, 2]
    carried = [(a.text, a.progress, a.owner) for a in plan.objectives.all()[0].actions.all()]
    assert carried == [("Open action", 40, "Ann")]
    assert Objective.objects.filter(plan=before).count() == 3  # last year's plan is as it was
    assert PlannedAction.objects.filter(objective=kept).count() == 2
    assert start(year=2).pk == plan.pk
    assert AuditEvent.objects.filter(verb="plans.start_plan").count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "Better saws"}, "text"),
        ({"indicator": " "}, "indicator"),
        ({"target": ""}, "target"),
        ({"target": "20 %"}, "target"),
        ({"deadline": None}, "deadline"),
        ({"deadline": dt.date(2019, 9, 30)}, "deadline"),
    ],
)
def test_a_goal_is_measurable_only_with_everything_that_is_needed(start, goal, change, field):
    plan = start()
    assert goal(plan).is_smart
    weak = goal(plan, **change)
    assert not weak.is_smart
    gaps = services.editing.gaps_of(weak, plan)
    assert [gap.field for gap in gaps] == [field]


def test_a_starting_value_is_advised_and_not_needed(start, goal):
    plan = start()
    weak = goal(plan, baseline="")
    assert weak.is_smart
    assert [(g.field, g.needed) for g in services.editing.gaps_of(weak, plan)] == [("baseline", False)]
    assert smart.is_smart(())


def test_a_theme_and_a_risk_must_be_known_and_own(cast, start, goal):
    plan = start()
    with pytest.raises(ValidationError, match="theme"):
        goal(plan, theme="no-such-theme")
    foreign = Risk.objects.create(
        organisation=cast.organisations["granite"], year_number=1, theme="child_labour", is_actual=False
    )
    with pytest.raises(ValidationError, match="risk"):
        goal(plan, risk_id=foreign.pk)
    assert not plan.objectives.exists()
    own = Risk.objects.create(
        organisation=cast.organisations["mason"], year_number=1, theme="child_labour", is_actual=False
    )
    assert goal(plan, risk_id=own.pk).risk_id == own.pk


def test_a_goal_changed_by_a_colleague_is_not_overwritten(start, goal, action):
    first = goal(start())
    shown = first.row_version
    goal(first.plan, pk=first.pk, version=shown, text="A colleague wrote this goal")
    with pytest.raises(StaleRow):
        goal(first.plan, pk=first.pk, version=shown, text="My older text of it")
    first.refresh_from_db()
    assert first.text == "A colleague wrote this goal"
    deed = action(first)
    action(first, pk=deed.pk, version=deed.row_version, text="By a colleague")
    with pytest.raises(StaleRow):
        action(first, pk=deed.pk, version=deed.row_version, text="Mine")
    deed.refresh_from_db()
    assert deed.text == "By a colleague"


def test_goals_move_up_and_down_and_stop_at_the_ends(cast, start, goal):
    plan = start()
    rows = [goal(plan, text=f"Goal with the number {n}") for n in range(3)]

    def move(row, up):
        services.move_objective(actor=cast.actor("editor"), plan_id=plan.pk, objective_id=row.pk, up=up, now=NOW)
        return [g.pk for g in plan.objectives.order_by("position", "pk")]

    one, two, three = (r.pk for r in rows)
    assert move(rows[2], True) == [one, three, two]
    assert move(rows[0], False) == [three, one, two]
    assert move(rows[2], True) == [three, one, two]
    assert move(rows[1], False) == [three, one, two]


def test_a_finished_action_is_at_hundred_and_begun_work_is_in_progress(start, goal, action):
    of = goal(start())
    assert action(of, state="done", progress=10).progress == 100
    assert action(of, state="not started", progress=10).state == "in progress"
    assert action(of, state="not started", progress=0).state == "not started"


def test_removing_a_goal_takes_its_actions_and_nothing_else(cast, start, goal, action):
    plan = start()
    gone, stays = goal(plan), goal(plan)
    deed, other = action(gone), action(stays)
    services.delete_objective(actor=cast.actor("editor"), plan_id=plan.pk, objective_id=gone.pk, now=NOW)
    assert not PlannedAction.objects.filter(pk=deed.pk).exists()
    assert PlannedAction.objects.filter(pk=other.pk).exists()
    services.delete_action(actor=cast.actor("editor"), plan_id=plan.pk, action_id=other.pk, now=NOW)
    assert not PlannedAction.objects.filter(pk=other.pk).exists()
    assert list(plan.objectives.all()) == [stays]


def test_a_goal_of_another_plan_is_out_of_reach(cast, start, goal):
    mine, theirs = start(), start(who="rival")
    secret = goal(theirs, who="rival", text=f"{RIVAL_SECRET} is our goal here")
    with pytest.raises(Objective.DoesNotExist):
        goal(mine, pk=secret.pk)
    with pytest.raises(Objective.DoesNotExist):
        services.delete_objective(actor=cast.actor("editor"), plan_id=mine.pk, objective_id=secret.pk, now=NOW)
    secret.refresh_from_db()
    assert RIVAL_SECRET in secret.text


def test_what_becomes_public_never_holds_what_is_not_marked(cast, start, goal, action):
    plan = start()
    risk = Risk.objects.create(
        organisation=cast.organisations["mason"], year_number=1, theme="child_labour", is_actual=True,
        severity_reason=f"{SECRET}-risk",
    )  # fmt: skip
    shown, hidden = goal(plan, risk_id=risk.pk), goal(plan, text=f"{SECRET} hidden goal of us", is_public=False)
    action(shown, text="Public action", owner=f"{SECRET}-owner", means=f"{SECRET}-means", has_proof=True)
    action(shown, text=f"{SECRET} hidden action", is_public=False)
    action(hidden, text=f"{SECRET} action of the hidden goal")
    approve(cast, plan)
    plan.refresh_from_db()
    text = json.dumps(plan.public_content)
    assert SECRET not in text
    assert CLEAR["text"] in text
    assert "Public action" in text
    assert len(plan.public_content["objectives"]) == 1
    assert set(plan.public_content["objectives"][0]["actions"][0]) == {
        "text",
        "together",
        "due_on",
        "state",
        "progress",
    }
    assert plan.approved_by_id == cast.people["editor"].pk


def test_only_what_was_shown_can_be_approved(cast, start, goal):
    plan = start()
    first = goal(plan)
    plan.refresh_from_db()
    shown = plan.row_version
    goal(plan, pk=first.pk, text=f"{SECRET} came in meanwhile, not shown")
    with pytest.raises(StaleRow):
        approve(cast, plan, version=shown)
    plan.refresh_from_db()
    assert plan.public_content is None
    approve(cast, plan)
    approved = Plan.objects.get(pk=plan.pk).public_content
    goal(plan, pk=first.pk, text="Changed after it was approved")
    assert Plan.objects.get(pk=plan.pk).public_content == approved  # a change is not public by itself


def test_an_empty_or_hidden_plan_cannot_be_approved(cast, start, goal):
    plan = start()
    with pytest.raises(Refused, match="nothing to show"):
        approve(cast, plan)
    goal(plan, is_public=False)
    with pytest.raises(Refused, match="nothing to show"):
        approve(cast, plan)


def test_an_approval_can_be_taken_back_until_it_was_published(cast, start, goal, monkeypatch):
    plan = start()
    goal(plan)
    with pytest.raises(Refused, match="has not been approved"):
        services.withdraw_approval(actor=cast.actor("editor"), plan_id=plan.pk, now=NOW)
    approve(cast, plan)
    with monkeypatch.context() as patch:
        patch.setattr("toetssteen.foundation.hooks.any_says_yes", lambda name, **_: name == "plan_is_published")
        with pytest.raises(Refused, match="already in the public register"):
            services.withdraw_approval(actor=cast.actor("editor"), plan_id=plan.pk, now=NOW)
    assert Plan.objects.get(pk=plan.pk).public_content is not None
    services.withdraw_approval(actor=cast.actor("editor"), plan_id=plan.pk, now=NOW)
    plan.refresh_from_db()
    assert (plan.public_content, plan.approved_by_id, plan.approved_at) == (None, None, None)


def test_a_delivered_plan_is_closed_until_it_is_opened_again(cast, start, goal):
    plan = start()
    actor, ids = cast.actor("editor"), {"organisation_id": plan.organisation_id, "year_id": plan.year_id}
    services.deliver_plan(actor=actor, today=TODAY, now=NOW, **ids)
    assert Plan.objects.get(pk=plan.pk).state == "draft"  # an empty plan counts as not there
    first = goal(plan)
    services.deliver_plan(actor=actor, today=TODAY, now=NOW, **ids)
    assert Plan.objects.get(pk=plan.pk).delivered_on == TODAY
    with pytest.raises(Refused, match="handed in with the report"):
        goal(plan, pk=first.pk, text="Changed after handing in, too late")
    services.reopen_plan(actor=cast.actor("assessor"), now=NOW, **ids)
    assert goal(plan, pk=first.pk, text="Changed after it was returned").text == "Changed after it was returned"


def test_a_public_report_lies_in_the_past_and_is_removed_by_its_company_only(cast):
    firm = cast.organisations["mason"].pk

    def add(who="editor", day=TODAY):
        return services.add_public_report(
            actor=cast.actor(who), organisation_id=firm, title="Our page", published_on=day, address="",
            today=TODAY, now=NOW,
        )  # fmt: skip

    with pytest.raises(ValidationError, match="not come yet"):
        add(day=TODAY + dt.timedelta(days=1))
    for who in ("rival", "reader", "assessor"):
        with pytest.raises(Refused):
            add(who)
    row = add()
    for who in ("rival", "reader", "assessor"):
        with pytest.raises(Refused):
            services.delete_public_report(actor=cast.actor(who), public_report_id=row.pk, now=NOW)
    assert list(PublicReport.objects.all()) == [row]
    services.delete_public_report(actor=cast.actor("editor"), public_report_id=row.pk, now=NOW)
    assert not PublicReport.objects.exists()
