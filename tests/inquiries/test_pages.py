"""The pages of asking and answering: whole flows, dead links, headers, counts of queries."""

from __future__ import annotations

import datetime as dt
import io
import logging
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from tests.inquiries.conftest import answer_and_send, reply
from toetssteen.core.access import NO_ONE
from toetssteen.foundation.logs import NoTokens
from toetssteen.inquiries import limits, services
from toetssteen.inquiries.models import Inquiry, Line
from toetssteen.supplychain.models import Chain, ChainLink

Ask = Callable[..., tuple[Inquiry, str]]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_supplier_answers_from_link_to_receipt(ask: Ask, client: Client) -> None:
    made, token = ask()
    to = f"/ask/{token}/"
    assert "Mason Stone BV" in text(client.get(to))
    assert Inquiry.objects.get(pk=made.pk).state == "sent", "looking alone notes nothing: mail programs look too"
    assert client.post(to).headers["Location"] == f"{to}questions/sq-01/"
    assert Inquiry.objects.get(pk=made.pk).state == "opened"
    first = client.post(f"{to}questions/sq-01/", {"q-options": ["factory"], "q-stance": ""})
    assert first.headers["Location"] == f"{to}questions/sq-02/"
    wrong = client.post(f"{to}questions/sq-03/", {"rows": "1", "q-0-quarry_name": "Pit 9", "q-0-share_percent": "140"})
    assert "Pit 9" in text(wrong), "nothing typed is lost"
    more = client.post(f"{to}questions/sq-03/", {"rows": "1", "more": "1", "q-0-quarry_name": "Pit 9"})
    assert "q-1-quarry_name" in text(more)
    last = client.post(f"{to}questions/sq-18/", {"q-text": "Order earlier", "q-stance": ""})
    assert last.headers["Location"] == f"{to}files/"
    client.post(f"{to}files/", {"upload": SimpleUploadedFile("licence.pdf", PDF, "application/pdf")})
    check = text(client.get(f"{to}check/"))
    assert "Pit 9" in check
    assert "licence.pdf" in check
    assert "Choose yes or no" in text(client.post(f"{to}check/", {"may_share": ""}))
    client.post(f"{to}check/", {"may_share": "no"})
    receipt = text(client.get(f"{to}sent/"))
    assert "Order earlier" in receipt
    assert (
        client.post(f"{to}questions/sq-18/", {"q-text": "Too late", "q-stance": ""}).headers["Location"] == f"{to}sent/"
    )
    made.refresh_from_db()
    assert (made.state, made.may_share) == ("answered", False)
    assert made.replies.get(question="sq-18").value == "Order earlier"


def test_an_answer_and_not_knowing_together_are_asked_again(ask: Ask, client: Client) -> None:
    made, token = ask()
    page = client.post(f"/ask/{token}/questions/sq-18/", {"q-text": "Both", "q-stance": "do_not_know"})
    assert "Choose one of the two" in text(page)
    assert not made.replies.exists()


def test_what_is_typed_is_kept_by_itself_and_only_when_it_is_right(ask: Ask, client: Client) -> None:
    made, token = ask()
    to, silent = f"/ask/{token}/questions/sq-03/", {"X-Autosave": "1"}
    wrong = client.post(to, {"rows": "1", "q-0-share_percent": "x"}, headers=silent)
    assert (wrong.status_code, made.replies.count()) == (422, 0)
    right = client.post(to, {"rows": "1", "q-0-quarry_name": "Pit"}, headers=silent)
    assert right.status_code == 200
    assert made.replies.get().value == [{"quarry_name": "Pit"}]


def test_links_that_do_not_work_all_look_the_same(ask: Ask, cast: Cast, client: Client, settings: Any) -> None:
    withdrawn, one = ask()
    services.withdraw_inquiry(actor=cast.actor("editor"), inquiry_id=withdrawn.pk, now=NOW)
    replaced, two = ask()
    services.resend_inquiry(actor=cast.actor("editor"), inquiry_id=replaced.pk, now=NOW)
    _expired, three = ask(now=NOW - dt.timedelta(days=61))
    seen = set()
    for token in (one, two, three, "unknown", "x" * 43):
        for path in ("", "check/", "questions/sq-01/", "sent/", "files/1/"):
            page = client.get(f"/ask/{token}/{path}")
            assert page.status_code == 404
            seen.add(text(page))
        limits.cache.clear()
    assert len(seen) == 1
    assert "Mason" not in seen.pop()


def test_link_pages_are_kept_nowhere_and_found_by_nobody(ask: Ask, client: Client) -> None:
    _made, token = ask()
    page = client.get(f"/ask/{token}/")
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert not client.cookies.get("sessionid")


def test_guessing_links_is_slowed_down(ask: Ask, client: Client) -> None:
    _made, token = ask()
    for number in range(limits.MOST_MISSES):
        assert client.get(f"/ask/guess-{number}/").status_code == 404
    assert client.get(f"/ask/{token}/").status_code == 429
    limits.cache.clear()
    assert client.get(f"/ask/{token}/").status_code == 200


def test_tokens_do_not_reach_the_log() -> None:
    record = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", ("/ask/" + "k" * 43 + "/check/",), None)
    assert NoTokens().filter(record)
    assert record.getMessage() == "Not Found: /ask/(token)/check/"


def test_one_link_opens_one_file(ask: Ask, client: Client) -> None:
    _first, one = ask("editor")
    upload = SimpleUploadedFile("licence.pdf", PDF, "application/pdf")
    kept = services.add_attachment(actor=NO_ONE, token=one, upload=upload, now=NOW)
    _second, two = ask("rival", email="somebody@else.example")
    assert client.get(f"/ask/{two}/files/{kept.pk}/").status_code == 404
    mine = client.get(f"/ask/{one}/files/{kept.pk}/")
    assert b"".join(mine.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "attachment" in mine.headers["Content-Disposition"]


def test_a_program_as_attachment_is_refused(ask: Ask, client: Client) -> None:
    made, token = ask()
    page = client.post(f"/ask/{token}/files/", {"upload": SimpleUploadedFile("photo.jpg", b"MZ\x90\x00not a photo")})
    assert made.attachments.count() == 0
    assert "cannot be kept" in text(page)


def test_the_company_sees_nothing_before_it_is_sent(ask: Ask, cast: Cast, client: Client) -> None:
    made, token = ask()
    reply(token, "sq-18", value="Unfinished thought")
    upload = SimpleUploadedFile("licence.pdf", PDF, "application/pdf")
    kept = services.add_attachment(actor=NO_ONE, token=token, upload=upload, now=NOW)
    cast.sign_in(client, "editor")
    page = text(client.get(f"/inquiries/{made.pk}/"))
    assert "Unfinished thought" not in page
    assert "licence.pdf" not in page
    assert client.get(f"/inquiries/{made.pk}/files/{kept.pk}/").status_code == 404
    limits.cache.clear()
    answer_and_send(token)
    assert client.get(f"/inquiries/{made.pk}/files/{kept.pk}/").status_code == 200


def test_a_company_asks_and_decides_in_its_pages(
    cast: Cast, chain: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    about: Chain = chain()
    cast.sign_in(client, "editor")
    assert "Peacock Exports" in text(client.get("/inquiries/ask/"))
    form = {
        "supplier_name": "Peacock Exports", "asked_kind": "supplier", "kind": "questionnaire", "chains": [about.pk],
        "email": "owner@peacock.example", "language": "en", "word": "<b>Dear</b> friend",
    }  # fmt: skip
    made_at = client.post("/inquiries/add/", form).headers["Location"]
    preview = text(client.get(made_at))
    assert "&lt;b&gt;Dear&lt;/b&gt; friend" in preview
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        client.post(made_at)
    token = mail.outbox[0].body.split("/ask/")[1].split("/")[0]
    answer_and_send(token)
    made = Inquiry.objects.get()
    line = Line.objects.get(content__name="Secret Pit")
    page = text(client.get(f"/inquiries/{made.pk}/"))
    assert "Secret Pit" in page
    client.post(f"/inquiries/{made.pk}/lines/{line.pk}/", {"deed": "accept"})
    assert ChainLink.objects.get(chain=about, level="quarries").name == "Secret Pit"
    client.post(f"/inquiries/{made.pk}/lines/{line.pk}/", {"deed": "undo"})
    assert ChainLink.objects.get(chain=about, level="quarries").state == "asked"


def test_a_line_of_another_question_is_not_there(ask: Ask, cast: Cast, client: Client) -> None:
    mine, _one = ask("editor")
    _theirs, two = ask("rival")
    answer_and_send(two)
    line = Line.objects.filter(kind="link").first()
    assert line is not None
    cast.sign_in(client, "editor")
    assert client.post(f"/inquiries/{mine.pk}/lines/{line.pk}/", {"deed": "accept"}).status_code == 404
    line.refresh_from_db()
    assert line.state == "open"


def test_the_letter_is_a_document_with_real_headings_and_safe_text(ask: Ask, cast: Cast, client: Client) -> None:
    made, _token = ask(kind="letter", supplier_name="Peacock & <Sons>", word="A {{ company }} word", language="nl")
    cast.sign_in(client, "editor")
    response = client.get(f"/inquiries/{made.pk}/letter.docx")
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        document = package.read("word/document.xml").decode()
        styles = package.read("word/styles.xml").decode()
    assert "Peacock &amp; &lt;Sons&gt;" in document
    assert "A {{ company }} word" in document, "what people type is text, never a template"
    assert "Mason Midnight" in document
    assert 'w:val="Heading1"' in document
    assert 'w:val="nl-NL"' in styles


@pytest.mark.parametrize("path", ["/inquiries/", "/inquiries/ask/", "/inquiries/{pk}/", "/ask/{token}/check/"])
def test_pages_ask_the_database_the_same_however_much_there_is(ask: Ask, cast: Cast, client: Client, path: str) -> None:
    made, token = ask()
    reply(token, "sq-03", value=[{"quarry_name": "One"}])
    if "{pk}" in path:
        services.send_replies(actor=NO_ONE, token=token, may_share=True, now=NOW)
    if "token" not in path:
        cast.sign_in(client, "editor")
    address = path.format(pk=made.pk, token=token)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for _ in range(2):
        other, again = ask()
        answer_and_send(again)
        Line.objects.filter(inquiry=other).exclude(kind="x").update(inquiry=made)
    if "token" in path:
        reply(token, "sq-01", value=["supplier_or_exporter"])
        reply(token, "sq-18", value="More")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few), "\n".join(q["sql"][:150] for q in many.captured_queries)
