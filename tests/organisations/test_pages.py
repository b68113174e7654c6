"""Pages of organisations and people: what is on them, for whom, and how many queries they take."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PEOPLE, Cast
from toetssteen.organisations.actors import ACTING_FOR
from toetssteen.organisations.models import Appointment, Invitation, Membership, Organisation, SituationPeriod

GOOD = "brons-ladder-marmer-17"


def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


@pytest.fixture
def page(client: Client) -> Client:
    return english(client)


def invitation(cast: Cast, key: str = "mason", email: str = "secret@somewhere.example") -> Invitation:
    return Invitation.objects.create(
        organisation=cast.organisations[key], email=email, name="Sam Secret", role="reader",
        token_digest=f"{key:0>64}", invited_at=NOW, expires_at=NOW + dt.timedelta(days=14),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["company_admin", "editor", "reader", "authority", "union", "committee"])
def test_participants_do_not_exist_for_others(cast: Cast, page: Client, name: str) -> None:
    cast.sign_in(page, name)
    other = cast.organisations["granite"]
    for address in (
        "/organisations/",
        "/organisations/new/",
        f"/organisations/{other.pk}/",
        f"/organisations/{other.pk}/edit/",
    ):
        response = page.get(address)
        assert response.status_code == 404
        assert b"Granite House" not in response.content
    response = page.get(f"/organisations/{other.pk}/invite/")
    assert response.status_code == 404
    assert b"Granite House" not in response.content


def test_visitors_are_asked_to_sign_in(cast: Cast, page: Client) -> None:
    for address in ("/organisations/", "/colleagues/", "/account/"):
        response = page.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")


def test_the_list_searches_filters_and_sorts(cast: Cast, page: Client) -> None:
    cast.sign_in(page, "assessor")
    everything = text(page.get("/organisations/"))
    assert all(o.name in everything for o in cast.organisations.values())
    found = text(page.get("/organisations/?q=stone"))
    assert "Mason Stone" in found
    assert "Granite House" not in found
    assert "Granite House" in text(page.get("/organisations/?q=T002"))
    authorities = text(page.get("/organisations/?kind=authority"))
    assert "Town of Exampleton" in authorities
    assert "Mason Stone" not in authorities
    Membership.objects.filter(organisation=cast.organisations["euro"]).update(
        ended_on=dt.date(2020, 3, 1), end_reason="left"
    )
    ended = text(page.get("/organisations/?state=ended"))
    assert "Euro Stone" in ended
    assert "Mason Stone" not in ended
    names = re.findall(r'/organisations/\d+/">([^<]+)<', text(page.get("/organisations/?sort=-name&kind=company")))
    assert names == ["Mason Stone BV", "Granite House NV", "Euro Stone BV"]
    assert "No organisation fits this search" in text(page.get("/organisations/?q=nothing-at-all"))


def test_the_operator_sees_no_purchase_situation(cast: Cast, page: Client) -> None:
    mason = cast.organisations["mason"]
    SituationPeriod.objects.create(
        organisation=mason, since_on=dt.date(2020, 1, 1), situation="B", origin="override", reason="sold the quarry",
        recorded_at=NOW,
    )  # fmt: skip
    cast.sign_in(page, "assessor")
    seen = text(page.get(f"/organisations/{mason.pk}/"))
    assert "sold the quarry" in seen
    assert "Purchase situation" in seen
    cast.sign_in(page, "operator")
    for address in ("/organisations/", f"/organisations/{mason.pk}/"):
        hidden = text(page.get(address))
        assert "Mason Stone" in hidden
        assert "sold the quarry" not in hidden
        assert "ituation" not in hidden


def test_a_membership_ends_after_a_page_that_says_what_happens(cast: Cast, page: Client) -> None:
    mason = cast.organisations["mason"]
    cast.sign_in(page, "coordinator")
    address = f"/organisations/{mason.pk}/membership/end/"
    asked = text(page.get(address))
    assert "You cannot undo this" in asked
    assert "stay as they are" in asked
    facts = {"ended_on": "2020-11-01", "reason": "excluded", "note": ""}
    refused = text(page.post(address, facts))
    assert "I have checked" in refused
    refused = text(page.post(address, facts | {"checked": "on"}))
    assert "Give the reason for the exclusion" in refused
    assert "2020-11-01" in refused
    assert Membership.objects.get(organisation=mason).ended_on is None
    done = page.post(address, facts | {"checked": "on", "note": "no report for two years"}, follow=True)
    assert "The membership has ended" in text(done)
    assert "no report for two years" in text(done)
    assert "Excluded" in text(done)


def test_an_assessor_reads_but_does_not_change_memberships(cast: Cast, page: Client) -> None:
    mason = cast.organisations["mason"]
    cast.sign_in(page, "assessor")
    assert "Only a coordinator can change a membership" in text(page.get(f"/organisations/{mason.pk}/"))
    address = f"/organisations/{mason.pk}/membership/suspend/"
    assert 'aria-disabled="true"' in text(page.get(address))
    assert "Only a coordinator" in text(page.post(address, {"from_on": "2020-01-01", "reason": "fee"}))
    assert not mason.memberships.get().suspensions.exists()


def test_each_change_page_works_in_both_languages(cast: Cast, client: Client) -> None:
    mason = cast.organisations["mason"].pk
    cast.sign_in(client, "coordinator")
    words = {
        "membership/start/": ("Laat deze organisatie meedoen", "Let this organisation take part"),
        "membership/end/": ("Beëindig dit lidmaatschap", "End this membership"),
        "membership/merge/": ("Laat opgaan in een ander lid", "Merge into another member"),
        "membership/suspend/": ("Schors dit lidmaatschap", "Suspend this membership"),
        "membership/resume/": ("Hef deze schorsing op", "End this suspension"),
        "situation/": ("Stel de inkoopsituatie vast", "Set the purchase situation"),
        "situation/end/": ("Laat de ketens weer beslissen", "Let the chains decide again"),
    }
    for ending, (dutch, english_words) in words.items():
        client.cookies["language"] = "nl"
        assert dutch in text(client.get(f"/organisations/{mason}/{ending}"))
        client.cookies["language"] = "en"
        assert english_words in text(client.get(f"/organisations/{mason}/{ending}"))


def test_situation_set_and_ended_by_page(cast: Cast, page: Client) -> None:
    mason = cast.organisations["mason"].pk
    cast.sign_in(page, "assessor")
    address = f"/organisations/{mason}/situation/"
    assert 'value="C"' in text(page.get(address))
    done = page.post(
        address, {"situation": "B", "since_on": "2020-11-01", "reason": "no import this year"}, follow=True
    )
    assert "no import this year" in text(done)
    done = page.post(f"/organisations/{mason}/situation/end/", {"until_on": "2020-11-10"}, follow=True)
    assert "The chains decide again" in text(done)


def test_an_organisation_is_added_and_changed(cast: Cast, page: Client) -> None:
    cast.sign_in(page, "coordinator")
    facts = {
        "name": "New Slate",
        "kind": "company",
        "country": "NL",
        "market_role": "importer",
        "website": "slate.example",
    }
    made = page.post("/organisations/new/", facts)
    row = Organisation.objects.get(name="New Slate")
    assert made["Location"] == f"/organisations/{row.pk}/"
    assert row.reference == "O0001"
    assert row.website == "https://slate.example"
    address = f"/organisations/{row.pk}/edit/"
    page.post(address, facts | {"name": "Newer Slate", "row_version": "0"})
    row.refresh_from_db()
    assert row.name == "Newer Slate"
    late = text(page.post(address, facts | {"name": "Lost update", "row_version": "0"}))
    assert "Somebody changed this in the meantime" in late
    assert "Lost update" in late
    row.refresh_from_db()
    assert row.name == "Newer Slate"


def test_colleagues_show_own_people_only(cast: Cast, page: Client) -> None:
    invitation(cast)
    invitation(cast, "granite", "hidden@granite.example")
    cast.sign_in(page, "company_admin")
    seen = text(page.get("/colleagues/"))
    assert "editor@mason.example" in seen
    assert "secret@somewhere.example" in seen
    for hidden in ("granite.example", "euro.example", "secretariat.example"):
        assert hidden not in seen
    cast.sign_in(page, "editor")
    seen = text(page.get("/colleagues/"))
    assert "admin@mason.example" in seen
    assert "secret@somewhere.example" not in seen
    assert "Invite a colleague" not in seen


def test_the_operator_finds_people_on_the_page_of_an_organisation(cast: Cast, page: Client) -> None:
    cast.sign_in(page, "operator")
    assert page.get("/colleagues/").status_code == 404
    assert "editor@mason.example" in text(page.get(f"/organisations/{cast.organisations['mason'].pk}/"))


def test_inviting_by_page_and_accepting(cast: Cast, page: Client, django_capture_on_commit_callbacks: Any) -> None:
    mason = cast.organisations["mason"]
    cast.sign_in(page, "company_admin")
    address = f"/organisations/{mason.pk}/invite/"
    form = text(page.get(address))
    assert 'value="assessor"' not in form
    facts = {"name": "Nora New", "email": "new@mason.example", "role": "editor", "language": "en"}
    with django_capture_on_commit_callbacks(execute=True):
        done = page.post(address, facts, follow=True)
    assert "The invitation has been sent to new@mason.example" in text(done)
    link = re.search(r"http://\S+(/invitation/\S+/)", mail.outbox[0].body)
    assert link
    visitor = english(Client())
    shown = visitor.get(link[1])
    assert "Mason Stone BV" in text(shown)
    assert shown["Cache-Control"] == "no-store"
    assert shown["Referrer-Policy"] == "same-origin"
    own = {"name": "Nora New", "password": GOOD, "repeat": "something else", "language": "en"}
    assert "The two passwords are not the same" in text(visitor.post(link[1], own))
    entered = visitor.post(link[1], own | {"repeat": GOOD})
    assert entered["Location"] == "/start/"
    assert visitor.cookies["language"].value == "en"
    assert "Nora New" in text(visitor.get("/account/"))
    assert "already been accepted" in text(english(Client()).get(link[1]))
    assert english(Client()).get("/invitation/guess/").status_code == 404


def test_an_invited_assessor_must_first_set_up_a_second_factor(
    cast: Cast, page: Client, django_capture_on_commit_callbacks: Any
) -> None:
    cast.sign_in(page, "coordinator")
    facts = {"name": "As Sessor", "email": "as@secretariat.example", "role": "assessor", "language": "en"}
    with django_capture_on_commit_callbacks(execute=True):
        page.post(f"/organisations/{cast.organisations['secretariat'].pk}/invite/", facts)
    link = re.search(r"http://\S+(/invitation/\S+/)", mail.outbox[0].body)
    assert link
    visitor = english(Client())
    visitor.post(link[1], {"name": "As", "password": GOOD, "repeat": GOOD, "language": "en"})
    for address in ("/start/", "/organisations/", "/account/", "/account/password/change/", "/account/sessions/"):
        response = visitor.get(address)
        assert response.status_code == 302, address
        assert response["Location"] == "/account/second-factor/", address
    assert "First set up a second step" in text(visitor.get("/account/second-factor/"))


def test_removing_by_page(cast: Cast, page: Client) -> None:
    row = Appointment.objects.get(person=cast.people["editor"])
    address = f"/colleagues/{row.pk}/remove/"
    cast.sign_in(page, "rival")
    assert page.post(address).status_code == 404
    cast.sign_in(page, "reader")
    assert "Only an administrator" in text(page.post(address))
    row.refresh_from_db()
    assert row.ended_at is None
    editor = cast.sign_in(english(Client()), "editor")
    assert editor.get("/colleagues/").status_code == 200
    cast.sign_in(page, "company_admin")
    assert "starting now" in text(page.get(address))
    done = page.post(address, follow=True)
    assert "no longer acts for Mason Stone BV" in text(done)
    assert "editor@mason.example" not in text(done)
    gone = editor.get("/colleagues/")
    assert gone.status_code == 404
    assert b"admin@mason.example" not in gone.content


def test_role_changed_by_page(cast: Cast, page: Client) -> None:
    row = Appointment.objects.get(person=cast.people["reader"])
    cast.sign_in(page, "company_admin")
    done = page.post(f"/colleagues/{row.pk}/role/", {"role": "editor"}, follow=True)
    assert "The role has been changed" in text(done)
    assert Appointment.objects.get(person=cast.people["reader"], ended_at__isnull=True).role == "editor"


def test_invitations_again_and_withdrawn_by_page(
    cast: Cast, page: Client, django_capture_on_commit_callbacks: Any
) -> None:
    row = invitation(cast)
    cast.sign_in(page, "rival")
    assert page.post(f"/invitations/{row.pk}/again/").status_code == 404
    cast.sign_in(page, "company_admin")
    with django_capture_on_commit_callbacks(execute=True):
        page.post(f"/invitations/{row.pk}/again/")
    assert [m.to for m in mail.outbox] == [["secret@somewhere.example"]]
    done = page.post(f"/invitations/{row.pk}/withdraw/", follow=True)
    assert "The invitation has been withdrawn" in text(done)
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_one_acts_only_for_own_organisations(cast: Cast, page: Client) -> None:
    Appointment.objects.create(
        person=cast.people["editor"], organisation=cast.organisations["euro"], role="reader", since_at=NOW
    )
    ended = Appointment.objects.create(
        person=cast.people["editor"],
        organisation=cast.organisations["town"],
        role="authority",
        since_at=NOW,
        ended_at=NOW,
    )
    cast.sign_in(page, "editor")
    assert "Euro Stone BV" in text(page.get("/colleagues/"))  # first by name
    page.post("/act-for/", {"organisation": cast.organisations["mason"].pk})
    seen = text(page.get("/colleagues/"))
    assert "Who acts for Mason Stone BV" in seen
    assert "admin@euro.example" not in seen
    for foreign in (cast.organisations["granite"].pk, ended.organisation_id, "x", ""):
        assert page.post("/act-for/", {"organisation": foreign}).status_code == 404
    assert page.session[ACTING_FOR] == cast.organisations["mason"].pk
    assert page.get("/act-for/").status_code == 405


PAGES = [
    ("assessor", "/organisations/"),
    ("assessor", "mason"),
    ("company_admin", "/colleagues/"),
    ("company_admin", "/account/"),
]


@pytest.mark.parametrize(("name", "address"), PAGES)
def test_pages_take_a_fixed_number_of_queries(cast: Cast, page: Client, name: str, address: str) -> None:
    mason = cast.organisations["mason"]
    address = f"/organisations/{mason.pk}/" if address == "mason" else address
    cast.sign_in(page, name)
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    for number in range(3):
        more = Organisation.objects.create(kind="company", reference=f"X{number}", name=f"Extra {number}")
        Membership.objects.create(organisation=more, joined_on=dt.date(2019, 10, 1))
        person = type(cast.people["editor"]).objects.create(email=f"x{number}@mason.example", name=f"X {number}")
        Appointment.objects.create(person=person, organisation=mason, role="reader", since_at=NOW)
        Invitation.objects.create(
            organisation=mason, email=f"y{number}@mason.example", name="Y", role="reader", token_digest=str(number),
            invited_at=NOW, expires_at=NOW, invited_by=cast.people["editor"],
        )  # fmt: skip
        SituationPeriod.objects.create(
            organisation=mason, since_on=dt.date(2020, 1, number + 1), situation="B", origin="derived", recorded_at=NOW
        )
    with CaptureQueriesContext(connection) as many:
        page.get(address)
    assert len(few) == len(many), "\n".join(q["sql"] for q in many.captured_queries)
    assert len(many) <= 16


@pytest.mark.parametrize("name", list(PEOPLE))
def test_everybody_has_a_first_page(cast: Cast, page: Client, name: str) -> None:
    cast.sign_in(page, name)
    response = page.get("/start/")
    assert response.status_code == 302
    assert not response["Location"].startswith("/account/login")
