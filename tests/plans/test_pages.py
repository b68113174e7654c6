"""The pages of the plan: what they say, what they keep, and how many queries they take."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import TODAY
from tests.plans.conftest import CLEAR, SECRET
from toetssteen.foundation import clock
from toetssteen.plans.models import Objective, Plan, PublicReport
from toetssteen.risks.models import Risk


@pytest.fixture(autouse=True)
def today(monkeypatch, client):
    """The day of the cast, in English."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"


@pytest.fixture
def editor(cast, client):
    cast.sign_in(client, "editor")
    return client


ENTERED = {**CLEAR, "deadline": "2021-06-30", "is_public": "on"}


def test_from_nothing_to_an_approved_plan(cast, editor):
    assert "has not been started" in editor.get("/plan/").content.decode()
    page = editor.post("/plan/", follow=True).content.decode()
    assert "No goals yet" in page
    page = editor.post("/plan/1/goals/add/", ENTERED, follow=True).content.decode()
    goal = Objective.objects.get()
    assert "Choose an action" in page
    assert goal.is_smart
    deed = {"text": "Pay for water", "owner": f"{SECRET}-owner", "together": "individual", "state": "in progress",
            "progress": 30, "is_public": "on", "due_on": dt.date(2021, 1, 1)}  # fmt: skip
    page = editor.post(f"/plan/1/goals/{goal.pk}/actions/add/", deed, follow=True).content.decode()
    assert "Pay for water" in page
    assert f"{SECRET}-owner" in page
    page = editor.get("/plan/1/public/").content.decode()
    assert "Pay for water" in page
    assert SECRET not in page
    version = Plan.objects.get().row_version
    page = editor.post("/plan/1/public/", {"row_version": version}).content.decode()
    assert "Tick that you read it" in page
    assert Plan.objects.get().public_content is None
    page = editor.post("/plan/1/public/", {"row_version": version, "sure": "on"}, follow=True).content.decode()
    assert "You approved the public plan" in page
    assert Plan.objects.get().public_content["objectives"][0]["text"] == CLEAR["text"]


def test_the_page_says_who_reads_a_plan_in_each_state(editor, start, goal):
    goal(start())
    page = editor.get("/plan/1/").content.decode()
    assert "Only your own company sees it." in page
    Plan.objects.update(state="delivered", delivered_on=TODAY)
    page = editor.get("/plan/1/").content.decode()
    assert "was handed in" in page
    assert "is a draft" not in page
    assert "The secretariat reads it." in page
    editor.post("/plan/1/public/", {"row_version": Plan.objects.get().row_version, "sure": "on"})
    page = editor.get("/plan/1/").content.decode()
    assert "Visitors see it once the secretariat publishes it" in page
    assert "visitors see the goals" not in page


def letters(page):
    return " ".join(map("".join, re.findall(r'<span class="sr">(yes|no)</span> <b>(\w)</b>', page)))


def test_tag_letters_and_headline_say_the_same(editor, start, goal, action):
    """Without a start a goal is measurable, with advice; attainable only once an action of it is saved."""
    first = goal(start(), baseline="")
    check = {**ENTERED, "baseline": "", "check": "1"}
    for address in (f"/plan/1/goals/{first.pk}/", "/plan/1/goals/add/"):
        page = editor.post(address, check).content.decode()
        assert letters(page) == "yesS yesM noA noR yesT", address
        assert "not measurable yet" not in page
    action(first)
    assert "yesA" in letters(editor.post(f"/plan/1/goals/{first.pk}/", check).content.decode())
    Objective.objects.update(deadline=dt.date(2000, 1, 1))  # as if carried from long ago, still marked measurable
    page = editor.get("/plan/1/").content.decode()
    assert "This goal misses an end date." in page
    assert "not measurable yet" in page


def test_approving_what_changed_meanwhile_is_refused_on_the_page(editor, start, goal):
    plan = start()
    goal(plan)
    answer = editor.post("/plan/1/public/", {"row_version": plan.row_version, "sure": "on"})
    assert "changed this in the meantime" in answer.content.decode()
    assert Plan.objects.get().public_content is None


def test_changing_a_goal_keeps_its_risk_and_what_is_not_asked(cast, editor, start, goal, action):
    firm = cast.organisations["mason"]
    old = Risk.objects.create(organisation=firm, year_number=0, theme="child_labour", is_actual=True)
    Risk.objects.create(
        organisation=cast.organisations["granite"], year_number=1, theme="child_labour", is_actual=True,
        reference=f"{SECRET}-risk",
    )  # fmt: skip
    first = goal(start(), risk_id=old.pk)
    address = f"/plan/1/goals/{first.pk}/"
    page = editor.get(address).content.decode()
    assert f'value="{old.pk}" selected' in page
    assert SECRET not in page
    entered = {**ENTERED, "text": "The same goal in better words", "risk_id": old.pk, "row_version": first.row_version}
    editor.post(address, entered)
    first.refresh_from_db()
    assert (first.text, first.risk_id) == ("The same goal in better words", old.pk)
    deed = action(first, contribution_type="new", state="in progress", progress=40)
    editor.post(f"{address}actions/{deed.pk}/", {
        "text": "Other words", "together": "individual", "contribution_type": "new", "cost": "1250,50",
        "row_version": deed.row_version,
    })  # fmt: skip
    deed.refresh_from_db()
    assert (deed.text, deed.contribution_type) == ("Other words", "new")
    assert str(deed.cost) == "1250.50"
    assert (deed.state, deed.progress) == ("in progress", 40)  # how far it is, is said by an update


def test_a_stale_goal_keeps_what_was_typed(editor, start, goal):
    first = goal(start())
    goal(first.plan, pk=first.pk, text="A colleague was quicker here")
    entered = {**ENTERED, "text": "What I typed in my window", "row_version": 1}
    page = editor.post(f"/plan/1/goals/{first.pk}/", entered).content.decode()
    assert "What I typed in my window" in page
    assert "changed this in the meantime" in page
    first.refresh_from_db()
    assert first.text == "A colleague was quicker here"


def test_removing_asks_first(editor, start, goal, action):
    first = goal(start())
    action(first)
    address = f"/plan/1/goals/{first.pk}/remove/"
    assert "Its 1 action disappears with it." in editor.get(address).content.decode()
    assert Objective.objects.exists()
    page = editor.post(address, follow=True).content.decode()
    assert not Objective.objects.exists()
    assert "You can bring it back below the plan." in page
    editor.post(f"/plan/1/goals/{first.pk}/restore/")
    assert [goal.actions.count() for goal in Objective.objects.all()] == [1]


def test_a_reader_sees_the_plan_and_why_it_cannot_be_changed(cast, client, start, goal):
    first = goal(start())
    cast.sign_in(client, "reader")
    page = client.get("/plan/1/").content.decode()
    assert CLEAR["text"] in page
    assert "Only editors of this company can change its plan." in page
    assert f"/plan/1/goals/{first.pk}/" not in page
    page = client.post(f"/plan/1/goals/{first.pk}/", {**ENTERED, "text": "A reader wrote this text"}).content.decode()
    assert "Only editors of this company can change its plan." in page
    first.refresh_from_db()
    assert first.text == CLEAR["text"]


def test_public_reports_are_added_and_taken_off(editor):
    entered = {"title": "Our page on stone", "published_on": "2020-11-01", "address": "www.example.org/stone"}
    page = editor.post("/public-reports/", entered, follow=True).content.decode()
    row = PublicReport.objects.get()
    assert row.address == "https://www.example.org/stone"
    assert "Our page on stone" in page
    late = editor.post("/public-reports/", {**entered, "published_on": "2020-12-01"}).content.decode()
    assert "This day has not come yet." in late
    editor.post(f"/public-reports/{row.pk}/remove/")
    assert not PublicReport.objects.exists()


@pytest.mark.parametrize("path", ["/plan/1/", "/plan/1/public/", "/plan/1/public/choose/", "/plan/1/goals/{}/"])
def test_as_many_queries_with_three_goals_as_with_one(editor, start, goal, action, path):
    plan = start()
    first = goal(plan)
    action(first)
    editor.get("/plan/1/")

    def count():
        with CaptureQueriesContext(connection) as found:
            assert CLEAR["text"] in editor.get(path.format(first.pk)).content.decode()
        return len(found)

    one = count()
    for _ in range(2):
        action(goal(plan))
    assert count() == one


def test_the_plan_is_dutch_for_who_reads_dutch(editor, start, goal):
    goal(start(), deadline=None)
    editor.cookies["language"] = "nl"
    page = editor.get("/plan/1/").content.decode()
    assert "nog niet meetbaar" in page
    assert "Dit doel mist een einddatum." in page
    assert "Zo kan het: “Op 30 september 2026 zijn alle 14 werkplaatsen bekend" in page
    assert "Add a goal" not in page


def test_a_goal_begins_with_what_its_risk_says(cast, editor, start):
    firm, rival = cast.organisations["mason"], cast.organisations["granite"]
    rated = {"scale": 5, "scope": 4, "irremediable": 5, "likelihood": 4}
    own = Risk.objects.create(organisation=firm, year_number=1, theme="ohs", is_actual=True, country="IN", **rated)
    theirs = Risk.objects.create(organisation=rival, year_number=1, theme="living_wage", is_actual=True, **rated)
    start()
    page = editor.get("/plan/1/").content.decode()
    assert f"/plan/1/goals/add/?risk={own.pk}" in page
    assert f"risk={theirs.pk}" not in page
    page = editor.get(f"/plan/1/goals/add/?risk={own.pk}").content.decode()
    assert "All saws at our regular suppliers work with water" in page
    assert "share of machines that work wet or with extraction" in page
    assert "Why is there so much dust?" in page
    assert 'value="ohs" selected' in page
    page = editor.get(f"/plan/1/goals/add/?risk={theirs.pk}").content.decode()
    assert "equals the living wage" not in page
    page = editor.get("/plan/1/goals/add/?practice=lead_time").content.decode()
    assert 'value="lead_time" selected' in page


def test_the_checker_answers_before_saving_whole_and_in_part(editor, start):
    start()
    typed = {"text": "Make work much safer there", "theme": "ohs", "target": "veel", "check": "1"}
    page = editor.post("/plan/1/goals/add/", typed).content.decode()
    assert "This goal misses a yardstick, a target value and an end date." in page
    assert "now 33 %" in page
    assert "Make work much safer there" in page  # nothing typed is lost
    assert not Objective.objects.exists()
    part = editor.post("/plan/1/goals/add/", typed, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "This goal misses a yardstick" in part


def test_an_action_begins_with_an_example_of_its_theme(editor, start, goal):
    first = goal(start(), theme="ohs")
    page = editor.get(f"/plan/1/goals/{first.pk}/examples/").content.decode()
    assert page.count("Choose and adapt") == 4
    assert "Our own proposals, to adapt." in page
    address = f"/plan/1/goals/{first.pk}/actions/add/?example=ohs-water-price-clause"
    page = editor.get(address).content.decode()
    assert "Price clause in the contract" in page
    entered = {"text": "Our own words", "together": "individual", "contribution_type": "new", "state": "not started",
               "progress": 0, "template": "ohs-water-price-clause", "cost": "1,250.50"}  # fmt: skip
    editor.post(address, entered)
    deed = first.actions.get()
    assert (deed.text, deed.template, str(deed.cost)) == ("Our own words", "ohs-water-price-clause", "1250.50")
    assert "no-such" not in editor.get(f"{address}-no-such").content.decode().partition("<main")[2].partition("form")[0]
