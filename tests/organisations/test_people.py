"""Inviting, accepting, changing roles, removing: with mail, once, and never beyond one's rights."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.cast import NOW, Cast
from toetssteen.accounts.models import Person
from toetssteen.core.access import NO_ONE
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.organisations import services
from toetssteen.organisations.models import Appointment, Invitation

GOOD = "brons-ladder-marmer-17"


@pytest.fixture(autouse=True)
def _commits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Mail goes out when the transaction is done; in tests at once. The screens are English."""
    from django.db import transaction

    monkeypatch.setattr(transaction, "on_commit", lambda call, **_: call())
    with translation.override("en"):
        yield


def invite(cast: Cast, by: str = "company_admin", to: str = "mason", role: str = "editor", **more: Any) -> str:
    """Invite somebody and give back the token from the mail."""
    facts = {"email": "new@mason.example", "name": "Nora New", "language": "nl"} | more
    services.invite(actor=cast.actor(by), organisation_id=cast.organisations[to].pk, role=role, now=NOW, **facts)
    return token()


def token() -> str:
    found = re.search(r"/invitation/([^/\s]+)/", mail.outbox[-1].body)
    assert found
    return found[1]


def accept(code: str, cast: Cast, by: str = "visitor", now: dt.datetime = NOW, **facts: Any) -> Person:
    return services.accept_invitation(actor=cast.actor(by), token=code, now=now, **facts)


def test_a_new_colleague_gets_in(cast: Cast) -> None:
    code = invite(cast)
    message = mail.outbox[0]
    assert message.to == ["new@mason.example"]
    assert "Mason Stone BV" in message.subject
    assert "29 november 2020" in message.body
    stored = Invitation.objects.get()
    assert code not in {stored.token_digest, str(stored.pk)}
    assert stored.expires_at - NOW == dt.timedelta(days=14)
    person = accept(code, cast, name="Nora New", password=GOOD, language="en")
    assert person.email == "new@mason.example"
    assert person.check_password(GOOD)
    assert person.language == "en"
    appointment = Appointment.objects.get(person=person)
    assert (appointment.organisation, appointment.role) == (cast.organisations["mason"], "editor")
    assert appointment.appointed_by_id == cast.actor("company_admin").person_id
    verbs = list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["organisations.person_invited", "accounts.registered", "organisations.invitation_accepted"]
    assert not any("new@mason" in str(event.detail) for event in AuditEvent.objects.all())


def test_an_english_mail_for_who_reads_english(cast: Cast) -> None:
    invite(cast, language="en")
    assert "29 November 2020" in mail.outbox[0].body
    assert "invites you to act for Mason Stone BV" in mail.outbox[0].body


def test_a_token_works_once(cast: Cast) -> None:
    code = invite(cast)
    accept(code, cast, name="Nora", password=GOOD, language="nl")
    with pytest.raises(Refused, match="already been accepted"):
        accept(code, cast, name="Again", password=GOOD, language="nl")
    assert Person.objects.filter(email="new@mason.example").count() == 1


def test_an_old_token_does_not_work(cast: Cast) -> None:
    code = invite(cast)
    with pytest.raises(Refused, match="no longer valid"):
        accept(code, cast, now=NOW + dt.timedelta(days=14), name="Nora", password=GOOD, language="nl")
    assert accept(code, cast, now=NOW + dt.timedelta(days=13, hours=23), name="Nora", password=GOOD, language="nl")


def test_sending_again_replaces_the_link(cast: Cast) -> None:
    first = invite(cast)
    services.resend_invitation(
        actor=cast.actor("company_admin"), invitation_id=Invitation.objects.get().pk, now=NOW + dt.timedelta(days=13)
    )
    second = token()
    assert second != first
    with pytest.raises(Refused, match="no longer valid"):
        accept(first, cast, name="Nora", password=GOOD, language="nl")
    assert accept(second, cast, now=NOW + dt.timedelta(days=20), name="Nora", password=GOOD, language="nl")


def test_a_withdrawn_invitation_does_not_work(cast: Cast) -> None:
    code = invite(cast)
    invitation = Invitation.objects.get()
    with pytest.raises(Refused):
        services.withdraw_invitation(actor=cast.actor("rival"), invitation_id=invitation.pk, now=NOW)
    services.withdraw_invitation(actor=cast.actor("company_admin"), invitation_id=invitation.pk, now=NOW)
    with pytest.raises(Refused, match="withdrawn"):
        accept(code, cast, name="Nora", password=GOOD, language="nl")
    assert not Person.objects.filter(email="new@mason.example").exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": "Nora", "password": "short", "language": "nl"}, "too short"),
        ({"name": "Nora", "password": "password1234", "language": "nl"}, "common"),
        ({"name": "Nora", "password": "new@mason.example", "language": "nl"}, "similar"),
        ({"name": " ", "password": GOOD, "language": "nl"}, "Fill in your name"),
    ],
)
def test_weak_passwords_and_no_name_are_refused(cast: Cast, facts: dict[str, str], sentence: str) -> None:
    code = invite(cast)
    with pytest.raises(ValidationError, match=sentence):
        accept(code, cast, **facts)
    assert not Person.objects.filter(email="new@mason.example").exists()
    assert Invitation.objects.get().accepted_at is None


def test_somebody_with_an_account_only_confirms(cast: Cast) -> None:
    code = invite(cast, role="reader", email="admin@granite.example")
    with pytest.raises(Refused, match="Sign in first"):
        accept(code, cast, name="Thief", password=GOOD, language="nl")
    with pytest.raises(Refused, match="Sign in first"):
        accept(code, cast, by="euro")
    person = accept(code, cast, by="rival")
    assert person == cast.people["rival"]
    assert person.check_password("a-long-password-for-tests")
    own = set(Appointment.objects.filter(person=person).values_list("organisation__name", "role"))
    assert own == {("Granite House NV", "company_admin"), ("Mason Stone BV", "reader")}


def test_a_new_account_is_not_made_while_somebody_else_is_signed_in(cast: Cast) -> None:
    code = invite(cast)
    with pytest.raises(Refused, match="Sign out first"):
        accept(code, cast, by="euro", name="Nora", password=GOOD, language="nl")


@pytest.mark.parametrize(
    ("by", "to", "role"),
    [
        ("company_admin", "granite", "reader"),
        ("company_admin", "mason", "assessor"),
        ("company_admin", "secretariat", "assessor"),
        ("editor", "mason", "reader"),
        ("reader", "mason", "reader"),
        ("coordinator", "mason", "editor"),
        ("coordinator", "secretariat", "operator"),
        ("assessor", "secretariat", "assessor"),
        ("operator", "town", "party"),
        ("authority", "town", "authority"),
    ],
)
def test_nobody_invites_beyond_their_rights(cast: Cast, by: str, to: str, role: str) -> None:
    with pytest.raises(Refused):
        services.invite(
            actor=cast.actor(by), organisation_id=cast.organisations[to].pk, role=role, now=NOW,
            email="x@x.example", name="X", language="nl",
        )  # fmt: skip
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_no_second_invitation_and_no_second_role(cast: Cast) -> None:
    invite(cast)
    with pytest.raises(Refused, match="already been invited"):
        invite(cast, role="reader", email="NEW@mason.example")
    with pytest.raises(Refused, match="already acts"):
        invite(cast, email="Editor@Mason.example")
    assert len(mail.outbox) == 1
    # at the secretariat one person may have more than one role
    invite(cast, by="coordinator", to="secretariat", role="coordinator", email="assessor@secretariat.example")
    assert len(mail.outbox) == 2


def appointment(cast: Cast, name: str) -> Appointment:
    return Appointment.objects.get(person=cast.people[name], ended_at__isnull=True)


def test_the_last_administrator_stays(cast: Cast) -> None:
    admin = cast.actor("company_admin")
    with pytest.raises(Refused, match="last administrator"):
        services.end_appointment(actor=admin, appointment_id=appointment(cast, "company_admin").pk, now=NOW)
    with pytest.raises(Refused, match="last administrator"):
        services.change_role(actor=admin, appointment_id=appointment(cast, "company_admin").pk, role="reader", now=NOW)
    assert appointment(cast, "company_admin").ended_at is None
    services.change_role(actor=admin, appointment_id=appointment(cast, "editor").pk, role="company_admin", now=NOW)
    ended = services.end_appointment(actor=admin, appointment_id=appointment(cast, "company_admin").pk, now=NOW)
    assert (ended.ended_at, ended.ended_by_id) == (NOW, admin.person_id)
    assert appointment(cast, "editor").role == "company_admin"


def test_the_secretariat_may_end_the_last_administrator_but_not_the_last_operator(cast: Cast) -> None:
    services.end_appointment(actor=cast.actor("coordinator"), appointment_id=appointment(cast, "rival").pk, now=NOW)
    with pytest.raises(Refused, match="last operator"):
        services.end_appointment(actor=cast.actor("operator"), appointment_id=appointment(cast, "operator").pk, now=NOW)
    with pytest.raises(Refused):
        services.end_appointment(
            actor=cast.actor("coordinator"), appointment_id=appointment(cast, "operator").pk, now=NOW
        )
    assert appointment(cast, "operator").ended_at is None


@pytest.mark.parametrize("by", ["rival", "editor", "reader", "authority", "assessor", "visitor"])
def test_nobody_else_removes_people(cast: Cast, by: str) -> None:
    with pytest.raises(Refused):
        services.end_appointment(actor=cast.actor(by), appointment_id=appointment(cast, "editor").pk, now=NOW)
    with pytest.raises(Refused):
        services.change_role(
            actor=cast.actor(by), appointment_id=appointment(cast, "editor").pk, role="reader", now=NOW
        )
    assert appointment(cast, "editor").role == "editor"


def test_roles_change_within_a_company_only(cast: Cast) -> None:
    with pytest.raises(Refused, match="within a company"):
        services.change_role(
            actor=cast.actor("operator"), appointment_id=appointment(cast, "assessor").pk, role="coordinator", now=NOW
        )
    with pytest.raises(Refused, match="cannot give this role"):
        services.change_role(
            actor=cast.actor("company_admin"), appointment_id=appointment(cast, "editor").pk, role="assessor", now=NOW
        )


def test_an_unknown_token_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="no longer valid"):
        services.accept_invitation(actor=NO_ONE, token="guess", now=NOW)
