"""The pages of the assessment: what stands on them, for whom, and in how many queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.assessment import world
from tests.assessment.world import RIVAL_SECRET, SECRET, WEEK
from tests.cast import NOW, Cast
from tests.reporting import world as reports
from toetssteen.assessment import services
from toetssteen.assessment.models import Assessment, Decision, QuestionScore, Remark
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

OUTSIDERS = ("visitor", "company_admin", "rival", "euro", "authority", "union", "committee", "operator")


@pytest.fixture(autouse=True)
def moment(settings: Any) -> Any:
    """It is the day of the cast."""
    settings.DEMO_TODAY = NOW.date().isoformat()
    return settings


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query, headers={"accept-language": "en"})
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def in_review(cast: Cast, who: str = "editor") -> Report:
    report = world.submitted(cast, who)
    world.take(cast, report)
    return report


SECRETARIAT_PAGES = (
    "assessment_file", "report_assign", "report_return", "talk_add", "provisional_give", "provisional_take_back",
    "second_reading", "decision_take", "extension_grant", "report_call_in",
)  # fmt: skip


def test_every_page_of_a_file_stands_for_the_secretariat_and_for_nobody_else(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    services.ask_question(actor=cast.actor("assessor"), report_id=report.pk, question="", text=SECRET, now=NOW)
    world.score(cast, report, "q-1-1-01", "partly", SECRET)
    cast.sign_in(client, "assessor")
    for name in SECRETARIAT_PAGES:
        assert "Mason Stone" in page(client, name, report.pk)
    assert SECRET in page(client, "assessment_file", report.pk)
    for who in OUTSIDERS:
        cast.sign_in(client, who)
        for name in SECRETARIAT_PAGES:
            response = client.get(reverse(name, args=[report.pk]))
            assert response.status_code in (302, 404)
            assert SECRET not in response.content.decode()
        response = client.get(reverse("assess_question", args=[report.pk, "q-1-1-01"]))
        assert response.status_code in (302, 404)
        assert SECRET not in response.content.decode()


def test_without_a_second_factor_there_is_no_desk(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    client.force_login(cast.people["assessor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(reverse("assessment_file", args=[report.pk]))
    assert response.status_code == 302
    assert "Mason" not in response.content.decode()


def test_a_draft_is_not_on_any_page_of_the_secretariat(cast: Cast, client: Client) -> None:
    draft = reports.open_report(cast)
    reports.answer(cast, draft, "q-1-1-01", text=SECRET)
    cast.sign_in(client, "coordinator")
    assert "Mason" not in page(client, "work_queue")
    assert SECRET not in page(client, "year_overview", 1)
    for name in SECRETARIAT_PAGES:
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404


def test_the_queue_shows_who_waits_and_hands_out_work(cast: Cast, client: Client) -> None:
    report = world.submitted(cast)
    other = world.submitted(cast, "rival")
    cast.sign_in(client, "assessor")
    text = page(client, "work_queue")
    assert "2 reports wait" in text
    client.post(reverse("work_queue"), {"take": report.pk})
    assert Assessment.objects.get(report=report).assessor == cast.people["assessor"]
    mine = page(client, "work_queue", whose="mine")
    assert "Mason Stone" in mine
    assert "Granite House" not in mine
    free = page(client, "work_queue", whose="free", search="granite")
    assert "Granite House" in free
    assert "Mason Stone" not in free
    assert page(client, "work_queue", sort="-company").index("Mason") < page(
        client, "work_queue", sort="-company"
    ).index("Granite")
    assert other.pk


def test_the_desk_lays_answer_last_year_and_levels_side_by_side(cast: Cast, client: Client) -> None:
    first = world.submitted(cast)
    world.score_all(cast, first, "partly", reason="Thin last year.")
    world.provisional(cast, first, "red", "Below the minimum.")
    world.decide(cast, first, "red", "Below the minimum.")
    second = world.submitted(cast, year=2, level="fully")
    cast.sign_in(client, "assessor")
    text = page(client, "assess_question", second.pk, "q-1-1-01")
    assert "changed since year 1" in text
    assert "Thin last year." in text
    assert "own estimate: fully" in text
    assert text.count('name="level"') == 4
    assert 'data-key="4"' in text


def test_saving_a_level_goes_to_the_next_question(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    cast.sign_in(client, "assessor")
    address = reverse("assess_question", args=[report.pk, "q-1-1-01"])
    response = client.post(address, {"level": "fully", "reason": "Clear.", "row_version": 0})
    assert response.status_code == 302
    assert response["Location"] != address
    assert QuestionScore.objects.get().reason == "Clear."


def test_a_conflict_keeps_what_was_typed_and_shows_the_other(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    world.score(cast, report, "q-1-1-01", "partly", "From the other assessor.", who="coordinator")
    cast.sign_in(client, "assessor")
    address = reverse("assess_question", args=[report.pk, "q-1-1-01"])
    posted = {"level": "fully", "reason": "What I typed.", "row_version": 0}
    text = client.post(address, posted, headers={"accept-language": "en"}).content.decode()
    assert "From the other assessor." in text
    assert "What I typed." in text
    assert QuestionScore.objects.get().reason == "From the other assessor."
    assert 'name="row_version" value="1"' in text
    client.post(address, {**posted, "row_version": 1})
    assert QuestionScore.objects.get().reason == "What I typed."


def test_a_question_to_the_company_from_the_desk(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    cast.sign_in(client, "assessor")
    address = reverse("assess_question", args=[report.pk, "q-1-1-01"])
    client.post(address, {"ask": "1", "ask-text": "Who signed the policy?"})
    assert Remark.objects.get().question == "q-1-1-01"
    assert "Who signed the policy?" in page(client, "assess_question", report.pk, "q-1-1-01")
    empty = client.post(address, {"ask": "1", "ask-text": " "}, headers={"accept-language": "en"})
    assert empty.status_code == 200
    assert "data-errors" in empty.content.decode()


def test_the_company_sees_no_points_before_the_provisional_result(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    world.score_all(cast, report, reason=SECRET)
    services.ask_second_reader(actor=cast.actor("assessor"), report_id=report.pk, now=NOW)
    services.record_second_read(
        actor=cast.actor("coordinator"), report_id=report.pk, note="NOTE-OF-THE-SECOND-READER", now=NOW
    )
    cast.sign_in(client, "company_admin")
    before = page(client, "assessment_company", report.pk)
    assert SECRET not in before
    assert "Points per question" not in before
    world.provisional(cast, report)
    after = page(client, "assessment_company", report.pk)
    assert SECRET in after
    assert "Provisional result" in after
    assert "NOTE-OF-THE-SECOND-READER" not in after
    services.take_back_provisional(actor=cast.actor("assessor"), report_id=report.pk, now=NOW)
    world.score(cast, report, "q-1-1-01", "none", "NEW-SECRET")
    gone = page(client, "assessment_company", report.pk)
    assert SECRET not in gone
    assert "NEW-SECRET" not in gone


def test_a_company_sees_its_own_assessment_only(cast: Cast, client: Client) -> None:
    own = in_review(cast)
    rival = in_review(cast, "rival")
    services.ask_question(actor=cast.actor("assessor"), report_id=rival.pk, question="", text=RIVAL_SECRET, now=NOW)
    services.ask_question(actor=cast.actor("assessor"), report_id=own.pk, question="", text="For Mason.", now=NOW)
    cast.sign_in(client, "editor")
    text = page(client, "assessment_company", own.pk)
    assert "For Mason." in text
    assert RIVAL_SECRET not in text
    hidden = client.get(reverse("assessment_company", args=[rival.pk]))
    assert hidden.status_code == 404
    assert RIVAL_SECRET not in hidden.content.decode()
    remark = Remark.objects.get(text=RIVAL_SECRET)
    answered = client.post(
        reverse("assessment_company", args=[own.pk]), {"remark": remark.pk, f"answer-{remark.pk}-text": "Mine."}
    )
    assert answered.status_code == 404
    assert Remark.objects.filter(kind="answer").count() == 0
    for who in ("assessor", "union", "authority"):
        cast.sign_in(client, who)
        assert client.get(reverse("assessment_company", args=[own.pk])).status_code == 404


def test_the_company_answers_completes_and_replies(cast: Cast, client: Client, moment: Any) -> None:
    report = in_review(cast)
    asked = services.ask_question(
        actor=cast.actor("assessor"), report_id=report.pk, question="q-1-1-01", text="Who signed?", now=NOW
    )
    cast.sign_in(client, "editor")
    address = reverse("assessment_company", args=[report.pk])
    client.post(address, {"remark": asked.pk, f"answer-{asked.pk}-text": "The director."})
    assert Remark.objects.get(kind="answer").text == "The director."
    services.return_report(
        actor=cast.actor("assessor"),
        report_id=report.pk,
        items=[services.MissingItem("Add the signed policy.", "q-1-1-01")],
        due_on=NOW.date() + WEEK,
        now=NOW,
        today=NOW.date(),
    )
    assert "Add the signed policy." in page(client, "assessment_company", report.pk)
    world.write_goal(report)
    reports.submit(cast, report)
    world.score_all(cast, report)
    world.provisional(cast, report)
    client.post(address, {"reply-text": "We agree."})
    assert Remark.objects.get(kind="reply").text == "We agree."
    cast.sign_in(client, "reader")
    assert "Only editors" in page(client, "assessment_company", report.pk)
    moment.DEMO_TODAY = (NOW + 3 * WEEK).date().isoformat()
    cast.sign_in(client, "editor")
    late = client.post(address, {"reply-text": "Too late."}, headers={"accept-language": "en"}).content.decode()
    assert "term for a reply has passed" in late
    assert Remark.objects.filter(kind="reply").count() == 1


def test_a_decision_is_asked_twice_and_taken_once(cast: Cast, client: Client, moment: Any) -> None:
    report = in_review(cast)
    world.score_all(cast, report)
    world.provisional(cast, report)
    moment.DEMO_TODAY = (NOW + 3 * WEEK).date().isoformat()
    cast.sign_in(client, "assessor")
    address = reverse("decision_take", args=[report.pk])
    posted = {"colour": "green", "reason": "", "improvement_on": ""}
    text = client.post(address, posted, headers={"accept-language": "en"}).content.decode()
    assert "Make the decision final?" in text
    assert "You differ from what the rule proposes" not in text
    assert not Decision.objects.filter(kind="final").exists()
    assert Report.objects.get(pk=report.pk).state == ReportState.PROVISIONAL
    client.post(address, {**posted, "confirmed": "1"})
    assert Decision.objects.get(kind="final").colour == "green"
    missing = client.post(address, {**posted, "colour": "red"}, headers={"accept-language": "en"}).content.decode()
    assert "already decided" in missing


def test_the_confirmation_shows_what_will_be_kept(cast: Cast, client: Client, moment: Any) -> None:
    report = world.submitted(cast, known=2)
    world.score_all(cast, report)
    world.provisional(cast, report, "orange", "Origins.", improvement_on=dt.date(2021, 4, 1))
    moment.DEMO_TODAY = (NOW + 3 * WEEK).date().isoformat()
    cast.sign_in(client, "assessor")
    posted = {"colour": "red", "reason": "No origins.", "improvement_on": "2021-04-01"}
    address = reverse("decision_take", args=[report.pk])
    text = client.post(address, posted, headers={"accept-language": "en"}).content.decode()
    assert "You differ from what the rule proposes" in text
    assert "No origins." in text
    assert "Agreed date of improvement" not in text  # red has no such date, so none will be kept


def test_extra_time_with_a_decision_through_the_form(cast: Cast, client: Client, moment: Any) -> None:
    report = world.submitted(cast, known=2)
    world.score_all(cast, report)
    world.provisional(cast, report, "orange", "Origins.", improvement_on=dt.date(2021, 4, 1))
    moment.DEMO_TODAY = (NOW + 3 * WEEK).date().isoformat()
    cast.sign_in(client, "assessor")
    text = page(client, "decision_take", report.pk)
    assert 'value="2021-04-01"' in text  # the pack's usual date is filled in
    assert 'value="coverage:quarries"' in text
    posted = {
        "colour": "orange",
        "reason": "Origins.",
        "improvement_on": "2021-04-01",
        "give_extension": "on",
        "until_on": "2021-04-01",
        "missing": ["coverage:quarries"],
        "extension_reason": "",
        "confirmed": "1",
    }
    refused = client.post(reverse("decision_take", args=[report.pk]), posted, headers={"accept-language": "en"})
    assert "Give the reason for the extra time" in refused.content.decode()
    client.post(reverse("decision_take", args=[report.pk]), {**posted, "extension_reason": "Closed borders."})
    assert [i["subject"] for i in Assessment.objects.get().extensions.get().missing] == ["quarries"]
    cast.sign_in(client, "editor")
    assert "You have extra time until 1 April 2021" in page(client, "assessment_company", report.pk)


def test_the_year_lists_due_exempt_and_missing_companies(
    cast: Cast, client: Client, moment: Any, mailoutbox: Any
) -> None:
    membership = cast.organisations["granite"].memberships.get()
    membership.joined_on = dt.date(2020, 8, 1)
    membership.save()
    report = world.submitted(cast)
    world.score_all(cast, report)
    world.provisional(cast, report)
    world.decide(cast, report)
    cast.sign_in(client, "coordinator")
    text = page(client, "year_overview", 1)
    assert "1 of 2 reports decided" in text
    assert "Joined late." in text
    only = page(client, "year_overview", 1, group="undelivered")
    assert "Euro Stone" in only
    assert "Granite House" not in only
    csv = client.get(reverse("year_export", args=[1])).content.decode()
    assert csv.splitlines()[0].startswith("reference,company,situation,report_year,due,exemption")
    assert "T001,Mason Stone BV,C,1,yes" in csv
    assert "Not handed in</span>" not in text  # the term has not passed
    sent = client.post(reverse("undelivered_remind", args=[1]), {"companies": [cast.organisations["euro"].pk]})
    assert sent.status_code == 302
    assert [m.to for m in mailoutbox] == [["admin@euro.example"]]
    assert "2019-2020" in mailoutbox[0].subject
    moment.DEMO_TODAY = "2021-01-10"
    address = reverse("undelivered_declare", args=[1, cast.organisations["euro"].pk])
    offered = client.get(address).content.decode()
    assert 'value="red"' in offered
    assert 'value="green"' not in offered
    client.post(address, {"colour": "green", "reason": "Because."})
    assert not Report.objects.filter(organisation=cast.organisations["euro"]).exists()
    client.post(address, {"colour": "red", "reason": "Nothing arrived."})
    shell = Report.objects.get(organisation=cast.organisations["euro"])
    assert (shell.state, shell.submitted_at) == (ReportState.PROVISIONAL, None)
    assert "No report was handed in" in page(client, "assessment_file", shell.pk)
    cast.sign_in(client, "euro")
    assert "The report was not delivered" in page(client, "assessment_company", shell.pk)


def test_only_coordinators_and_the_operator_read_the_trail(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    for who in ("coordinator", "operator"):
        cast.sign_in(client, who)
        assert "assessment.take" in page(client, "audit_list")
        found = page(client, "audit_list", subject=f"reporting.Report:{report.pk}", person="assessor")
        assert "assessment.take" in found
        assert "reporting.open" not in found
        checked = client.post(reverse("audit_list"), headers={"accept-language": "en"}).content.decode()
        assert "The chain holds" in checked
    for who in ("assessor", "company_admin", "union"):
        cast.sign_in(client, who)
        response = client.get(reverse("audit_list"))
        assert response.status_code == 404
        assert "assessment.take" not in response.content.decode()


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queue_and_desk_need_as_many_queries_for_three_as_for_one(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    world.score(cast, report, "q-1-1-01")
    services.ask_question(actor=cast.actor("assessor"), report_id=report.pk, question="q-1-1-01", text="?", now=NOW)
    cast.sign_in(client, "assessor")
    addresses = [
        reverse("work_queue"),
        reverse("assessment_file", args=[report.pk]),
        reverse("assess_question", args=[report.pk, "q-1-1-01"]),
        reverse("year_overview", args=[1]),
    ]
    one = [queries_of(client, a) for a in addresses]
    for who in ("rival", "euro"):
        if who == "euro":
            reports.chain(cast, "euro", situation="B", extraction_country="PT", processing_country="PT")
            other = reports.open_report(cast, "euro")
            reports.answer_all(cast, other, "largely", "euro")
            reports.submit(cast, other, "euro")
        else:
            other = world.submitted(cast, who)
        world.take(cast, other)
    for number in range(2, 4):
        world.score(cast, report, f"q-1-1-0{number}", reason="Fine.")
        services.ask_question(
            actor=cast.actor("assessor"), report_id=report.pk, question="q-1-1-01", text=f"{number}?", now=NOW
        )
    assert [queries_of(client, a) for a in addresses] == one


def test_the_companys_side_needs_as_many_queries_for_three_as_for_one(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    assessor = cast.actor("assessor")

    def more(number: int) -> None:
        services.ask_question(actor=assessor, report_id=report.pk, question="q-1-1-01", text=f"{number}?", now=NOW)
        answered = services.ask_question(actor=assessor, report_id=report.pk, question="", text="And?", now=NOW)
        services.answer_question(actor=cast.actor("editor"), remark_id=answered.pk, text=f"Answer {number}", now=NOW)
        services.save_talk(
            actor=assessor, report_id=report.pk, talk_id=None, row_version=0, now=NOW,
            notes=services.TalkNotes(held_on=NOW.date(), participants="Both", notes=f"Talk {number}", agreed=""),
        )  # fmt: skip

    more(1)
    world.score_all(cast, report, reason="Fine.")
    world.provisional(cast, report)
    services.reply_to_provisional(
        actor=cast.actor("editor"), report_id=report.pk, text="Reply 1", now=NOW, today=NOW.date()
    )
    cast.sign_in(client, "editor")
    address = reverse("assessment_company", args=[report.pk])
    one = queries_of(client, address)
    for number in (2, 3):
        services.reply_to_provisional(
            actor=cast.actor("editor"), report_id=report.pk, text=f"Reply {number}", now=NOW, today=NOW.date()
        )
        services.take_back_provisional(actor=assessor, report_id=report.pk, now=NOW)
        more(number)
        world.provisional(cast, report)
        services.reply_to_provisional(
            actor=cast.actor("editor"), report_id=report.pk, text=f"Again {number}", now=NOW, today=NOW.date()
        )
    text = page(client, "assessment_company", report.pk)
    assert all(f"{word} {n}" in text for word in ("Answer", "Talk", "Reply") for n in (1, 2, 3))
    assert queries_of(client, address) == one


def test_the_trail_needs_as_many_queries_for_many_acts_as_for_few(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    cast.sign_in(client, "coordinator")
    addresses = [reverse("audit_list"), reverse("audit_list") + f"?subject=reporting.Report:{report.pk}"]
    few = [queries_of(client, a) for a in addresses]
    other = in_review(cast, "rival")
    for number in range(3):
        world.score(cast, report, "q-1-1-01", reason=f"Reason {number}")
        services.ask_question(actor=cast.actor("coordinator"), report_id=other.pk, question="", text="?", now=NOW)
    assert [queries_of(client, a) for a in addresses] == few


def test_a_report_goes_back_with_a_list_through_the_form(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    cast.sign_in(client, "assessor")
    posted = {
        "due_on": "2020-12-06",
        "general": "The chain list is not signed.\n\n",
        "missing-TOTAL_FORMS": 2,
        "missing-INITIAL_FORMS": 0,
        "missing-0-question": "q-1-1-01",
        "missing-0-text": "",
        "missing-1-question": "",
        "missing-1-text": "",
    }
    address = reverse("report_return", args=[report.pk])
    half = client.post(address, posted, headers={"accept-language": "en"}).content.decode()
    assert "Write what is missing at this question." in half
    assert Report.objects.get(pk=report.pk).state == ReportState.IN_REVIEW
    client.post(address, {**posted, "missing-0-text": "The date is missing."})
    request = Assessment.objects.get(report=report).completion_requests.get()
    assert request.items == [
        {"question": "", "text": "The chain list is not signed."},
        {"question": "q-1-1-01", "text": "The date is missing."},
    ]
    cast.sign_in(client, "editor")
    own = page(client, "assessment_company", report.pk)
    assert "The date is missing." in own
    assert "Question 1.1.1" in own


def test_a_talk_is_noted_once_and_read_by_both(cast: Cast, client: Client) -> None:
    report = in_review(cast)
    cast.sign_in(client, "assessor")
    posted = {"held_on": "2020-11-14", "participants": "Both sides", "notes": "We spoke of origins.", "row_version": 0}
    client.post(reverse("talk_add", args=[report.pk]), {**posted, "agreed": "A list in December."})
    talk = Assessment.objects.get(report=report).talks.get()
    stale = client.post(
        reverse("talk_edit", args=[report.pk, talk.pk]),
        {**posted, "notes": "Older."},
        headers={"accept-language": "en"},
    )
    assert "in the meantime" in stale.content.decode()
    talk.refresh_from_db()
    assert talk.notes == "We spoke of origins."
    cast.sign_in(client, "reader")
    own = page(client, "assessment_company", report.pk)
    assert "We spoke of origins." in own
    assert "A list in December." in own
    assert client.get(reverse("talk_edit", args=[report.pk, talk.pk])).status_code == 404
    cast.sign_in(client, "rival")
    assert client.get(reverse("assessment_company", args=[report.pk])).status_code == 404
