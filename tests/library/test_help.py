"""Questions to the help desk stay between who asked and the secretariat; shared answers name nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.library import permissions, queries, services
from toetssteen.library.asked_from import safe_page
from toetssteen.library.models import Faq, HelpQuestion

SECRET = "does the quarry of Granpietra at Bundi count"
FAQ = services.FaqText("Telt een groeve mee?", "Does a quarry count?", "Ja, met een naam.", "Yes, with a name.", 2)


def asked(cast: Cast, who: str = "editor", text: str = SECRET) -> HelpQuestion:
    return services.ask_help(actor=cast.actor(who), text=text, page="/chains/", now=NOW)


def answered(cast: Cast, question: HelpQuestion, answer: str = "answer for one company") -> HelpQuestion:
    return services.answer_help(
        actor=cast.actor("assessor"), question_id=question.pk, answer=answer, row_version=question.row_version, now=NOW
    )


@pytest.mark.parametrize("who", ["visitor", "rival", "euro", "authority", "union", "committee", "operator"])
def test_nobody_else_reads_a_question_or_its_answer(cast: Cast, client: Any, who: str) -> None:
    question = answered(cast, asked(cast))
    cast.sign_in(client, who)
    for address in (
        "/help/",
        f"/help/{question.pk}/",
        "/secretariat/help/?state=all",
        "/faq/",
        "/secretariat/faq/add/",
    ):
        page = client.get(address + ("&" if "?" in address else "?") + "q=quarry", follow=True).content.decode()
        assert "Granpietra" not in page
        assert "answer for one company" not in page
    assert client.get(f"/help/{question.pk}/").status_code in (302, 404)
    with pytest.raises(Refused):
        services.withdraw_help(actor=cast.actor(who), question_id=question.pk, now=NOW)
    with pytest.raises(Refused):
        services.answer_help(
            actor=cast.actor(who), question_id=question.pk, answer="x", row_version=question.row_version, now=NOW
        )


@pytest.mark.parametrize("who", ["editor", "reader", "assessor", "coordinator"])
def test_who_asked_and_the_secretariat_read_it(cast: Cast, client: Any, who: str) -> None:
    question = answered(cast, asked(cast))
    cast.sign_in(client, who)
    page = client.get(f"/help/{question.pk}/").content.decode()
    assert "Granpietra" in page
    assert "answer for one company" in page


def test_rows_and_verdict_agree(cast: Cast) -> None:
    rows = [asked(cast), asked(cast, "rival", "another secret")]
    for who in ("visitor", "editor", "rival", "authority", "assessor", "operator", "union"):
        actor = cast.actor(who)
        seen = set(permissions.visible_help_questions(actor))
        assert seen == {row for row in rows if permissions.can_view_help_question(actor, row)}, who


def test_asking_from_a_page_and_answering_with_a_mail_that_says_nothing(
    cast: Cast, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    cast.sign_in(client, "editor")
    client.post("/help/", {"text": SECRET, "from": "/chains/"})
    client.post("/help/", {"text": SECRET, "from": "https://elsewhere.example/"})  # sent twice: still one question
    question = HelpQuestion.objects.get()
    assert (question.page, question.state) == ("/chains/", "open")
    assert queries.open_help_count(cast.actor("assessor")) == 1
    cast.sign_in(client, "assessor")
    assert "Granpietra" in client.get("/secretariat/help/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/help/{question.pk}/", {"answer": "Yes, because", "row_version": question.row_version})
    question.refresh_from_db()
    assert (question.answer, question.state) == ("Yes, because", "answered")
    assert mail.outbox[0].to == ["editor@mason.example"]
    assert "Granpietra" not in mail.outbox[0].body + mail.outbox[0].subject
    assert f"/help/{question.pk}/" in mail.outbox[0].body
    trail = AuditEvent.objects.get(verb="library.answer_help")
    assert "because" not in str(trail.detail)


def test_after_asking_the_way_back_is_still_there(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "editor")
    english = {"accept-language": "en"}
    page = client.post("/help/", {"text": SECRET, "from": "/chains/"}, follow=True, headers=english).content.decode()
    assert "Your question has been sent" in page
    assert re.search(r'<a href="/chains/"><svg[^/]*<path[^>]*></svg> Back to where you came from: Supply chain', page)
    assert "Back to where" not in client.get("/help/?from=https://elsewhere.example/", headers=english).content.decode()


def test_two_answers_at_once_lose_nothing(cast: Cast, client: Any) -> None:
    question = asked(cast)
    answered(cast, question, "first")
    with pytest.raises(StaleRow):
        answered(cast, question, "second")
    cast.sign_in(client, "coordinator")
    page = client.post(f"/help/{question.pk}/", {"answer": "my long text", "row_version": question.row_version})
    assert "my long text" in page.content.decode()
    question.refresh_from_db()
    assert question.answer == "first"


def test_a_question_is_taken_back_only_before_its_answer(cast: Cast, client: Any) -> None:
    first, second = asked(cast), asked(cast, text="another")
    answered(cast, second)
    cast.sign_in(client, "editor")
    client.post(f"/help/{first.pk}/", {"withdraw": "1"})
    client.post(f"/help/{second.pk}/", {"withdraw": "1"})
    assert list(HelpQuestion.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "answered"]
    assert list(queries.own_help_questions(cast.actor("editor"))) == [second]
    assert "another" in client.get("/help/").content.decode()
    client.post(f"/help/{first.pk}/", {"restore": "1"})
    first.refresh_from_db()
    assert first.state == "open"


def test_an_answer_stands_as_new_until_who_asked_has_read_it(cast: Cast, client: Any) -> None:
    question = answered(cast, asked(cast))
    assert [queries.new_answers(cast.actor(who)) for who in ("editor", "rival", "visitor")] == [1, 0, 0]
    cast.sign_in(client, "assessor")
    client.post(f"/help/{question.pk}/", {"read": "1"})  # reading by somebody else does not count
    cast.sign_in(client, "reader")
    assert "nieuw antwoord" in client.get("/help/", headers={"accept-language": "nl"}).content.decode()
    client.post(f"/help/{question.pk}/", {"read": "1"})
    assert queries.new_answers(cast.actor("editor")) == 0
    question.refresh_from_db()
    answered(cast, question, "better")
    assert queries.new_answers(cast.actor("editor")) == 1  # a corrected answer is new again


def test_the_page_is_kept_without_anything_secret(cast: Cast, client: Any) -> None:
    for address, kept in (
        ("/reports/7/questions/q-1-1-01/?x=1#y", "/reports/7/questions/q-1-1-01/"),
        ("/ask/secret-link-of-a-supplier/", ""),
        ("//elsewhere.example/chains/", ""),
        ("https://elsewhere.example/chains/", ""),
        ("/no/such/page/", ""),
        ("/chains/\\evil", ""),
        ("", ""),
    ):
        assert safe_page(address) == kept
    cast.sign_in(client, "editor")
    client.post("/help/", {"text": SECRET, "from": "/chains/?supplier=Granpietra"})
    assert HelpQuestion.objects.get().page == "/chains/"


def test_every_page_of_who_may_ask_leads_to_the_help_desk(cast: Cast, client: Any) -> None:
    for who, may in (("editor", True), ("authority", True), ("union", True), ("assessor", False), ("visitor", False)):
        cast.sign_in(client, who)
        for address in ("/library/", "/faq/", "/register/"):
            page = client.get(address).content.decode()
            assert (f'/help/?from={address}"' in page) == may, (who, address)


def test_the_secretariat_sees_the_page_in_words_without_a_link_it_cannot_open(cast: Cast, client: Any) -> None:
    question = services.ask_help(
        actor=cast.actor("editor"), text=SECRET, page="/reports/7/questions/q-1-1-01/", now=NOW
    )
    cast.sign_in(client, "assessor")
    page = client.get(f"/help/{question.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "Do you have a written policy" in page
    assert "/reports/7/" not in page


def test_a_draft_for_everybody_holds_no_name_and_a_text_with_a_name_is_refused(cast: Cast, client: Any) -> None:
    words = "We, mason stone, ask Company Admin (admin@mason.example, +31 6 1234 5678) and Granite House about Bundi"
    question = answered(cast, asked(cast, "company_admin", words), "Dear Company Admin of Mason Stone BV, yes")
    cast.sign_in(client, "assessor")
    draft = client.get(f"/secretariat/faq/add/?question={question.pk}").content.decode()
    start = draft.index("<form method", draft.index("<main"))
    form = draft[start:].lower()
    for name in ("mason", "company admin", "granite", "1234"):
        assert name not in form, name
    assert "bundi" in form  # what we do not know as a name, the secretariat takes out itself
    entered = {
        "question_nl": "Telt een groeve mee?", "question_en": "Does a quarry count?", "answer_nl": "Ja.",
        "answer_en": "Yes.", "step": "2", "about": "q-2-1-05",
    }  # fmt: skip
    address = f"/secretariat/faq/add/?question={question.pk}"
    client.post(address, entered)  # nobody said that it was read
    for name in ("Granite House", "GRANITE-HOUSE", "Mason Stone", "Company Admin"):
        client.post(address, entered | {"is_read": "1", "answer_nl": f"Ja, net als {name}."})
    assert not Faq.objects.exists()
    client.post(address, entered | {"is_read": "1"})
    faq = Faq.objects.get()
    question.refresh_from_db()
    assert (question.shared_as, faq.about) == (faq, "q-2-1-05")
    for field in Faq._meta.get_fields():
        assert field.name not in ("help_question", "asked_by", "organisation")  # nothing leads back to who asked
    trail = AuditEvent.objects.get(verb="library.save_faq")
    assert str(question.pk) not in str(trail.detail)
    cast.sign_in(client, "rival")
    public = client.get("/faq/?q=tèlt").content.decode()
    assert "Telt een groeve mee?" in public
    assert f"/help/{question.pk}/" not in public


def test_an_answer_for_everybody_stands_beside_its_question(cast: Cast, client: Any) -> None:
    from tests.reporting.world import open_report

    report = open_report(cast)
    text = services.FaqText("Moet de directie tekenen?", "Must management sign?", "Ja.", "Yes.", 1, "q-1-1-01")
    faq = services.save_faq(actor=cast.actor("assessor"), text=text, now=NOW)
    cast.sign_in(client, "editor")
    here, other = (f"/reports/{report.pk}/questions/{one}/" for one in ("q-1-1-01", "q-1-1-02"))
    nl = {"accept-language": "nl"}
    assert "Moet de directie tekenen?" in client.get(here, headers=nl).content.decode()
    assert "Moet de directie tekenen?" not in client.get(other, headers=nl).content.decode()
    assert "Moet de directie tekenen?" in client.get(f"/help/?from={here}", headers=nl).content.decode()
    services.withdraw_faq(actor=cast.actor("assessor"), faq_id=faq.pk, now=NOW)
    assert "Moet de directie tekenen?" not in client.get(here, headers=nl).content.decode()


def test_a_shared_answer_can_be_taken_out_and_brought_back(cast: Cast, client: Any) -> None:
    faq = services.save_faq(actor=cast.actor("assessor"), text=FAQ, now=NOW)
    client.logout()
    public = client.get("/faq/?q=groeve", headers={"accept-language": "nl"}).content.decode()
    assert "Telt een groeve mee?" in public
    assert "Mason" not in public
    assert "Telt een groeve mee?" not in client.get("/faq/?q=zandsteen").content.decode()
    services.withdraw_faq(actor=cast.actor("assessor"), faq_id=faq.pk, now=NOW)
    assert "Telt een groeve mee?" not in client.get("/faq/", headers={"accept-language": "nl"}).content.decode()
    cast.sign_in(client, "assessor")
    client.post(f"/secretariat/faq/{faq.pk}/restore/")
    assert Faq.objects.get().withdrawn_at is None


@pytest.mark.parametrize("who", ["visitor", "editor", "authority", "committee", "operator"])
def test_only_the_secretariat_publishes(cast: Cast, client: Any, who: str) -> None:
    faq = services.save_faq(actor=cast.actor("assessor"), text=FAQ, now=NOW)
    cast.sign_in(client, who)
    client.post(
        "/secretariat/faq/add/",
        {"question_nl": "a", "question_en": "b", "answer_nl": "c", "answer_en": "d", "is_read": "1"},
    )
    client.post(f"/secretariat/faq/{faq.pk}/withdraw/")
    assert list(Faq.objects.values_list("withdrawn_at", flat=True)) == [None]
    with pytest.raises(Refused):
        services.save_faq(actor=cast.actor(who), text=FAQ, now=NOW)


@pytest.mark.parametrize("address", ["/help/", "/faq/", "/secretariat/help/"])
def test_a_list_asks_the_same_number_of_queries(cast: Cast, client: Any, address: str) -> None:
    counts = []
    for number in (1, 3):
        while HelpQuestion.objects.count() < number:
            asked(cast, text=f"question {HelpQuestion.objects.count()}")
            services.save_faq(actor=cast.actor("assessor"), text=FAQ, now=NOW)
        cast.sign_in(client, "assessor" if "secretariat" in address else "editor")
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_work_of_the_secretariat_says_how_many_questions_wait(cast: Cast, client: Any) -> None:
    first = asked(cast)
    asked(cast, "rival", "another question")
    cast.sign_in(client, "assessor")
    assert "2 vragen aan de helpdesk wachten" in client.get("/secretariat/queue/").content.decode()
    answered(cast, first)
    page = client.get("/secretariat/queue/").content.decode()
    assert "1 vraag aan de helpdesk wacht</a>" in page.replace("\n", "")
    assert SECRET not in page
