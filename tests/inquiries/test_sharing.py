"""Two companies ask one supplier: it answers once, and neither company learns of the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.cast import NOW, Cast
from tests.inquiries.conftest import NAMES, STONE, answer_and_send, reply
from toetssteen.core.access import NO_ONE
from toetssteen.inquiries import services
from toetssteen.inquiries.models import Inquiry
from toetssteen.inquiries.queries import sheet_by_token

Ask = Callable[..., tuple[Inquiry, str]]
LATER = NOW + dt.timedelta(days=5)


def earlier(token: str) -> Any:
    sheet = sheet_by_token(token, LATER)
    assert sheet is not None
    return sheet.earlier_on


def test_one_answer_serves_a_second_company_after_the_supplier_confirms(ask: Ask) -> None:
    _first, token = ask("editor")
    answer_and_send(token)
    second, other = ask("rival", now=LATER)
    assert earlier(other) == NOW.date()
    services.take_over_earlier(actor=NO_ONE, token=other, take=True, now=LATER)
    kept = {r.question: r for r in second.replies.all()}
    assert kept["sq-07"].value == ["piece"]
    assert "sq-18" not in kept, "what is about one customer never goes to another"
    assert kept["sq-03"].look_again
    with pytest.raises(ValidationError):
        services.send_replies(actor=NO_ONE, token=other, may_share=True, now=LATER)
    second.refresh_from_db()
    assert second.state == "busy"
    reply(other, "sq-03", value=[{"quarry_name": "Another Pit", "district": "Bundi"}], now=LATER)
    services.send_replies(actor=NO_ONE, token=other, may_share=True, now=LATER)
    second.refresh_from_db()
    assert second.state == "answered"
    names = {line.content.get("name") for line in second.lines.all() if line.level == "quarries"}
    assert names == {"Another Pit"}


def test_starting_empty_takes_nothing_over(ask: Ask) -> None:
    _first, token = ask("editor")
    answer_and_send(token)
    second, other = ask("rival", now=LATER)
    services.take_over_earlier(actor=NO_ONE, token=other, take=False, now=LATER)
    assert not second.replies.exists()
    assert earlier(other) is None, "it is asked once"


def test_without_consent_or_after_its_withdrawal_nothing_is_offered(ask: Ask) -> None:
    _first, token = ask("editor")
    answer_and_send(token, may_share=False)
    second, other = ask("rival", now=LATER)
    assert earlier(other) is None
    services.change_sharing(actor=NO_ONE, token=token, may_share=True, now=LATER)
    assert earlier(other) == NOW.date()
    services.change_sharing(actor=NO_ONE, token=token, may_share=False, now=LATER)
    services.take_over_earlier(actor=NO_ONE, token=other, take=True, now=LATER)
    assert not second.replies.exists()


def test_a_typed_name_or_another_address_proves_nothing(ask: Ask) -> None:
    """A rival that types its own address for the same supplier must not get the answers."""
    _first, token = ask("editor")
    answer_and_send(token)
    _second, other = ask("rival", now=LATER, email="buyer@granite.example")
    assert earlier(other) is None
    _third, again = ask("rival", now=LATER, email="OWNER@peacock.example")
    assert earlier(again) == NOW.date(), "the same mailbox in capitals is the same"


def test_the_asking_company_never_gets_the_link(ask: Ask, cast: Cast, client: Client) -> None:
    made, token = ask("rival", now=NOW)
    cast.sign_in(client, "rival")
    pages = ["/inquiries/", f"/inquiries/{made.pk}/", f"/inquiries/{made.pk}/again/", "/inquiries/ask/"]
    for path in pages:
        text = client.get(path).content.decode()
        assert token not in text
        assert "/ask/" not in text.replace("/inquiries/ask/", "")


def test_no_company_learns_of_the_other(ask: Ask, cast: Cast, client: Client) -> None:
    first, token = ask("editor")
    answer_and_send(token)
    second, other = ask("rival", now=LATER)
    services.take_over_earlier(actor=NO_ONE, token=other, take=True, now=LATER)
    reply(other, "sq-03", value=[{"quarry_name": "Another Pit"}], now=LATER)
    services.send_replies(actor=NO_ONE, token=other, may_share=True, now=LATER)
    cast.sign_in(client, "rival")
    text = client.get(f"/inquiries/{second.pk}/").content.decode()
    assert "Another Pit" in text
    hidden = [NAMES["mason"], STONE["mason"], "Hidden Quarry 7", "as only Mason does not", "take_over", "earlier"]
    assert [word for word in hidden if word in text] == []
    assert client.get(f"/inquiries/{first.pk}/").status_code == 404
    listed = client.get("/inquiries/").content.decode()
    assert "Peacock Exports" in listed
    assert STONE["mason"] not in listed

    # The supplier, on the second link, reads who asks now and never who asked before.
    client.logout()
    for path in ("", "check/", "sent/"):
        page = client.get(f"/ask/{other}/{path}", follow=True).content.decode()
        assert NAMES["granite"] in page
        assert NAMES["mason"] not in page
        assert STONE["mason"] not in page


def test_files_go_along_and_can_be_taken_off_without_touching_the_first(ask: Ask, settings: Any, tmp_path: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    first, token = ask("editor")
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    services.add_attachment(
        actor=NO_ONE, token=token, upload=SimpleUploadedFile("licence.pdf", pdf, "application/pdf"), now=NOW
    )
    answer_and_send(token)
    second, other = ask("rival", now=LATER)
    services.take_over_earlier(actor=NO_ONE, token=other, take=True, now=LATER)
    mine = second.attachments.get()
    services.remove_attachment(actor=NO_ONE, token=other, attachment_id=mine.pk, now=LATER)
    assert first.attachments.get().file.open("rb").read() == pdf
