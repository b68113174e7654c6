"""The pages of results: what they say and keep, to whom, and how many queries they take."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import PEOPLE
from tests.evaluation.conftest import SECRET, TODAY
from toetssteen.evaluation import permissions, services
from toetssteen.evaluation.models import Evaluation, Reading
from toetssteen.foundation import clock
from toetssteen.plans.models import Objective, Plan

PAGE = "/plan/3/results/"


@pytest.fixture(autouse=True)
def today(monkeypatch, client):
    """The day of these tests, in English."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"


@pytest.fixture
def editor(cast, client):
    cast.sign_in(client, "editor")
    return client


def text(response):
    return response.content.decode()


def test_from_a_reading_to_the_next_plan(cast, editor, line):
    goal = line(years=(2,))[0]
    page = text(editor.get(PAGE))
    assert "not in this plan" in page
    assert page.count("not given") >= 2
    address = f"{PAGE}goals/{goal.pk}/readings/"
    entered = {"kind": "figure", "value": "45,5 %", "year_number": 3, "measured_on": "2022-09-01", "source": "count",
               "method": "5 of 11 saws"}  # fmt: skip
    assert "measured in %" in text(editor.post(f"{address}add/", {**entered, "value": "45 days"}))
    assert "Enter one number" in text(editor.post(f"{address}add/", {**entered, "value": "4 or 9"}))
    page = text(editor.post(f"{address}add/", entered, follow=True))
    reading = Reading.objects.get()
    assert "45.5%" in page
    assert "43% of the way" in page  # (45.5 - 20) / 60 = 42.5, rounded half up
    page = text(
        editor.post(f"{address}{reading.pk}/", {**entered, "value": "40", "reason": "One saw less"}, follow=True)
    )
    assert "Was “45.5%”" in page
    assert "Corrected: One saw less" in page
    evaluation = {"evaluated_on": "2022-11-01", "reached": "More saws", "not_reached": "No pump", "conclusion": "adapt",
                  "setback_kind": "supplier", "next_step": "Buy the pump ourselves", "row_version": 0,
                  "with-TOTAL_FORMS": 3, "with-INITIAL_FORMS": 0, "with-0-kind": "workers",
                  "with-0-said": "We like it", "with-1-said": "Whose words?"}  # fmt: skip
    page = text(editor.post(f"{PAGE}goals/{goal.pk}/evaluation/", evaluation))
    assert "Choose who they are." in page
    assert "Whose words?" in page
    evaluation["with-1-kind"] = "ngo"
    page = text(editor.post(f"{PAGE}goals/{goal.pk}/evaluation/", evaluation, follow=True))
    assert "Setback: The supplier stopped or did not cooperate" in page
    assert "We like it" in page
    assert "This goal comes along when you begin the plan of 2021-2022." in page
    page = text(editor.post(f"{PAGE}goals/{goal.pk}/take-up/", follow=True))
    assert "The plan of 2021-2022 was not begun yet." in page
    assert not Plan.objects.filter(year__number=3).exists()
    page = text(editor.post("/plan/3/", follow=True))
    assert "Go on, but adapt it" in page
    taken = Objective.objects.get(carried_from=goal)
    assert (taken.plan.year.number, taken.evaluated_on) == (3, dt.date(2022, 11, 1))
    page = text(editor.get(PAGE))
    assert "not in this plan" not in page
    assert "40%" in page
    assert "Buy the pump ourselves" in page


def test_the_year_as_a_whole_is_evaluated_without_a_conclusion(editor, line):
    line()
    entered = {"evaluated_on": "2022-11-01", "reached": "Two of three", "own_change": "We pay in thirty days",
               "row_version": 0, "with-TOTAL_FORMS": 1, "with-INITIAL_FORMS": 0}  # fmt: skip
    assert "Stands above the goals when you make the next plan." in text(editor.get(f"{PAGE}evaluation/"))
    assert "What you concluded of the year" not in text(editor.get("/plan/3/"))
    page = text(editor.post(f"{PAGE}evaluation/", {**entered, "next_step": "Fewer suppliers"}, follow=True))
    assert "We pay in thirty days" in page
    assert Evaluation.objects.get().goal is None
    page = text(editor.get("/plan/3/"))
    assert "What you concluded of the year for this plan" in page
    assert "Fewer suppliers" in page
    assert "We pay in thirty days" in page
    editor.post("/plan/4/")  # it also stands above the plan of the next year, until that year was evaluated
    assert "Fewer suppliers" in text(editor.get("/plan/4/"))


def test_two_people_who_evaluate_at_the_same_time_see_both_versions(editor, line, evaluate):
    goal = line()[-1]
    said = (services.ConsultationData("ngo", "local union", TODAY, "by phone", "It works now"),)
    entered = {"evaluated_on": "2022-11-01", "reached": "Mine", "conclusion": "adapt", "row_version": 0,
               "with-TOTAL_FORMS": 1, "with-INITIAL_FORMS": 0, "with-0-kind": "workers",
               "with-0-who": "sawyers"}  # fmt: skip
    evaluate(goal, reached="Theirs", consultations=said)
    address = f"{PAGE}goals/{goal.pk}/evaluation/"
    page = text(editor.post(address, entered))
    assert "<td>Theirs</td><td><mark>Mine</mark></td>" in page
    assert "local union, 15 November 2022, by phone, It works now" in page
    assert "<mark>Workers themselves, sawyers</mark>" in page
    assert 'name="row_version" value="1"' in page
    editor.post(address, {**entered, "row_version": 1})
    row = Evaluation.objects.get()
    assert (row.reached, row.row_version, [c.who for c in row.consultations.all()]) == ("Mine", 2, ["sawyers"])
    editor.post(address, {**entered, "row_version": 2})  # a second press with the same words takes nobody away
    assert [c.who for c in Evaluation.objects.get().consultations.all()] == ["sawyers"]


def test_what_was_left_out_can_be_taken_along_after_all_on_the_page_of_the_plan(editor, line, evaluate):
    goals = line(years=(2,)), line(years=(2,), text="We know every quarry by name")
    evaluate(goals[0][0], "stop")
    evaluate(goals[1][0], "continue")
    page = text(editor.get(PAGE))
    assert "This goal stays out when you begin the plan of 2021-2022." in page
    page = text(editor.post("/plan/3/", follow=True))
    assert page.count("Take along after all") == 1
    assert [g.carried_from_id for g in Objective.objects.filter(plan__year__number=3)] == [goals[1][0].pk]
    assert "Take along after all to the plan of 2021-2022" in text(editor.get(PAGE))
    address = f"{PAGE}goals/{goals[0][0].pk}/take-up/"
    assert f'action="{address}"' in page
    page = text(editor.post(address, follow=True))
    assert "The goal is in the plan of 2021-2022." in page
    assert "Take along after all" not in page
    page = text(editor.post("/plan/3/goals/confirm/", follow=True))
    waiting = Objective.objects.filter(plan__year__number=3, needs_confirmation=True)
    assert [goal.carried_from_id for goal in waiting] == [goals[0][0].pk]  # concluded as stopped: decided by itself


def test_so_many_of_so_many_is_noted_as_it_is_said(editor, line):
    goal = line(baseline="3 van 12", target="12 van 12", indicator="factories with a pump")[-1]
    address = f"{PAGE}goals/{goal.pk}/readings/add/"
    page = text(editor.get(address))
    assert "How many of all 12" in page
    assert "Leave empty" not in page
    entered = {"kind": "figure", "year_number": 3, "measured_on": "2022-09-01", "source": "count"}
    assert "Enter one number" in text(editor.post(address, {**entered, "value": ""}))
    assert "measured in van 12" in text(editor.post(address, {**entered, "value": "9 days"}))
    page = text(editor.post(address, {**entered, "value": "9"}, follow=True))
    assert "9\u00a0van 12" in page
    assert "67% of the way" in page  # (9 - 3) / (12 - 3)
    first = Reading.objects.get()
    page = text(editor.post(address, {**entered, "value": "11 out of 14", "measured_on": "2022-10-01"}, follow=True))
    second = Reading.objects.exclude(pk=first.pk).get()
    assert [(r.value, r.unit) for r in (first, second)] == [(9, "van 12"), (11, "of 14")]
    assert "another unit" not in page
    assert 'value="11 of 14"' in text(editor.get(f"{PAGE}goals/{goal.pk}/readings/{second.pk}/"))


def test_a_goal_for_the_own_buying_is_begun_with_its_theme_and_what_can_be_measured(editor, line):
    line()
    page = text(editor.get("/plan/3/goals/add/?practice=order_changes"))
    assert '<option value="purchasing_practices" selected>' in page
    assert "Share of orders that you changed after confirming them (%)" in page
    assert '<option value="order_changes" selected>' in page


def test_own_buying_stands_apart_with_what_can_be_measured(editor, line, evaluate):
    goal = line(own_practice="payment", text="We pay within thirty days")[-1]
    evaluate(goal, "stop")
    page = text(editor.get("/plan/results/"))  # the year whose report is being made
    assert f"/plan/3/goals/{goal.pk}/stop/" in page
    assert f"{PAGE}goals/{goal.pk}/take-up/" not in page
    assert page.index("Our own way of buying") < page.index("We pay within thirty days")
    assert "Share of orders that you changed after confirming them (%)" in page
    assert "you have a goal for it" in page


def test_a_colleague_reads_and_a_rival_and_the_secretariat_do_not_find_it(cast, client, line, note, evaluate):
    mason, granite = line()[-1], line("granite", text=f"{SECRET}-goal")[-1]
    reading = note(mason, 5)
    note(granite, words=f"{SECRET}-words", firm="granite", given_by=f"{SECRET}-who")
    evaluate(granite, firm="granite", reached=f"{SECRET}-reached")
    places = [
        f"{PAGE}goals/{mason.pk}/readings/add/",
        f"{PAGE}goals/{mason.pk}/readings/{reading.pk}/",
        f"{PAGE}goals/{mason.pk}/readings/{reading.pk}/remove/",
        f"{PAGE}goals/{mason.pk}/evaluation/",
    ]
    cast.sign_in(client, "reader")
    page = text(client.get(PAGE))
    assert "5%" in page
    assert "Only editors and administrators of this company can write its results." in page
    assert SECRET not in page
    assert "readings/add/" not in page
    assert SECRET not in client.get(f"{PAGE}file/csv/").content.decode()
    page = text(client.post(places[3], {"evaluated_on": "2022-11-01", "reached": "x", "conclusion": "stop",
                                        "with-TOTAL_FORMS": 0, "with-INITIAL_FORMS": 0}))  # fmt: skip
    assert "Only editors and administrators" in page
    cast.sign_in(client, "rival")
    page = text(client.get(PAGE))
    assert f"{SECRET}-words" in page
    assert mason.text not in page
    for place in places:
        assert client.get(place).status_code == 404, place
    client.post(places[2], {"reason": "Not mine"})
    client.post(f"{PAGE}goals/{mason.pk}/take-up/")
    for who in ("assessor", "coordinator", "authority", "visitor"):
        cast.sign_in(client, who)
        for place in (PAGE, *places):
            assert client.get(place).status_code in (302, 404), (who, place)
    assert Reading.objects.count() == 2
    assert Evaluation.objects.count() == 1


def test_rows_and_verdicts_agree_for_everybody(cast, line, note, evaluate):
    for firm in ("mason", "granite"):
        goal = line(firm)[-1]
        note(goal, 5, firm=firm)
        evaluate(goal, firm=firm)
    for name in [*PEOPLE, "visitor"]:
        actor = cast.actor(name)
        for firm in ("mason", "granite"):
            pk = cast.organisations[firm].pk
            sees = bool(permissions.can_view_results(actor, pk))
            assert permissions.visible_evaluations(actor).filter(organisation_id=pk).exists() == sees, (name, firm)
            assert permissions.visible_readings(actor).filter(goal__plan__organisation_id=pk).exists() == sees
    assert [n for n in PEOPLE if permissions.can_write_results(cast.actor(n), cast.organisations["mason"].pk)] == [
        "company_admin", "editor",
    ]  # fmt: skip


def test_the_file_says_not_given_and_no_text_is_a_formula(editor, line, note):
    goal = line(text="=HYPERLINK(1)")[-1]
    note(goal, "12.5", year=2)
    note(goal, words="@SUM(A1)", year=3)
    rows = list(csv.reader(io.StringIO(editor.get(f"{PAGE}file/csv/").content.decode("utf-8-sig"))))
    assert [(r[0], r[5], r[6], r[8]) for r in rows[1:]] == [
        ("'=HYPERLINK(1)", "2019-2020", "not given", ""),
        ("'=HYPERLINK(1)", "2020-2021", "12.5", ""),
        ("'=HYPERLINK(1)", "2021-2022", "", "'@SUM(A1)"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(editor.get(f"{PAGE}file/xlsx/").content)).active
    assert [(c.value, c.data_type) for c in sheet["G"][1:]] == [("not given", "s"), (12.5, "n"), (None, "n")]
    assert sheet["A2"].data_type == "s"
    assert editor.get(f"{PAGE}file/exe/").status_code == 404


@pytest.mark.parametrize("path", ["", "file/csv/", "goals/{}/evaluation/", "goals/{}/readings/add/"])
def test_as_many_queries_with_three_goals_as_with_one(editor, line, note, evaluate, path):
    first = line()[-1]

    def fill(goal):
        note(goal, 5, year=1)
        note(goal, 7)
        evaluate(goal)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert editor.get(PAGE + path.format(first.pk)).status_code == 200
        return len(found)

    fill(first)
    count()
    one = count()
    for years in ((1, 2, 3), (2,)):
        fill(line(years=years)[-1]) if 3 in years else line(years=years)
    assert count() == one


def test_the_page_is_dutch_for_who_reads_dutch(editor, line):
    line()
    editor.cookies["language"] = "nl"
    page = text(editor.get(PAGE))
    assert "dit jaar niet ingevuld" in page
    assert "Van 1 doel is voor dit jaar niets ingevuld." in page
    assert "not given" not in page
