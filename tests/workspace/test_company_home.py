"""The home of a company in every state of its report, and what it never shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.assessment import world
from tests.assessment.world import RIVAL_SECRET, SECRET, WEEK
from tests.cast import NOW, PEOPLE, TODAY, Cast
from tests.reporting import world as reports
from toetssteen.assessment import services
from toetssteen.assessment.models import Assessment
from toetssteen.foundation import clock
from toetssteen.organisations.models import Membership, SituationPeriod
from toetssteen.plans.models import Plan
from toetssteen.reporting.models import Report
from toetssteen.workspace import presentation, queries


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the day of the cast, and services speak English."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with translation.override("en"):
        yield


def home(cast: Cast, client: Client, who: str = "editor", language: str = "en") -> str:
    cast.sign_in(client, who)
    client.cookies["language"] = language
    answer = client.get("/home/", headers={"accept-language": language})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def in_review(cast: Cast, who: str = "editor", level: str = "largely") -> Report:
    report = world.submitted(cast, who, level=level)
    world.take(cast, report)
    return report


def test_not_started_has_a_button_that_starts(cast: Cast, client: Client) -> None:
    page = home(cast, client)
    assert "Your report can be started" in page
    assert "Hand in by <b>31 December 2020</b>, 46 days left" in page
    assert '<form method="post" action="/reports/">' in page
    client.post("/reports/")
    assert Report.objects.get().organisation == cast.organisations["mason"]
    assert "Your report can be started" not in home(cast, client)


def test_a_reader_cannot_start_and_reads_why(cast: Cast, client: Client) -> None:
    page = home(cast, client, "reader")
    assert "Only editors of this company can start its report." in page
    assert '<form method="post" action="/reports/">' not in page


def test_without_a_duty_the_page_says_why(cast: Cast, client: Client) -> None:
    SituationPeriod.objects.filter(organisation=cast.organisations["mason"]).delete()
    Membership.objects.filter(organisation=cast.organisations["mason"]).update(joined_on=dt.date(2020, 9, 29))
    page = home(cast, client)
    lifted = queries.company_home(cast.actor("editor"), today=TODAY)
    assert lifted.stand == queries.NO_REPORT
    assert "You do not have to hand in a report this year" in page
    text = next(e.text.en for e in lifted.pack.exemptions if e.id == lifted.exemption)
    assert " ".join(text.split())[:40] in page.replace("&#x27;", "'")


def test_a_draft_shows_points_short_the_first_three_things_and_the_whole_list(cast: Cast, client: Client) -> None:
    reports.chain(cast, "mason", known=1)
    report = reports.open_report(cast)
    shown = queries.company_home(cast.actor("editor"), today=TODAY)
    assert shown.own is not None
    assert len(shown.own.path.steps) > presentation.FIRST
    page = home(cast, client)
    assert f"<h1>{presentation.to_green(shown.own)}</h1>" in page
    assert "points to go for green" in page or "things to go for green" in page
    assert page.count('class="todo"') == 1
    todo = page.split('<ul class="todo">')[1].split("</ul>")[0]
    assert todo.count("<li>") == presentation.FIRST
    assert f'href="/reports/{report.pk}/check/"' in page
    assert 'aria-disabled="true"' in page
    assert "You can hand in when this is done:" in page
    assert "Proposed: red" in page
    assert "(provisional norm)" in page or not shown.rule.has_placeholder


def test_after_the_deadline_the_page_says_how_late(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.open_report(cast)
    monkeypatch.setattr(clock, "today", lambda: dt.date(2020, 12, 31))
    assert "today is the last day" in home(cast, client)
    monkeypatch.setattr(clock, "today", lambda: dt.date(2021, 1, 1))
    assert "1 day too late" in home(cast, client)


def test_who_meets_everything_reaches_green_and_may_hand_in(cast: Cast, client: Client) -> None:
    reports.chain(cast, "mason", known=4)
    Plan.objects.create(
        organisation=cast.organisations["mason"], year=cast.years[1], state="delivered", delivered_on=TODAY
    )
    report = reports.open_report(cast)
    reports.answer_all(cast, report, "fully")
    page = home(cast, client)
    assert "<h1>You reach green</h1>" in page
    assert "Proposed: green" in page
    assert f'href="/reports/{report.pk}/submit/">Hand in the report' in page
    reader = home(cast, client, "reader")
    assert "Only editors of this company can submit its report." in reader
    assert f'href="/reports/{report.pk}/submit/"' not in reader


def test_a_returned_report_shows_what_is_missing_and_until_when(cast: Cast, client: Client) -> None:
    report = in_review(cast, level="fully")
    items = [services.MissingItem("Add the year of the policy", "q-1-1-01")]
    services.return_report(
        actor=cast.actor("assessor"), report_id=report.pk, items=items, due_on=TODAY + 2 * WEEK, now=NOW, today=TODAY
    )
    page = home(cast, client)
    assert "Add the year of the policy" in page
    assert f"/reports/{report.pk}/questions/q-1-1-01/" in page
    assert "29 November 2020" in page
    assert "14 days left" in page


@pytest.mark.parametrize("taken", [False, True])
def test_while_the_secretariat_works_nothing_of_it_shows(cast: Cast, client: Client, taken: bool) -> None:
    report = in_review(cast) if taken else world.submitted(cast)
    before = home(cast, client)
    assert ("The secretariat is assessing your report" if taken else "Your report has been handed in") in before
    if taken:
        world.score(cast, report, "q-1-1-01", "none", SECRET)
        Assessment.objects.update(second_note=SECRET, improvement_on=dt.date(2021, 5, 17))
        services.ask_question(
            actor=cast.actor("assessor"), report_id=report.pk, question="q-1-1-01", text="Since when?", now=NOW
        )
    page = home(cast, client)
    assert SECRET not in page
    assert "17 May 2021" not in page
    own = queries.company_home(cast.actor("editor"), today=TODAY).own
    assert own is not None
    assert f'<p class="big">{own.estimate.sheet.total.normalize()}' in page  # its own estimate, not the assessor's
    assert ("Since when?" in page) == taken
    assert "What is missing for green" not in page


def test_provisional_and_final_results_show_as_they_were_given(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = in_review(cast)
    world.score_all(cast, report, "fully", "Well done.")
    given = world.provisional(cast, report, "orange", "The policy is not finished yet.",
                              improvement_on=dt.date(2021, 6, 1))  # fmt: skip
    page = home(cast, client)
    assert "Your provisional result: orange" in page
    assert "Provisional: orange" in page
    assert "The policy is not finished yet." in page
    assert "You can reply until" in page
    assert f'<p class="big">{given.total.normalize():f}' in page
    assert 'class="v-word v-orange"' not in page  # not a colour of a year before the decision
    later = NOW + 3 * WEEK
    monkeypatch.setattr(clock, "today", lambda: later.date())
    world.decide(cast, report, "orange", "Still not finished.", improvement_on=dt.date(2021, 6, 1))
    page = home(cast, client)
    assert "Your year is orange" in page
    assert "Still not finished." in page
    assert 'class="v-word v-orange"' in page


def test_nothing_of_another_company_shows(cast: Cast, client: Client) -> None:
    rival = in_review(cast, "rival")
    services.ask_question(actor=cast.actor("assessor"), report_id=rival.pk, question="", text=RIVAL_SECRET, now=NOW)
    in_review(cast)
    assert RIVAL_SECRET in home(cast, client, "rival")  # there is something to leak
    page = home(cast, client)
    assert RIVAL_SECRET not in page
    assert "Granite House" not in page
    assert f"/reports/{rival.pk}/" not in page


@pytest.mark.parametrize("name", [n for n in PEOPLE if PEOPLE[n][1] not in {"mason", "granite", "euro"}])
def test_only_companies_have_this_home(cast: Cast, client: Client, name: str) -> None:
    world.submitted(cast)
    cast.sign_in(client, name)
    answer = client.get("/home/")
    assert answer.status_code == 404
    assert "Mason Stone" not in answer.content.decode()


def test_as_many_queries_with_three_chains_and_questions_as_with_one(cast: Cast, client: Client) -> None:
    report = in_review(cast)

    def count(more: int) -> int:
        for n in range(more):
            reports.chain(cast, "mason", known=2, share_of_volume=None)
            services.ask_question(
                actor=cast.actor("assessor"), report_id=report.pk, question="", text=f"Question {n}", now=NOW
            )
        home(cast, client)
        with CaptureQueriesContext(connection) as found:
            client.get("/home/")
        return len(found)

    assert count(1) == count(2)


def test_the_home_is_dutch_for_who_reads_dutch(cast: Cast, client: Client) -> None:
    reports.open_report(cast)
    page = home(cast, client, language="nl")
    assert "tot groen" in page or "voor groen" in page
    assert "Lever in uiterlijk op <b>31 december 2020</b>, nog 46 dagen." in page
    for english in ("Hand in", "What is missing", "Messages", "Year 1"):
        assert english not in page


def test_years_bear_the_companys_own_number_as_in_the_register(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who joined in covenant year 2 makes report 1 of it; the year before has no number, only its dates."""
    mason = cast.organisations["mason"]
    Membership.objects.filter(organisation=mason).update(joined_on=dt.date(2020, 11, 1))
    SituationPeriod.objects.filter(organisation=mason).update(since_on=dt.date(2020, 11, 1))
    monkeypatch.setattr(clock, "today", lambda: dt.date(2021, 11, 15))
    shown = queries.company_home(cast.actor("editor"), today=dt.date(2021, 11, 15))
    assert (shown.year.number, shown.report_year) == (2, 1)
    stones = presentation.years(shown)
    assert [stone["label"] for stone in stones[:3]] == ["2019-2020", "Year 1", "Year 2"]
    assert stones[0]["text"] == "no report"
    page = home(cast, client)
    assert "Overview of 2020-2021" in page
