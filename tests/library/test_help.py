"""Questions to the help desk stay between who asked and the secretariat; shared answers name nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.library import permissions, queries, services
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


def test_a_shared_answer_names_nobody_and_can_be_taken_back(cast: Cast, client: Any) -> None:
    question = answered(cast, asked(cast))
    cast.sign_in(client, "assessor")
    draft = client.get(f"/secretariat/faq/add/?question={question.pk}").content.decode()
    assert "Granpietra" in draft  # a start for the secretariat to rewrite
    faq = services.save_faq(actor=cast.actor("assessor"), text=FAQ, now=NOW)
    client.logout()
    public = client.get("/faq/?q=groeve", headers={"accept-language": "nl"}).content.decode()
    assert "Telt een groeve mee?" in public
    assert "Mason" not in public
    assert "Telt een groeve mee?" not in client.get("/faq/?q=zandsteen").content.decode()
    services.withdraw_faq(actor=cast.actor("assessor"), faq_id=faq.pk, now=NOW)
    assert "Telt een groeve mee?" not in client.get("/faq/", headers={"accept-language": "nl"}).content.decode()
    services.save_faq(actor=cast.actor("assessor"), text=FAQ, faq_id=faq.pk, now=NOW)
    assert Faq.objects.get().withdrawn_at is None


@pytest.mark.parametrize("who", ["visitor", "editor", "authority", "committee", "operator"])
def test_only_the_secretariat_publishes(cast: Cast, client: Any, who: str) -> None:
    faq = services.save_faq(actor=cast.actor("assessor"), text=FAQ, now=NOW)
    cast.sign_in(client, who)
    client.post("/secretariat/faq/add/", {"question_nl": "a", "question_en": "b", "answer_nl": "c", "answer_en": "d"})
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
