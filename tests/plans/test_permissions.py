"""Only the company itself writes and sees its plan; the secretariat sees it once it was handed in."""

from __future__ import annotations

import pytest

from tests.cast import NOW, PEOPLE, TODAY
from tests.plans.conftest import RIVAL_SECRET, SECRET
from toetssteen.foundation.pages import Refused
from toetssteen.plans import permissions, queries, services
from toetssteen.plans.models import Objective, Plan

EVERYBODY = [*PEOPLE, "visitor"]
OWN = {"company_admin", "editor", "reader"}
STAFF = {"assessor", "coordinator"}


@pytest.mark.parametrize("name", EVERYBODY)
def test_rows_and_verdict_agree(cast, start, goal, name):
    draft, foreign = start(), start(who="rival")
    goal(draft)
    delivered = start(year=2)
    Plan.objects.filter(pk=delivered.pk).update(state="delivered", delivered_on=TODAY)
    actor = cast.actor(name)
    seen = set(permissions.visible_plans(actor))
    for plan in Plan.objects.all():
        assert (plan in seen) == bool(permissions.can_view_plan(actor, plan))
    assert (draft in seen) == (name in OWN)
    assert (delivered in seen) == (name in OWN | STAFF)
    assert (foreign in seen) == (name == "rival")


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_editors_of_the_company_write(cast, start, goal, action, name):
    plan = start()
    first = goal(plan, text="Text as it was before all this")
    deed = action(first, text="Before")
    plan.refresh_from_db()
    actor, allowed = cast.actor(name), name in {"company_admin", "editor"}
    keys = {"actor": actor, "plan_id": plan.pk, "now": NOW}
    changed = services.ObjectiveData(text="Text changed by somebody else", theme="child_labour")
    tries = [
        lambda: services.save_summary(summary="New", row_version=None, **keys),
        lambda: services.save_objective(objective_id=first.pk, data=changed, row_version=None, **keys),
        lambda: services.move_objective(objective_id=first.pk, up=True, **keys),
        lambda: services.save_action(
            objective_id=first.pk, action_id=deed.pk, data=services.ActionData(text="After"), row_version=None, **keys
        ),
        lambda: services.approve_public_plan(row_version=Plan.objects.get(pk=plan.pk).row_version, **keys),
        lambda: services.withdraw_approval(**keys),
        lambda: services.delete_action(action_id=deed.pk, **keys),
        lambda: services.delete_objective(objective_id=first.pk, **keys),
    ]
    for attempt in tries:
        if allowed:
            attempt()
        else:
            with pytest.raises(Refused):
                attempt()
    assert Objective.objects.filter(text="Text as it was before all this").exists() == (not allowed)
    assert Plan.objects.get(pk=plan.pk).summary == ("New" if allowed else "")


@pytest.mark.parametrize(
    "name", ["rival", "euro", "assessor", "authority", "union", "committee", "operator", "visitor"]
)
def test_pages_of_a_plan_show_nothing_to_others(cast, start, goal, action, client, name):
    plan = start()
    first = goal(plan, text=f"{SECRET} our goal for saws")
    deed = action(first, text=f"{SECRET}-action", owner=f"{SECRET}-owner")
    start(who="rival")
    cast.sign_in(client, name)
    goals, deeds = f"/plan/1/goals/{first.pk}/", f"/plan/1/goals/{first.pk}/actions/"
    own = ["/plan/", "/plan/1/", "/plan/1/public/", "/plan/1/summary/", goals, f"{goals}remove/"]
    for path in [*own, f"{deeds}add/", f"{deeds}{deed.pk}/", f"{deeds}{deed.pk}/remove/"]:
        for answer in (client.get(path, follow=True), client.post(path, follow=True)):
            assert SECRET not in answer.content.decode(), path
    first.refresh_from_db()
    deed.refresh_from_db()
    cast.sign_in(client, "editor")
    assert SECRET in client.get("/plan/1/").content.decode()  # there was something to leak


def test_a_company_reads_no_public_reports_and_no_plan_of_its_rival(cast, start, goal):
    goal(start(who="rival"), who="rival", text=f"{RIVAL_SECRET} is their goal")
    services.add_public_report(
        actor=cast.actor("rival"), organisation_id=cast.organisations["granite"].pk, title=RIVAL_SECRET,
        published_on=TODAY, address="", today=TODAY, now=NOW,
    )  # fmt: skip
    assert not queries.plans(cast.actor("editor")).exists()
    assert not queries.public_reports(cast.actor("editor")).exists()
    assert queries.plans(cast.actor("rival")).count() == 1
    assert queries.public_reports(cast.actor("assessor")).count() == 1
