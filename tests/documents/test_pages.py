"""The list, the upload without a script, and the one door through which a file leaves."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents.conftest import JPEG, PDF, PNG, office, upload
from toetssteen.documents import hooks
from toetssteen.documents.models import Evidence

pytestmark = pytest.mark.django_db
SENT = {"title": "Visit in June", "kind": "visit_report", "document_on": "2020-06-01"}


@pytest.fixture
def editor(cast, client):
    client.cookies["language"] = "en"
    return cast.sign_in(client, "editor")


def test_a_file_goes_up_and_comes_down_again(editor):
    answer = editor.post("/evidence/add/", {**SENT, "upload": upload(name="証 visit.pdf")}, follow=True)
    assert "“Visit in June” is kept." in answer.content.decode()
    evidence = Evidence.objects.get()
    down = editor.get(f"/evidence/{evidence.pk}/file/")
    assert b"".join(down.streaming_content) == PDF
    assert down.headers["Content-Type"] == "application/pdf"
    assert down.headers["Content-Disposition"].startswith("attachment")
    assert "%E8%A8%BC%20visit.pdf" in down.headers["Content-Disposition"]
    assert down.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in down.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00" + b"\x00" * 99, "visit.pdf", "This kind of file cannot be kept"),
        (b"", "visit.pdf", "This file is empty"),
        (PDF[:30], "visit.pdf", "damaged or not complete"),
        (office(word__vbaProjectDOTbin=b"x"), "visit.docx", "macros"),
    ],
)
def test_a_file_that_cannot_be_kept_is_named_at_its_field_and_the_rest_stays(editor, content, name, sentence):
    page = editor.post("/evidence/add/", {**SENT, "kind": "", "upload": upload(content, name)}).content.decode()
    assert sentence in page
    assert 'href="#id_upload"' in page
    assert 'href="#id_kind"' in page
    assert "Visit in June" in page
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_big(editor, settings):
    settings.EVIDENCE_MAX_BYTES = 50
    page = editor.post("/evidence/add/", {**SENT, "upload": upload()}).content.decode()
    assert "At most 0 MB is possible" in page
    assert not Evidence.objects.exists()


def test_a_photo_that_is_called_pdf_leaves_as_a_photo(editor):
    editor.post("/evidence/add/", {**SENT, "upload": upload(JPEG, "scan.pdf")})
    down = editor.get(f"/evidence/{Evidence.objects.get().pk}/file/")
    assert down.headers["Content-Type"] == "image/jpeg"
    assert 'filename="scan.jpg"' in down.headers["Content-Disposition"]


def test_the_same_file_again_leads_to_the_one_that_is_there(editor, keep):
    evidence = keep()
    answer = editor.post("/evidence/add/", {**SENT, "upload": upload(name="again.pdf")}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/evidence/{evidence.pk}/"
    assert "You have this file already" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["rival", "euro", "assessor", "authority", "union", "committee", "operator", "visitor"]
)
def test_nobody_else_gets_the_file_or_its_title(cast, client, keep, name):
    evidence = keep()
    cast.sign_in(client, name)
    for path in ("file/", "", "remove/"):
        answer = client.get(f"/evidence/{evidence.pk}/{path}", follow=True)
        assert "secret quarry" not in answer.content.decode()
        assert answer.headers.get("Content-Type") != "application/pdf"
    assert "secret quarry" not in client.get("/evidence/", follow=True).content.decode()
    assert client.post(f"/evidence/{evidence.pk}/remove/").status_code in (302, 404)
    evidence.refresh_from_db()
    assert evidence.removed_at is None


def test_the_secretariat_gets_the_file_once_it_is_opened_to_it(cast, client, keep, monkeypatch):
    shut, evidence = keep(), keep(PNG, "photo.png")
    cast.sign_in(client, "assessor")
    monkeypatch.setattr(hooks, "open_to_secretariat", [lambda: Evidence.objects.filter(pk=evidence.pk).values("pk")])
    assert b"".join(client.get(f"/evidence/{evidence.pk}/file/").streaming_content) == PNG
    assert client.get(f"/evidence/{shut.pk}/file/").status_code == 404


def test_a_removed_file_cannot_be_fetched_and_comes_back_with_one_click(editor, keep):
    evidence = keep()
    assert "What happens" in editor.get(f"/evidence/{evidence.pk}/remove/").content.decode()
    page = editor.post(f"/evidence/{evidence.pk}/remove/", follow=True).content.decode()
    assert f'action="/evidence/{evidence.pk}/restore/"' in page
    assert editor.get(f"/evidence/{evidence.pk}/file/").status_code == 404
    assert "secret quarry" in editor.get("/evidence/?removed=1").content.decode()
    editor.post(f"/evidence/{evidence.pk}/restore/")
    assert editor.get(f"/evidence/{evidence.pk}/file/").status_code == 200


def test_the_list_says_what_no_longer_holds_and_where_a_file_is_used(editor, keep, monkeypatch):
    old = keep(title="Audit of 2018", kind="audit_report", valid_until=dt.date(2020, 6, 1))
    keep(PNG, "photo.png", title="Photo", kind="dated_photo")
    use = hooks.Usage(old.pk, "Question 2.1.3", "/answers/7/", handed_in=True)
    monkeypatch.setattr(hooks, "usage", [lambda ids: [use]])
    page = editor.get("/evidence/").content.decode()
    assert "1 file is no longer valid" in page
    assert '<a href="/answers/7/">Question 2.1.3</a>' in page
    shown = editor.get("/evidence/?validity=expired").content.decode()
    assert "Audit of 2018" in shown
    assert "photo.png" not in shown
    detail = editor.get(f"/evidence/{old.pk}/").content.decode()
    assert 'aria-disabled="true"' in detail
    assert "A report that was handed in uses this file" in detail


def test_a_reader_looks_and_changes_nothing(cast, client, keep):
    evidence = keep()
    client.cookies["language"] = "en"
    cast.sign_in(client, "reader")
    page = client.get("/evidence/").content.decode()
    assert evidence.title in page
    assert "Add a file" not in page
    assert "Only administrators and editors" in client.get("/evidence/add/").content.decode()
    client.post(f"/evidence/{evidence.pk}/", {**SENT})
    evidence.refresh_from_db()
    assert evidence.title == "Visit to the secret quarry"


def test_as_many_queries_for_one_file_as_for_three(editor, keep):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    used = []
    for contents in ([PDF], [PNG, JPEG]):
        for content in contents:
            keep(content, "x.pdf")
        editor.get("/evidence/")
        with CaptureQueriesContext(connection) as captured:
            editor.get("/evidence/")
        used.append(len(captured))
    assert used[0] == used[1]


def test_an_empty_list_shows_the_first_step(editor):
    assert "Add your first file" in editor.get("/evidence/").content.decode()
