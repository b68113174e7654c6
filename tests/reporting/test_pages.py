"""The pages of a report: saving while typing, two tabs, evidence, handing in; all of it without a script too."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from tests.reporting import world
from tests.reporting.conftest import PDF
from toetssteen.documents.models import Evidence
from toetssteen.organisations.models import SituationPeriod
from toetssteen.reporting import services
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Answer, AnswerEvidence, Report, Snapshot
from toetssteen.supplychain.models import ChainLink, Site

AUTOSAVE = {"HTTP_X_AUTOSAVE": "1"}


def address(report: Report, question: str, tail: str = "") -> str:
    return f"/reports/{report.pk}/questions/{question}/{tail}"


def stored(report: Report, question: str) -> Answer | None:
    return Answer.objects.filter(report=report, question=question).first()


def row_version(page: Any) -> int:
    found = re.search(r'name="row_version" value="(\d+)"', page.content.decode())
    assert found
    return int(found[1])


# --- saving while typing


def test_saving_while_typing(report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-03")
    assert row_version(browser.get(where)) == 0
    first = browser.post(where, {"level": "partly", "text": "A start", "row_version": 0}, **AUTOSAVE)
    assert first.status_code == 200
    assert first.json()["row_version"] == 1
    assert first.json()["saved"].startswith("Saved at ")
    second = browser.post(where, {"level": "largely", "text": "A start, and more", "row_version": 1}, **AUTOSAVE)
    assert second.json()["row_version"] == 2
    answer = stored(report, "q-1-1-03")
    assert answer is not None
    assert (answer.level, answer.text) == ("largely", "A start, and more")
    page = browser.get(where)
    assert row_version(page) == 2
    assert "A start, and more" in page.content.decode()


def test_two_tabs_get_to_see_both_texts(cast: Cast, report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-03")
    browser.post(where, {"level": "partly", "text": "Both saw this", "row_version": 0})
    world.answer(cast, report, "q-1-1-03", "fully", who="company_admin", text="COLLEAGUES-TEXT")
    mine = {"level": "largely", "text": "MY-OWN-TEXT", "row_version": 1}
    reply = browser.post(where, mine, **AUTOSAVE)
    assert reply.status_code == 409
    said = reply.json()
    assert "in the meantime" in said["problem"]
    assert (said["conflict"]["text"], said["conflict"]["who"]) == ("COLLEAGUES-TEXT", "Company Admin")
    page = browser.post(where, mine).content.decode()
    assert page.count("MY-OWN-TEXT") >= 2  # beside the other one, and still in the form
    assert "COLLEAGUES-TEXT" in page
    answer = stored(report, "q-1-1-03")
    assert answer is not None
    assert answer.text == "COLLEAGUES-TEXT"
    # The old number stays in the form, so typing on cannot overwrite; only choosing does.
    assert re.search(r'name="row_version" value="1"', page)
    choice = re.search(r'name="instead_of" value="(\d+)"', page)
    assert choice
    assert int(choice[1]) == answer.row_version
    browser.post(where, {**mine, "instead_of": choice[1]})
    answer.refresh_from_db()
    assert answer.text == "MY-OWN-TEXT"


def test_a_choice_made_on_an_old_page_does_not_overwrite_a_third_text(cast: Cast, report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-03")
    world.answer(cast, report, "q-1-1-03", "fully", who="company_admin", text="second")
    world.answer(cast, report, "q-1-1-03", "fully", who="company_admin", text="third")
    page = browser.post(where, {"level": "none", "text": "mine", "row_version": 0, "instead_of": 1})
    assert "Two versions of this answer" in page.content.decode()
    answer = stored(report, "q-1-1-03")
    assert answer is not None
    assert answer.text == "third"


def test_what_cannot_be_saved_is_said_while_typing(report: Report, at: Any) -> None:
    where = address(report, "q-1-1-03")
    reply = at().post(where, {"level": "fully", "dont_know": "on", "text": "x", "row_version": 0}, **AUTOSAVE)
    assert reply.status_code == 422
    assert "Not both" in reply.json()["problem"]
    assert stored(report, "q-1-1-03") is None


# --- without a script


def test_save_and_next_without_a_script(report: Report, at: Any) -> None:
    browser = at()
    reply = browser.post(
        address(report, "q-1-1-01"), {"value": "yes", "level": "fully", "text": "Signed.", "row_version": 0}
    )
    assert reply.headers["Location"] == address(report, "q-1-1-02")
    answer = stored(report, "q-1-1-01")
    assert answer is not None
    assert (answer.value, answer.level, answer.text) == (True, "fully", "Signed.")
    page = browser.get(address(report, "q-1-1-01")).content.decode()
    assert re.search(r'value="yes"[^>]*checked', page)
    later = browser.post(address(report, "q-1-1-03"), {"level": "partly", "row_version": 0, "later": "1"})
    assert later.headers["Location"] == f"/reports/{report.pk}/"


def test_something_wrong_is_said_in_place_and_nothing_is_lost(cast: Cast, at: Any) -> None:
    world.chain(cast, "mason")
    report = world.open_report(cast)
    where = address(report, "q-2-2-06")  # a day, asked later, may already be answered
    page = at().post(where, {"value": "soon", "level": "partly", "text": "KEPT-WORDS", "row_version": 0})
    body = page.content.decode()
    assert "<title>Error:" in body
    assert "KEPT-WORDS" in body
    assert re.search(r'id="id_value-error"', body)
    assert re.search(r'value="partly"[^>]*checked', body)
    assert stored(report, "q-2-2-06") is None


def test_rows_of_a_table(report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-2-01")
    rows = {"cell-0-person": "Ann", "cell-0-role": "buyer", "cell-2-person": "Bob", "cell-9-secret": "x"}
    reply = browser.post(where, {**rows, "level": "largely", "row_version": 0, "row": "1"})
    answer = stored(report, "q-1-2-01")
    assert answer is not None
    assert [row["person"] for row in answer.value] == ["Ann", "Bob"]
    assert "secret" not in answer.value[0]
    before = len(re.findall(r'name="cell-\d+-person"', browser.get(where).content.decode()))
    after = len(re.findall(r'name="cell-\d+-person"', browser.get(reply.headers["Location"]).content.decode()))
    assert after > before  # the button gives more rows
    browser.post(where, {"cell-0-person": "Bob", "level": "largely", "row_version": 1})
    answer.refresh_from_db()
    assert [row["person"] for row in answer.value] == ["Bob"]


def test_several_choices(cast: Cast, report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-02")
    themes = re.findall(r'name="value" value="(\w+)"', browser.get(where).content.decode())
    assert len(themes) > 5
    browser.post(where, {"value": [themes[2], themes[0]], "level": "partly", "row_version": 0})
    answer = stored(report, "q-1-1-02")
    assert answer is not None
    assert answer.value == [themes[0], themes[2]]
    bad = browser.post(where, {"value": ["moon_dust"], "level": "partly", "row_version": 1})
    assert "<title>Error:" in bad.content.decode()


def test_not_knowing(report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-05")
    browser.post(where, {"dont_know": "on", "text": "We will ask.", "row_version": 0})
    answer = stored(report, "q-1-1-05")
    assert answer is not None
    assert (answer.dont_know, answer.level) == (True, "none")
    page = browser.get(where).content.decode()
    assert re.search(r'name="dont_know"[^>]*checked', page)
    assert not re.search(r'name="level" value="none" checked', page)
    assert "you do not know this yet" in browser.get(f"/reports/{report.pk}/").content.decode()


def test_a_level_that_follows_is_shown_and_not_asked(report: Report, at: Any) -> None:
    page = at().get(address(report, "q-2-1-05")).content.decode()
    assert "1 of 1 (100" in page
    assert "counted from your chains" in page
    assert 'name="level"' not in page


# --- last year


@pytest.fixture
def next_year(cast: Cast, report: Report, settings: Any) -> Report:
    """Year 1 was handed in; year 2 is a draft, with answers to confirm."""
    world.answer_all(cast, report)
    world.answer(cast, report, "q-1-1-03", "largely", text="WORDS-OF-2020")
    world.submit(cast, report)
    settings.DEMO_TODAY = "2021-11-01"
    return world.open_report(cast, year=2, today=dt.date(2021, 11, 1))


def test_last_years_answer_is_confirmed_in_one_click(report: Report, next_year: Report, at: Any) -> None:
    browser, where = at(), address(next_year, "q-1-1-03")
    page = browser.get(where).content.decode()
    assert "WORDS-OF-2020" in page
    assert "Still true, take it over" in page
    old = browser.post(f"{where}confirm/", {"row_version": 9})
    assert old.headers["Location"] == where
    answer = stored(next_year, "q-1-1-03")
    assert answer is not None
    assert answer.needs_confirmation
    on = browser.post(f"{where}confirm/", {"row_version": answer.row_version})
    assert on.headers["Location"] == address(next_year, "q-1-1-04")
    answer.refresh_from_db()
    assert not answer.needs_confirmation
    assert "Still true, take it over" not in browser.get(where).content.decode()
    assert browser.post(address(next_year, "q-1-1-99", "confirm/")).status_code == 404


def test_what_the_assessor_said_is_shown_once_the_year_is_decided(
    cast: Cast, report: Report, next_year: Report, at: Any
) -> None:
    from toetssteen.reporting import snapshots

    said = {"levels": {"q-1-1-03": "partly"}, "reasons": {"q-1-1-03": "ASSESSORS-REASON"}}
    snapshots.freeze(report, "decision", None, NOW, {"assessed": said})
    where = address(next_year, "q-1-1-03")
    assert "ASSESSORS-REASON" not in at().get(where).content.decode()  # not before the decision
    Report.objects.filter(pk=report.pk).update(state=ReportState.FINAL)
    page = at().get(where).content.decode()
    assert "ASSESSORS-REASON" in page
    assert "assessed as: partly" in page


# --- evidence


def test_evidence_is_added_reused_and_taken_away(cast: Cast, report: Report, evidence: Any, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-01", "evidence/")
    file = evidence(title="POLICY-FILE")
    evidence(who="rival", title="RIVALS-FILE")
    page = browser.get(address(report, "q-1-1-01")).content.decode()
    assert "POLICY-FILE" in page  # offered
    assert "RIVALS-FILE" not in page
    browser.post(where, {"existing": file.pk})
    browser.post(where, {"existing": file.pk})
    assert AnswerEvidence.objects.get(report=report).evidence == file
    theirs = Evidence.objects.get(title="RIVALS-FILE")
    browser.post(where, {"existing": theirs.pk})
    assert not AnswerEvidence.objects.filter(evidence=theirs).exists()
    browser.post(where, {"remove": file.pk})
    assert not AnswerEvidence.objects.exists()
    assert Evidence.objects.filter(pk=file.pk, removed_at__isnull=True).exists()


def test_a_new_file_goes_to_the_question_or_says_what_is_wrong(report: Report, at: Any) -> None:
    browser, where = at(), address(report, "q-1-1-01", "evidence/")
    bad = SimpleUploadedFile("policy.pdf", b"MZ not a pdf at all")
    page = browser.post(where, {"upload": bad, "title": "KEPT-TITLE", "kind": "policy_document"}).content.decode()
    assert "<title>Error:" in page
    assert "KEPT-TITLE" in page
    assert '<details class="more" open>' in page
    assert f'action="{address(report, "q-1-1-01")}"' in page  # saving the answer goes to its own address
    assert not Evidence.objects.exists()
    good = SimpleUploadedFile("policy.pdf", PDF)
    reply = browser.post(where, {"upload": good, "title": "Our policy", "kind": "policy_document"})
    assert reply.headers["Location"] == f"{address(report, 'q-1-1-01')}#evidence"
    assert AnswerEvidence.objects.get(report=report).evidence.title == "Our policy"


def test_a_reader_looks_on(report: Report, at: Any) -> None:
    browser, where = at("reader"), address(report, "q-1-1-01")
    page = browser.get(where).content.decode()
    assert "Only editors of this company can change its report." in page
    assert '<fieldset class="stack" disabled>' in page
    assert "autosave.js" not in page
    reply = browser.post(where, {"level": "fully", "text": "READER", "row_version": 0}, **AUTOSAVE)
    assert reply.status_code == 422
    assert "Only editors" in reply.json()["problem"]
    good = SimpleUploadedFile("policy.pdf", PDF)
    sent = browser.post(f"{where}evidence/", {"upload": good, "title": "READER", "kind": "policy_document"})
    assert "Only editors of this company can change its report." in sent.content.decode()
    assert not Evidence.objects.exists()
    assert not Answer.objects.filter(text="READER").exists()


# --- the report as a whole


def test_starting_a_report(cast: Cast, at: Any) -> None:
    world.chain(cast, "mason")
    assert "Only editors of this company can start its report." in at("reader").get("/reports/").content.decode()
    browser = at()
    assert "Start your report" in browser.get("/reports/").content.decode()
    assert not Report.objects.exists()
    reply = browser.post("/reports/")
    report = Report.objects.get()
    assert report.organisation == cast.organisations["mason"]
    assert reply.headers["Location"] == f"/reports/{report.pk}/"
    assert browser.get("/reports/").headers["Location"] == f"/reports/{report.pk}/"


def test_who_owes_no_report_reads_why(cast: Cast, at: Any) -> None:
    SituationPeriod.objects.filter(organisation=cast.organisations["mason"]).update(situation="A")
    membership = cast.organisations["granite"].memberships.get()
    membership.joined_on, membership.confirmed_on = dt.date(2020, 7, 1), None
    membership.save()
    for name, sentence in (("editor", "Companies that do not import"), ("rival", "Joined late")):
        browser = at(name)
        page = browser.get("/reports/").content.decode()
        assert "You do not have to hand in a report this year" in page
        assert sentence in page
        assert "do not have to" in browser.post("/reports/").content.decode()
    assert not Report.objects.exists()


def test_a_colleague_takes_care_of_a_part(cast: Cast, report: Report, at: Any) -> None:
    browser, where = at(), f"/reports/{report.pk}/parts/1.1/assign/"
    browser.post(where, {"person": cast.people["company_admin"].pk})
    assert report.assignments.get().person == cast.people["company_admin"]
    for odd in (str(cast.people["rival"].pk), str(cast.people["reader"].pk), "9" * 30, "²"):
        browser.post(where, {"person": odd})
        assert not report.assignments.exclude(person=cast.people["company_admin"]).exists()
    page = browser.get(f"/reports/{report.pk}/").content.decode()
    assert "Rival" not in page


def test_later_questions_stand_apart_and_can_be_answered(report: Report, at: Any) -> None:
    browser = at()
    page = browser.get(address(report, "q-2-2-02")).content.decode()
    assert "asked from year 2" in page
    browser.post(address(report, "q-2-2-02"), {"level": "partly", "row_version": 0})
    answer = stored(report, "q-2-2-02")
    assert answer is not None
    assert answer.level == "partly"
    assert "Asked in a later year" in browser.get(f"/reports/{report.pk}/").content.decode()
    assert browser.get(address(report, "q-a-1-02")).status_code == 404  # of another situation
    assert browser.get(address(report, "q-nothing")).status_code == 404


def test_checking_handing_in_and_the_receipt(cast: Cast, report: Report, at: Any) -> None:
    browser, base = at(), f"/reports/{report.pk}/"
    check = browser.get(f"{base}check/").content.decode()
    assert "Key question 1.1.1 has no answer" in check
    assert address(report, "q-1-1-01") in check
    refused = browser.post(f"{base}submit/", follow=True)
    assert "cannot be submitted yet" in refused.content.decode()
    assert not Snapshot.objects.exists()
    world.answer_all(cast, report)
    assert "You can hand in" in browser.get(f"{base}check/").content.decode()
    assert "Nobody can change this version" in browser.get(f"{base}submit/").content.decode()
    assert browser.get(f"{base}receipt/").status_code == 404
    assert browser.post(f"{base}submit/").headers["Location"] == f"{base}receipt/"
    snapshot = Snapshot.objects.get()
    receipt = browser.get(f"{base}receipt/").content.decode()
    assert snapshot.sha256[:16] in receipt
    assert "by Editor" in receipt
    # From now on one reads.
    for path in ("check/", "submit/"):
        assert browser.get(f"{base}{path}").headers["Location"] == base
    page = browser.get(address(report, "q-1-1-01")).content.decode()
    assert "was submitted and can no longer be changed" in page
    assert "from your data when you handed in" in browser.get(address(report, "q-2-1-05")).content.decode()
    again = browser.post(address(report, "q-1-1-01"), {"level": "none", "text": "TOO-LATE", "row_version": 1})
    assert "TOO-LATE" in again.content.decode()  # what was typed is not lost
    assert not Answer.objects.filter(text="TOO-LATE").exists()
    late = {"upload": SimpleUploadedFile("policy.pdf", PDF), "title": "TOO-LATE", "kind": "policy_document"}
    assert "can no longer be changed" in browser.post(address(report, "q-1-1-01", "evidence/"), late).content.decode()
    assert not Evidence.objects.exists()  # refused before the file is kept


def test_the_frozen_report_is_read_and_downloaded(cast: Cast, report: Report, at: Any) -> None:
    """The numbers of the secretariat's own registry of sites do not leave the house."""
    site = Site.objects.create(code="SITE-SECRET-1", name="Registry name", country="IN")
    ChainLink.objects.filter(chain__organisation=report.organisation).update(site=site)
    world.answer_all(cast, report)
    world.answer(cast, report, "q-1-1-03", "fully", text="FROZEN-WORDS")
    world.submit(cast, report)
    snapshot = Snapshot.objects.get()
    assert "SITE-SECRET-1" in json.dumps(snapshot.content)
    page = at().get(f"/reports/{report.pk}/frozen/1/").content.decode()
    assert "FROZEN-WORDS" in page
    assert snapshot.sha256 in page
    file = at().get(f"/reports/{report.pk}/frozen/1.json")
    assert "SITE-SECRET-1" not in page + file.content.decode()
    assert 'attachment; filename="report-T001-2019-1.json"' in file.headers["Content-Disposition"]
    content = json.loads(file.content)
    assert content["sha256"] == snapshot.sha256
    assert content["content"]["answers"]["q-1-1-03"]["text"] == "FROZEN-WORDS"
    assert at().get(f"/reports/{report.pk}/frozen/2/").status_code == 404


def test_a_returned_report_can_be_changed_and_handed_in_again(cast: Cast, report: Report, at: Any) -> None:
    world.answer_all(cast, report)
    world.submit(cast, report)
    services.move(actor=cast.actor("assessor"), report=report, to=ReportState.RETURNED, now=NOW)
    browser, base = at(), f"/reports/{report.pk}/"
    version = row_version(browser.get(address(report, "q-1-1-03")))
    browser.post(address(report, "q-1-1-03"), {"level": "fully", "text": "Completed.", "row_version": version})
    browser.post(f"{base}submit/")
    assert [s.content["answers"]["q-1-1-03"]["text"] for s in Snapshot.objects.order_by("number")] == [
        "As agreed.",
        "Completed.",
    ]
    assert f"{base}frozen/2/" in browser.get(f"{base}receipt/").content.decode()


# --- the number of queries


def test_pages_ask_the_database_as_often_for_much_as_for_little(
    cast: Cast, report: Report, evidence: Any, at: Any
) -> None:
    browser, base = at(), f"/reports/{report.pk}/"
    where = address(report, "q-1-1-01")
    pages = [base, where, address(report, "q-2-1-05"), f"{base}check/", f"{base}submit/"]
    keys = {"actor": cast.actor("editor"), "report_id": report.pk, "now": NOW}

    def grow(question: str, title: str, part: str) -> None:
        world.answer(cast, report, question, "largely", text="Words")
        services.attach_evidence(question_id="q-1-1-01", evidence_id=evidence(title=title).pk, **keys)
        evidence(title=f"{title} in the library")
        services.assign(sub_step=part, person_id=cast.people["editor"].pk, **keys)
        world.chain(cast, "mason", known=3)

    def counts() -> list[int]:
        found = []
        for page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(page).status_code == 200
            found.append(len(asked))
        return found

    grow("q-1-1-01", "one", "1.1")
    little = counts()
    grow("q-1-1-03", "two", "1.2")
    grow("q-1-1-04", "three", "2.1")
    assert counts() == little
    assert max(little) < 40


def test_the_frozen_report_shows_chains_and_plan_as_they_were(cast: Cast, report: Report, at: Any) -> None:
    from toetssteen.plans import services as plans

    keys = {"actor": cast.actor("editor"), "now": NOW}
    plan = plans.start_plan(organisation_id=report.organisation_id, year_id=report.year_id, **keys)
    goal = plans.ObjectiveData(text="All saws work with water", theme="child_labour", deadline=dt.date(2021, 6, 30))
    made = plans.save_objective(plan_id=plan.pk, objective_id=None, data=goal, row_version=None, **keys)
    action = plans.ActionData(text="Pay for the water", owner="Ann")
    plans.save_action(plan_id=plan.pk, objective_id=made.pk, action_id=None, data=action, row_version=None, **keys)
    world.chain(cast, "mason", known=1, trade_name="Blue Dream")
    world.answer_all(cast, report)
    world.submit(cast, report)
    world.chain(cast, "mason", known=4, trade_name="Later Grey")
    page = at().get(f"/reports/{report.pk}/frozen/1/").content.decode()
    assert "Blue Dream" in page
    assert "direct_suppliers of mason" in page
    assert page.count("<td>Unknown</td>") == 3
    assert "Later Grey" not in page
    for words in ("All saws work with water", "30 June 2021", "Pay for the water", "Not started, Ann"):
        assert words in page
