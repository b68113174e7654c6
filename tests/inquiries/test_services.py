"""Asking, answering, deciding: what changes, when, and what stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, Cast
from tests.inquiries.conftest import answer_and_send, reply
from toetssteen.core.access import NO_ONE
from toetssteen.core.frameworks import Pack, Share
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.inquiries import policies, services, tasks
from toetssteen.inquiries.answering import Given
from toetssteen.inquiries.models import Inquiry, Line
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain, ChainLink, SupplierInquiry
from toetssteen.supplychain.queries import chain_facts, coverage_of

Ask = Callable[..., tuple[Inquiry, str]]


def states(chain: Chain) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in ChainLink.objects.filter(chain=chain).order_by("level", "position"):
        found.setdefault(link.level, []).append(f"{link.state} {link.name or link.place}".strip())
    return found


UNKNOWN = {
    "direct_suppliers": ["known Peacock Exports"],
    "factories": ["unknown"], "quarry_areas": ["unknown"], "quarries": ["unknown"],
}  # fmt: skip
ASKED = {**UNKNOWN, "factories": ["asked"], "quarry_areas": ["asked"], "quarries": ["asked"]}


def test_a_draft_changes_nothing_and_sending_marks_what_is_unknown(cast: Cast, chain: Any, ask: Ask) -> None:
    about, actor = chain(), cast.actor("editor")
    data = services.InquiryData("questionnaire", "supplier", "Peacock", "a@b.example", "nl", (about.pk,))
    made = services.prepare_inquiry(
        actor=actor, organisation_id=actor.organisation_id or 0, data=data, year=cast.years[1], now=NOW
    )
    assert states(about) == UNKNOWN
    services.send_inquiry(actor=actor, inquiry_id=made.pk, year=cast.years[1], now=NOW)
    assert states(about) == ASKED
    assert ChainLink.objects.get(chain=about, level="quarries").asked_on == TODAY


def test_the_token_is_in_the_mail_only(ask: Ask, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made, token = ask(word="Please help us")
    assert len(token) >= 43
    assert token not in repr(Inquiry.objects.filter(pk=made.pk).values().get())
    assert token not in repr(list(AuditEvent.objects.values()))
    [sent] = mail.outbox
    assert f"/ask/{token}/" in sent.body
    assert "Please help us" in sent.body
    assert "Mason Midnight" in sent.body
    assert "Kota" not in sent.body, "the rest of the chain is not told"


def test_an_answer_is_proposed_and_taken_over_line_by_line(cast: Cast, ask: Ask) -> None:
    made, token = ask()
    about = made.chains.get().chain
    answer_and_send(token)
    assert states(about) == ASKED, "nothing changes before the company decides"
    assert not Risk.objects.exists()
    lines = {(line.level or line.theme, line.content.get("name", "")): line for line in Line.objects.all()}
    assert set(lines) == {
        ("quarries", "Hidden Quarry 7"), ("quarries", "Secret Pit"), ("quarry_areas", ""),
        ("living_wage", ""), ("purchasing_practices", ""),
    }  # fmt: skip
    actor, year = cast.actor("editor"), cast.years[1]
    services.accept_line(actor=actor, line_id=lines["quarries", "Hidden Quarry 7"].pk, year=year, now=NOW)
    assert states(about) == {**ASKED, "quarries": ["known Hidden Quarry 7"]}
    services.accept_line(actor=actor, line_id=lines["quarries", "Secret Pit"].pk, year=year, now=NOW)
    services.reject_line(actor=actor, line_id=lines["quarry_areas", ""].pk, now=NOW)
    assert states(about) == {**ASKED, "quarries": ["known Hidden Quarry 7", "known Secret Pit"]}
    services.accept_line(actor=actor, line_id=lines["living_wage", ""].pk, year=year, now=NOW)
    risk = Risk.objects.get()
    assert (risk.theme, risk.source_kind, risk.is_actual, risk.likelihood) == (
        "living_wage", "supplier answer", False, None,
    )  # fmt: skip

    services.undo_line(actor=actor, line_id=lines["quarries", "Hidden Quarry 7"].pk, year=year, now=NOW)
    assert states(about) == {**ASKED, "quarries": ["known Secret Pit"]}
    services.undo_line(actor=actor, line_id=lines["quarries", "Secret Pit"].pk, year=year, now=NOW)
    services.undo_line(actor=actor, line_id=lines["living_wage", ""].pk, year=year, now=NOW)
    assert states(about) == ASKED, "what stood there before is back"
    assert not Risk.objects.exists()


def test_what_somebody_changed_since_is_not_undone(cast: Cast, ask: Ask) -> None:
    _made, token = ask()
    answer_and_send(token)
    actor, year = cast.actor("editor"), cast.years[1]
    line = Line.objects.get(content__name="Secret Pit")
    services.accept_line(actor=actor, line_id=line.pk, year=year, now=NOW)
    ChainLink.objects.filter(level="quarries").delete()
    with pytest.raises(Refused, match=r"changed in the chain|intussen"):
        services.undo_line(actor=actor, line_id=line.pk, year=year, now=NOW)
    risk_line = Line.objects.get(theme="living_wage")
    services.accept_line(actor=actor, line_id=risk_line.pk, year=year, now=NOW)
    Risk.objects.update(likelihood=3)
    with pytest.raises(Refused, match=r"rated|beoordeeld"):
        services.undo_line(actor=actor, line_id=risk_line.pk, year=year, now=NOW)


def test_a_refusal_is_recorded_when_the_company_confirms_it(cast: Cast, ask: Ask, pack: Pack) -> None:
    made, token = ask()
    about = made.chains.get().chain
    reply(token, "sq-18", value="Half an answer")
    services.refuse(actor=NO_ONE, token=token, reason="Our own business", now=NOW)
    assert states(about) == ASKED
    assert not made.replies.exists(), "what was filled in before is not sent"
    actor, year = cast.actor("editor"), cast.years[1]
    line = Line.objects.get(level="quarries")
    services.accept_line(actor=actor, line_id=line.pk, year=year, now=NOW)
    assert states(about) == {**ASKED, "quarries": ["refused"]}
    assert ChainLink.objects.get(level="quarries").answered_on == TODAY
    known = coverage_of(made.organisation_id, pack, TODAY).levels["quarries"].by_chain
    assert known == Share(0, 1), "a refusal is recorded, not known"
    assert chain_facts(made.organisation_id, pack, year)["suppliers.refusing_count"] == 1
    services.undo_line(actor=actor, line_id=line.pk, year=year, now=NOW)
    assert states(about) == ASKED


def test_a_letter_counts_once_and_says_how_it_ended(cast: Cast, ask: Ask, pack: Pack) -> None:
    asked_in_year = dt.datetime(2020, 5, 4, 12, tzinfo=dt.UTC)
    year = cast.years[1]
    made, token = ask(kind="letter", now=asked_in_year)
    [letter] = SupplierInquiry.objects.all()
    assert (letter.supplier_name, letter.sent_on, letter.answer) == (
        "Peacock Exports", dt.date(2020, 5, 4), "no answer yet",
    )  # fmt: skip
    assert chain_facts(made.organisation_id, pack, year)["chains.situation_a_asked_share"] == Share(1, 1)
    services.refuse(actor=NO_ONE, token=token, reason="", now=asked_in_year)
    for line in Line.objects.all():
        services.accept_line(actor=cast.actor("editor"), line_id=line.pk, year=year, now=NOW)
    [letter] = SupplierInquiry.objects.all()
    assert letter.answer == "refused"
    facts = chain_facts(made.organisation_id, pack, year)
    assert (facts["chains.situation_a_asked_share"], facts["suppliers.refusing_count"]) == (Share(1, 1), 1)


def test_a_letter_on_paper_has_no_link_and_its_answer_is_recorded_by_hand(cast: Cast, chain: Any) -> None:
    actor, about = cast.actor("editor"), chain(situation="A")
    data = services.InquiryData("letter", "supplier", "Peacock", "owner@peacock.example", "nl", (about.pk,))
    made = services.prepare_inquiry(
        actor=actor, organisation_id=actor.organisation_id or 0, data=data, year=cast.years[1], now=NOW
    )
    day = dt.date(2020, 9, 1)
    token = services.send_inquiry(actor=actor, inquiry_id=made.pk, year=cast.years[1], now=NOW, by_hand_on=day)
    made.refresh_from_db()
    assert (token, made.token_digest) == ("", None), "whoever opens a link must be who reads that mail"
    assert SupplierInquiry.objects.get().sent_on == day
    values: dict[str, Any] = {"inquiry_id": made.pk, "refused": True, "reason": "No", "evidence_id": None, "now": NOW}
    with pytest.raises(ValidationError):
        services.record_answer(actor=actor, on=dt.date(2020, 8, 31), **values)
    services.record_answer(actor=actor, on=dt.date(2020, 10, 1), **values)
    made.refresh_from_db()
    assert (made.state, made.ended_on, made.by_hand) == ("refused", dt.date(2020, 10, 1), True)
    assert SupplierInquiry.objects.get().answer == "refused"


def test_sent_again_the_old_link_is_dead_and_answers_stay(cast: Cast, ask: Ask) -> None:
    made, old = ask()
    reply(old, "sq-01", value=["factory"])
    new = services.resend_inquiry(actor=cast.actor("editor"), inquiry_id=made.pk, now=NOW)
    with pytest.raises(Refused):
        reply(old, "sq-01", value=["quarry"])
    reply(new, "sq-07", value=["day"])
    assert {r.question: r.value for r in made.replies.all()} == {"sq-01": ["factory"], "sq-07": ["day"]}


def test_withdrawn_expired_and_sent_links_take_nothing(cast: Cast, ask: Ask) -> None:
    made, token = ask()
    reply(token, "sq-01", value=["factory"])
    with pytest.raises(Refused):
        reply(token, "sq-01", value=["quarry"], now=NOW + dt.timedelta(days=61))
    services.withdraw_inquiry(actor=cast.actor("editor"), inquiry_id=made.pk, now=NOW)
    with pytest.raises(Refused):
        reply(token, "sq-01", value=["quarry"])
    assert not made.replies.exists(), "what was not sent was not meant to be read"
    _other, token = ask()
    answer_and_send(token)
    with pytest.raises(Refused, match=r"sent already|al verstuurd"):
        reply(token, "sq-07", value=["day"])


def test_names_of_homes_are_not_kept(pack: Pack) -> None:
    from toetssteen.inquiries.forms import ReplyForm

    assert pack.questionnaire is not None
    form = ReplyForm(
        {"q-0-work": "home_work", "q-0-name": "Family Devi", "q-0-town": "Budhpura", "q-stance": ""},
        question=pack.questionnaire.question("sq-04"), questionnaire=pack.questionnaire, given=Given(),
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert form.answer().value == [{"work": "home_work", "town": "Budhpura"}]


def test_reminders_come_on_their_days_once(ask: Ask, django_capture_on_commit_callbacks: Any) -> None:
    made, token = ask()
    moments = [(13, False), (14, True), (14, False), (27, False), (28, True), (40, False)]
    for days, due in moments:
        with django_capture_on_commit_callbacks(execute=True):
            assert tasks.remind_if_due(made.pk, NOW + dt.timedelta(days=days)) is due, days
    made.refresh_from_db()
    assert made.reminders == 2
    assert len(mail.outbox) == 2
    assert token not in mail.outbox[-1].body, "each mail has a link of its own"
    with pytest.raises(Refused):
        reply(token, "sq-01", value=["factory"])


def test_nobody_is_reminded_after_an_answer(ask: Ask) -> None:
    made, token = ask()
    answer_and_send(token)
    assert tasks.remind_if_due(made.pk, NOW + dt.timedelta(days=15)) is False
    assert policies.state_on(made, NOW) == "sent"  # the row in hand is the old one
    made.refresh_from_db()
    assert policies.state_on(made, NOW + dt.timedelta(days=400)) == "answered"


@pytest.mark.parametrize("who", ["reader", "rival", "assessor", "visitor"])
def test_others_cannot_send_or_decide(cast: Cast, ask: Ask, who: str) -> None:
    made, token = ask()
    answer_and_send(token)
    line = Line.objects.filter(kind="link").first()
    assert line is not None
    actor, year = cast.actor(who), cast.years[1]
    deeds: list[Callable[[], Any]] = [
        lambda: services.accept_line(actor=actor, line_id=line.pk, year=year, now=NOW),
        lambda: services.reject_line(actor=actor, line_id=line.pk, now=NOW),
        lambda: services.resend_inquiry(actor=actor, inquiry_id=made.pk, now=NOW),
        lambda: services.withdraw_inquiry(actor=actor, inquiry_id=made.pk, now=NOW),
        lambda: services.send_inquiry(actor=actor, inquiry_id=made.pk, year=year, now=NOW),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert not Line.objects.exclude(state="open").exists()


def test_a_company_cannot_ask_about_the_chain_of_another(cast: Cast, chain: Any) -> None:
    theirs, actor = chain("rival"), cast.actor("editor")
    data = services.InquiryData("questionnaire", "supplier", "Peacock", "a@b.example", "nl", (theirs.pk,))
    with pytest.raises(ValidationError):
        services.prepare_inquiry(
            actor=actor, organisation_id=actor.organisation_id or 0, data=data, year=cast.years[1], now=NOW
        )
    assert not Inquiry.objects.exists()


def test_the_area_that_a_supplier_names_becomes_a_quarry_area_with_its_place(ask: Ask, cast: Cast) -> None:
    made, token = ask()
    answer_and_send(token)
    line = made.lines.get(level="quarry_areas")
    services.accept_line(actor=cast.actor("editor"), line_id=line.pk, year=cast.years[1], now=NOW)
    link = ChainLink.objects.select_related("quarry_area").get(chain=line.chain, level="quarry_areas")
    assert link.quarry_area is not None
    assert (link.quarry_area.name, link.quarry_area.place_id, link.quarry_area.listed) == ("Bundi", "IN.24.121", False)
    services.undo_line(actor=cast.actor("editor"), line_id=line.pk, year=cast.years[1], now=NOW)
    assert not ChainLink.objects.filter(chain=line.chain, level="quarry_areas", state="known").exists()
