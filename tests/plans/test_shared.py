"""A shared action counts once, the secretariat keeps it, and no company learns who else stands behind it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, PEOPLE, TODAY
from tests.plans.conftest import RIVAL_SECRET
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused
from toetssteen.plans import permissions, queries, services
from toetssteen.plans.models import Plan, PlannedAction, SharedAction

NAME = "Kapplaatsen samen in kaart"


@pytest.fixture
def shared(cast):
    def make(who="assessor", pk=None, **fields):
        data = services.SharedData(**{"name_nl": NAME, "theme": "child_labour", "started_on": TODAY, **fields})
        return services.save_shared_action(
            actor=cast.actor(who), shared_id=pk, data=data, pack=pack_of(cast.years[1]), now=NOW
        )

    return make


def test_three_companies_behind_one_action_count_once(cast, start, goal, action, shared):
    one = shared()
    for who in ("editor", "rival", "euro"):
        plan = start(who=who)
        first = goal(plan, who=who)
        action(first, who=who, shared_id=one.pk)
        action(first, who=who, text="Own work")
    mine = Plan.objects.get(organisation=cast.organisations["mason"])
    action(goal(mine), shared_id=one.pk)  # twice in the same plan is still one company
    assert queries.companies_per_shared_action(cast.actor("assessor")) == {}  # drafts are nobody else's
    Plan.objects.exclude(organisation=cast.organisations["euro"]).update(state="delivered", delivered_on=TODAY)
    assert queries.companies_per_shared_action(cast.actor("assessor")) == {one.pk: 2}
    assert queries.companies_per_shared_action(cast.actor("editor")) == {}
    assert queries.counted_once(list(PlannedAction.objects.all())) == 1 + 3
    joined = PlannedAction.objects.filter(shared=one)
    assert {(row.together, row.contribution_type) for row in joined} == {("collective", "collective")}


@pytest.mark.parametrize("name", [*PEOPLE, "visitor"])
def test_only_the_secretariat_keeps_the_list(cast, shared, name):
    one = shared()
    actor, allowed = cast.actor(name), name in {"assessor", "coordinator"}
    keys = {"actor": actor, "shared_id": one.pk, "now": NOW}
    tries = [
        lambda: shared(who=name, pk=one.pk, name_nl="Andere naam"),
        lambda: services.close_shared_action(today=TODAY, **keys),
        lambda: services.reopen_shared_action(**keys),
    ]
    for attempt in tries:
        if allowed:
            attempt()
        else:
            with pytest.raises(Refused):
                attempt()
    assert SharedAction.objects.get().name_nl == ("Andere naam" if allowed else NAME)
    sees = {"company_admin", "editor", "reader", "rival", "euro", "assessor", "coordinator"}
    assert (one in permissions.visible_shared_actions(actor)) == (name in sees)


def test_a_closed_action_is_not_joined_and_not_taken_from_who_has_it(cast, start, goal, action, shared):
    one = shared(started_on=TODAY + dt.timedelta(days=3))
    first = goal(start())
    deed = action(first, shared_id=one.pk)
    closed = services.close_shared_action(actor=cast.actor("assessor"), shared_id=one.pk, today=TODAY, now=NOW)
    assert closed.closed_on == closed.started_on  # never before it began
    with pytest.raises(Refused, match="was closed"):
        action(first, shared_id=one.pk)
    assert action(first, pk=deed.pk, shared_id=one.pk, text="Still ours").shared_id == one.pk
    assert [row.pk for row in queries.shared_choices(cast.actor("editor"))] == []
    assert [row.pk for row in queries.shared_choices(cast.actor("editor"), one.pk)] == [one.pk]
    with pytest.raises(ValidationError, match="from the list"):
        action(first, shared_id=one.pk + 100)
    with pytest.raises(ValidationError, match="after the day"):
        shared(pk=one.pk, started_on=closed.closed_on + dt.timedelta(days=1))


def test_a_shared_action_changed_by_a_colleague_is_not_overwritten(cast, client, shared):
    one = shared()
    client.cookies["language"] = "en"
    cast.sign_in(client, "assessor")
    entered = {"name_nl": "Van een collega", "theme": "child_labour", "started_on": "2020-11-15"}
    address = f"/secretariat/shared-actions/{one.pk}/"
    assert client.post(address, {**entered, "row_version": one.row_version}).status_code == 302
    page = client.post(address, {**entered, "name_nl": "Van mij", "row_version": one.row_version}).content.decode()
    assert "in the meantime" in page
    assert SharedAction.objects.get().name_nl == "Van een collega"


def test_companies_read_what_a_shared_action_is_when_they_choose_it(cast, client, start, goal, shared):
    shared(note="Samen kaarten maken van de kapplaatsen")
    cast.sign_in(client, "editor")
    page = client.get(f"/plan/1/goals/{goal(start()).pk}/actions/add/").content.decode()
    assert "Samen kaarten maken van de kapplaatsen" in page


def test_a_company_reads_the_name_and_never_who_joined(cast, client, monkeypatch, start, goal, action, shared):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "nl"
    one = shared()
    action(goal(start(who="rival"), who="rival"), who="rival", shared_id=one.pk, text=f"{RIVAL_SECRET}-action",
           partners=f"{RIVAL_SECRET}-partner")  # fmt: skip
    Plan.objects.update(state="delivered", delivered_on=TODAY)
    first = goal(start())
    action(first, shared_id=one.pk)
    cast.sign_in(client, "editor")
    pages = [f"/plan/1/goals/{first.pk}/actions/add/", "/plan/1/", "/plan/1/public/", "/secretariat/shared-actions/"]
    for path in pages:
        page = client.get(path).content.decode()
        assert (NAME in page) == ("secretariat" not in path), path
        for word in (RIVAL_SECRET, "Granite House"):
            assert word not in page, path
    cast.sign_in(client, "assessor")
    page = client.get("/secretariat/shared-actions/").content.decode()
    assert NAME in page
    assert ">1</td>" in page
    assert "Granite House" not in page
