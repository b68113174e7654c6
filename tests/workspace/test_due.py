"""What is due: one list for the page, the calendar and the weekly mail; nothing of others, nothing confidential."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.reporting import world
from toetssteen.accounts import services as accounts
from toetssteen.accounts.models import Person
from toetssteen.evaluation.models import Reading
from toetssteen.foundation.models import AuditEvent
from toetssteen.inquiries.models import Inquiry
from toetssteen.organisations.models import Appointment
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.reporting import services as reporting
from toetssteen.workspace import due, mails, services, tasks
from toetssteen.workspace.models import CalendarKey, DigestMail

SUPPLIER, GOAL = "SECRET-SUPPLIER", "SECRET-GOAL"
MONDAY = dt.datetime(2020, 11, 16, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def here(settings: Any) -> Iterator[None]:
    settings.DEMO_TODAY = TODAY.isoformat()
    settings.SITE_URL = "https://stone.example"
    with translation.override("en"):
        yield


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Mason Stone has something of every kind to do; so has its rival."""
    for firm, who in (("mason", "editor"), ("granite", "rival")):
        organisation = cast.organisations[firm]
        world.chain(cast, firm, known=1)
        report = world.open_report(cast, who=who)
        plan = Plan.objects.create(organisation=organisation, year=cast.years[1])
        goal = Objective.objects.create(plan=plan, theme="osh", text=f"{GOAL}-{firm}", deadline=dt.date(2021, 3, 31))
        for day in (TODAY - dt.timedelta(days=3), TODAY + dt.timedelta(days=9)):
            PlannedAction.objects.create(objective=goal, text=f"{GOAL}-{firm}", due_on=day)
        PlannedAction.objects.create(objective=goal, text="Done", due_on=TODAY, state="done", progress=100)
        for _n in range(2):
            Inquiry.objects.create(
                organisation=organisation, pack=cast.pack, asked_kind="factory", supplier_name=f"{SUPPLIER}-{firm}",
                language="en", state="sent", made_at=NOW, sent_at=NOW, expires_at=NOW + dt.timedelta(days=20),
            )  # fmt: skip
        reporting.plan_steps(
            actor=cast.actor(who), organisation_id=organisation.pk, year_number=1, seen=None, now=NOW,
            changes={"coverage:factories": reporting.StepPlan(on=dt.date(2020, 12, 1)),
                     "question:gone": reporting.StepPlan(on=TODAY)},
        )  # fmt: skip
        assert report.state == "draft"
    return cast


def titles(rows: list[due.Due]) -> list[tuple[str, str]]:
    return [(row.on.isoformat(), str(row.title)) for row in rows]


def test_everything_that_is_due_in_order(busy: Cast) -> None:
    rows = due.due_of(busy.organisations["mason"].pk, TODAY)
    assert titles(rows) == [
        ("2020-10-01", "Publish your public report"),  # a year after it joined
        ("2020-11-12", "An action of your plan"),
        ("2020-11-24", "An action of your plan"),
        ("2020-12-01", "A step on the way to green"),  # the step that is not on the way any more is left out
        ("2020-12-05", "Answers of suppliers expected (2)"),
        ("2020-12-31", "Hand in the report 2019-2020"),
        ("2021-03-31", "Read how far a goal is"),
        ("2021-12-31", "Hand in the report 2020-2021"),
    ]


def test_its_own_page_says_which_action_goal_and_step(busy: Cast, client: Client) -> None:
    page = busy.sign_in(client, "editor").get("/due/", headers={"accept-language": "en"}).content.decode()
    assert page.count(f"{GOAL}-mason") == 3
    assert "granite" not in page
    steps = [row for row in due.due_of(busy.organisations["mason"].pk, TODAY) if row.kind is due.Kind.STEP]
    assert ["actor" in row.detail for row in steps] == [True]  # factories


def test_a_goal_that_was_read_is_due_no_more(busy: Cast) -> None:
    goal = Objective.objects.get(text=f"{GOAL}-mason")
    about = {"goal": goal, "kind": "words", "words": "Fewer masks.", "recorded_at": NOW}
    Reading.objects.create(year_number=1, measured_on=dt.date(2020, 10, 1), **about)  # long before its last day
    kinds = [row.kind for row in due.due_of(busy.organisations["mason"].pk, TODAY)]
    assert kinds.count(due.Kind.EVALUATION) == 1
    Reading.objects.create(year_number=2, measured_on=dt.date(2021, 2, 1), **about)
    kinds = [row.kind for row in due.due_of(busy.organisations["mason"].pk, TODAY)]
    assert due.Kind.EVALUATION not in kinds
    assert kinds.count(due.Kind.ACTION) == 2


def test_what_an_older_plan_left_open_is_due_no_more(busy: Cast) -> None:
    """A new plan without open actions: what was carried over and ended does not come back from the year before."""
    plan = Plan.objects.create(organisation=busy.organisations["mason"], year=busy.years[2])
    goal = Objective.objects.create(plan=plan, theme="osh", text=GOAL, deadline=None)
    PlannedAction.objects.create(objective=goal, text="Done", due_on=TODAY, state="done", progress=100)
    kinds = {row.kind for row in due.due_of(busy.organisations["mason"].pk, TODAY)}
    assert not kinds & {due.Kind.ACTION, due.Kind.EVALUATION}


def test_the_history_of_a_company_is_asked_once(busy: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from toetssteen.communication import queries as communication
    from toetssteen.organisations import queries as organisations

    asked: list[int] = []
    whole = organisations.history_of

    def counted(organisation_id: int) -> Any:
        asked.append(organisation_id)
        return whole(organisation_id)

    monkeypatch.setattr(organisations, "history_of", counted)
    monkeypatch.setattr(communication, "history_of", counted)
    due.due_of(busy.organisations["mason"].pk, TODAY)
    assert len(asked) == 1


def test_a_mail_that_cannot_be_queued_is_not_called_made(busy: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made and queued in one transaction: after a crash in between, the next round makes it again."""
    person = busy.people["editor"]

    def crash(*_about: Any, **_more: Any) -> int:
        raise OSError("no room in the queue")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", crash)
        with pytest.raises(OSError, match="no room"):
            tasks.send_if_not_made(person.pk, "2020-W47", TODAY, NOW)
    assert not DigestMail.objects.exists()
    assert tasks.send_if_not_made(person.pk, "2020-W47", TODAY, NOW)
    assert not tasks.send_if_not_made(person.pk, "2020-W47", TODAY, NOW)
    assert [m.to for m in mail.outbox] == [[person.email]]


def feed(client: Client, token: str) -> Any:
    return client.get(f"/calendar/{token}.ics")


def test_the_calendar_holds_days_and_nothing_confidential(busy: Cast, client: Client) -> None:
    browser = busy.sign_in(client, "editor")
    answer = browser.get("/due/calendar.ics", headers={"accept-language": "nl"})
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    for word in (SUPPLIER, GOAL, "Mason", "Granite"):
        assert word not in text
    events = {str(e["uid"]): e for e in Calendar.from_ical(text).walk("VEVENT")}
    assert len(events) == 8
    report = events[f"report-{busy.organisations['mason'].pk}-1@stone.example"]
    assert report["dtstart"].dt == dt.date(2020, 12, 31)
    assert str(report["url"]) == "https://stone.example/reports/"
    again = {str(e["uid"]) for e in Calendar.from_ical(browser.get("/due/calendar.ics").content).walk("VEVENT")}
    assert again == set(events)  # the same thing keeps its name


def test_a_private_address_works_until_it_is_ended_and_for_its_owner_only(busy: Cast, client: Client) -> None:
    Person.objects.filter(pk=busy.people["editor"].pk).update(language="nl")
    page = busy.sign_in(client, "editor").post("/due/calendar-key/").content.decode()
    token = page.split("https://stone.example/calendar/")[1].split(".ics")[0]
    assert token not in busy.sign_in(client, "editor").get("/due/").content.decode()  # it is shown once
    key = CalendarKey.objects.get()
    assert token not in key.token_digest
    stranger = Client()
    text = feed(stranger, token).content.decode()
    assert "Een stap op weg naar groen" in text  # the language of the person, not of the asking programme
    theirs = due.due_of(busy.organisations["granite"].pk, TODAY)
    mine = {row.key for row in due.due_of(busy.organisations["mason"].pk, TODAY)}
    for row in theirs:
        assert row.key not in mine
        assert f"UID:{row.key}@" not in text
    assert feed(stranger, token[:-1] + ("a" if token[-1] != "a" else "b")).status_code == 404
    assert feed(stranger, key.token_digest).status_code == 404
    second = services.make_calendar_key(actor=busy.actor("editor"), now=NOW)
    assert feed(stranger, token).status_code == 404  # the one before stops
    assert feed(stranger, second).status_code == 200
    services.end_calendar_key(actor=busy.actor("rival"), now=NOW)
    assert feed(stranger, second).status_code == 200  # somebody else cannot end it
    Person.objects.filter(pk=busy.people["editor"].pk).update(is_active=False)
    assert feed(stranger, second).status_code == 404
    Person.objects.filter(pk=busy.people["editor"].pk).update(is_active=True)
    services.end_calendar_key(actor=busy.actor("editor"), now=NOW)
    assert feed(stranger, second).status_code == 404
    assert AuditEvent.objects.filter(verb="workspace.end_calendar_key").count() == 2


def weekly(cast: Cast, now: dt.datetime, capture: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    with capture(execute=True):
        tasks.look_for_digests(now)


def test_one_mail_a_week_with_numbers_and_links_only(
    busy: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    editor = busy.people["editor"]
    Appointment.objects.create(
        person=editor, organisation=busy.organisations["granite"], role="editor", since_at=LONG_AGO
    )
    Person.objects.filter(pk=editor.pk).update(language="nl")
    Person.objects.filter(pk=busy.people["reader"].pk).update(wants_digest=False)
    weekly(busy, dt.datetime(2020, 11, 16, 3, 0, tzinfo=dt.UTC), django_capture_on_commit_callbacks)
    assert mail.outbox == []  # before Monday morning
    weekly(busy, MONDAY, django_capture_on_commit_callbacks)
    weekly(busy, MONDAY + dt.timedelta(hours=2), django_capture_on_commit_callbacks)
    to = sorted(m.to[0] for m in mail.outbox)
    assert to == ["admin@granite.example", "admin@mason.example", "editor@mason.example"]  # nothing due for Euro Stone
    [both] = [m for m in mail.outbox if m.to == ["editor@mason.example"]]
    assert both.subject == "12 dingen te doen, waarvan 4 te laat"
    assert both.body.count("2 acties uit uw plan, waarvan 1 te laat") == 2
    assert "Mason Stone BV" in both.body  # with two companies each part says for which
    assert "Granite House NV" in both.body
    [single] = [m for m in mail.outbox if m.to == ["admin@mason.example"]]
    assert "Mason" not in single.body
    for message in mail.outbox:
        for word in (SUPPLIER, GOAL, "points"):
            assert word not in message.body + message.subject
    assert both.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # The week after, again one; the old week is not made twice.
    weekly(busy, MONDAY + dt.timedelta(days=8), django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 6
    assert DigestMail.objects.filter(person=editor).count() == 2


def test_it_is_switched_off_by_the_link_in_the_mail_or_on_the_account_page(
    busy: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    editor = busy.people["editor"]
    link = mails.off_link(editor.pk).removeprefix("https://stone.example")
    stranger = Client(enforce_csrf_checks=True)
    assert "Switch the weekly mail off?" in stranger.get(link, headers={"accept-language": "en"}).content.decode()
    editor.refresh_from_db()
    assert editor.wants_digest  # a look is not a choice: mail programmes look too
    stranger.post(link, {"List-Unsubscribe": "One-Click"})
    editor.refresh_from_db()
    assert not editor.wants_digest
    assert AuditEvent.objects.get(verb="accounts.stopped_digest").person_id == editor.pk
    forged = signing.dumps(busy.people["rival"].pk, salt="something else")
    assert stranger.post(f"/digest/off/{forged}/").status_code == 404
    assert Person.objects.get(pk=busy.people["rival"].pk).wants_digest
    weekly(busy, MONDAY, django_capture_on_commit_callbacks)
    assert ["editor@mason.example"] not in [m.to for m in mail.outbox]
    browser = busy.sign_in(client, "editor")
    browser.cookies["language"] = "en"
    assert "The weekly mail is off for you." in browser.get("/due/").content.decode()
    browser.post("/account/", {"name": "Editor", "language": "en", "wants_digest": "on"})
    editor.refresh_from_db()
    assert editor.wants_digest
    accounts.change_account(actor=busy.actor("editor"), name="Editor", language="en", now=NOW, wants_digest=False)
    editor.refresh_from_db()
    assert not editor.wants_digest


def test_the_preview_is_the_mail_and_sends_nothing(busy: Cast, client: Client) -> None:
    page = busy.sign_in(client, "editor").get("/due/digest/").content.decode()
    assert "6 things are due, 2 late" in page
    assert SUPPLIER not in page
    assert mail.outbox == []
    assert not DigestMail.objects.exists()


def test_as_many_queries_for_three_actions_as_for_one(busy: Cast, client: Client) -> None:
    browser = busy.sign_in(client, "editor")

    def count() -> int:
        browser.get("/due/")
        with CaptureQueriesContext(connection) as found:
            browser.get("/due/")
        return len(found)

    before = count()
    goal = Objective.objects.get(text=f"{GOAL}-mason")
    for n in range(2):
        PlannedAction.objects.create(objective=goal, text="More", due_on=TODAY + dt.timedelta(days=n))
        world.chain(busy, "mason", known=2, share_of_volume=None)
    assert count() == before
