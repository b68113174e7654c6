"""Starting, filling in, handing in and approving a plan of action."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY
from tests.plans.conftest import RIVAL_SECRET, SECRET
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.plans import queries, services, usage
from toetssteen.plans.about_sites import actions_about
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.risks.models import Risk


def approve(cast, plan, version=None, who="editor"):
    plan.refresh_from_db()
    shown = plan.row_version if version is None else version
    return services.approve_public_plan(actor=cast.actor(who), plan_id=plan.pk, row_version=shown, now=NOW)


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


def test_a_removed_goal_comes_back_with_the_actions_that_went_with_it(cast, start, goal, action):
    plan = start()
    gone, stays = goal(plan), goal(plan)
    earlier, deed, other = action(gone), action(gone), action(stays)
    keys = {"actor": cast.actor("editor"), "plan_id": plan.pk, "now": NOW}
    services.delete_action(action_id=earlier.pk, **keys)
    services.delete_objective(objective_id=gone.pk, **keys | {"now": NOW + dt.timedelta(minutes=1)})
    assert set(PlannedAction.objects.all()) == {other}
    assert list(plan.objectives.all()) == [stays]
    assert queries.plan_facts(plan.organisation_id, pack_of(plan.year), plan.year)["plan.objectives_smart"].whole == 1
    services.restore_objective(objective_id=gone.pk, **keys)
    assert set(PlannedAction.objects.all()) == {deed, other}  # what was removed before stays removed
    services.restore_action(action_id=earlier.pk, **keys)
    assert PlannedAction.objects.count() == 3
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"plans.delete_objective", "plans.restore_objective", "plans.restore_action"} <= verbs


def test_a_goal_of_another_plan_is_out_of_reach(cast, start, goal):
    mine, theirs = start(), start(who="rival")
    secret = goal(theirs, who="rival", text=f"{RIVAL_SECRET} is our goal here")
    with pytest.raises(Objective.DoesNotExist):
        goal(mine, pk=secret.pk)
    with pytest.raises(Objective.DoesNotExist):
        services.delete_objective(actor=cast.actor("editor"), plan_id=mine.pk, objective_id=secret.pk, now=NOW)
    secret.refresh_from_db()
    assert RIVAL_SECRET in secret.text


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
        patch.setattr("toetssteen.foundation.hooks.any_says_yes", lambda name, **about: "version" in about)
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


def test_what_is_handed_in_again_is_of_that_day_and_an_emptied_plan_is_not_there(cast, start, goal, action):
    """By hand: in on 15 November, returned, in again on the 20th; a file of the 18th opens with the second."""
    plan = start()
    first = goal(plan)
    late = TODAY + dt.timedelta(days=5)
    actor, ids = cast.actor("editor"), {"organisation_id": plan.organisation_id, "year_id": plan.year_id}
    services.deliver_plan(actor=actor, today=TODAY, now=NOW, **ids)
    services.reopen_plan(actor=cast.actor("assessor"), now=NOW, **ids)
    file = Evidence.objects.create(
        organisation=cast.organisations["mason"], kind="photo", title="Water pump", file_name="pump.pdf",
        content_type="application/pdf", sha256="0" * 64, uploaded_at=NOW + dt.timedelta(days=3),
    )  # fmt: skip
    deed = action(first)
    deed.evidence.add(file)
    assert about(plan) == [], "a plan that was opened again is the company's alone"
    services.deliver_plan(actor=actor, today=late, now=NOW, **ids)
    assert Plan.objects.get().delivered_on == late
    assert [row["evidence_id"] for row in usage.evidence_handed_in()] == [file.pk]
    assert about(plan) == ["Pay for water"]
    PlannedAction.objects.filter(pk=deed.pk).update(state="done")
    assert about(plan) == [], "a finished action is not open"
    services.reopen_plan(actor=cast.actor("assessor"), now=NOW, **ids)
    services.delete_objective(actor=actor, plan_id=plan.pk, objective_id=first.pk, now=NOW)
    services.deliver_plan(actor=actor, today=late, now=NOW, **ids)
    emptied = queries.plan_of(plan.organisation_id, plan.year_id)
    assert (queries.is_present(emptied), emptied.delivered_on) == (False, None)


def about(plan):
    rows = actions_about(names=["Pay for water"], chain_ids=[], organisation_ids=[plan.organisation_id])
    return [row["text"] for row in rows]


def test_handing_in_says_of_each_goal_whether_it_is_measurable_today(cast, start, goal):
    plan = start()
    first = goal(plan)
    Objective.objects.filter(pk=first.pk).update(deadline=plan.year.starts_on - dt.timedelta(days=1))
    whole = queries.plan_of(plan.organisation_id, plan.year_id)
    assert str(queries.problems(whole)[0]) == "Goal 1 of your plan cannot be measured yet"
    ids = {"organisation_id": plan.organisation_id, "year_id": plan.year_id}
    services.deliver_plan(actor=cast.actor("editor"), today=TODAY, now=NOW, **ids)
    facts = queries.plan_facts(plan.organisation_id, pack_of(plan.year), plan.year)
    assert (facts["plan.objectives_smart"].part, Objective.objects.get().is_smart) == (0, False)


def test_a_file_that_is_attached_is_proof(cast, start, goal, action):
    of = goal(start())
    file = Evidence.objects.create(
        organisation=cast.organisations["mason"], kind="photo", title="Pump", file_name="pump.pdf",
        content_type="application/pdf", sha256="0" * 64, uploaded_at=NOW,
    )  # fmt: skip
    keys = {"actor": cast.actor("editor"), "plan_id": of.plan_id, "objective_id": of.pk, "row_version": None}

    def save(pk, evidence, *, ticked=False):
        data = services.ActionData(text="Pay for water", has_proof=ticked)
        return services.save_action(action_id=pk, data=data, evidence_ids=evidence, now=NOW, **keys).has_proof

    deed = action(of)
    assert not deed.has_proof
    assert [save(deed.pk, [file.pk]), save(deed.pk, []), save(deed.pk, [], ticked=True)] == [True, False, True]


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
