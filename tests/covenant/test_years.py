"""Packs are stored and years are opened on pages, by the coordinator and the operator only."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW, PACK_FOLDER, Cast
from tests.covenant.test_packs import changed_pack
from toetssteen.core.frameworks import PackError, pack_digest, read_pack
from toetssteen.covenant import queries, services
from toetssteen.covenant.archives import read_archive
from toetssteen.covenant.models import CovenantYear, PackVersion, Term
from toetssteen.foundation.models import AuditEvent


def zipped(replace: dict[str, bytes] | None = None, folder: str = "trustone-2019/") -> bytes:
    """The pack of the tests as a ZIP file, with some of its files replaced or added."""
    files = {path.name: path.read_bytes() for path in PACK_FOLDER.iterdir() if path.is_file()} | (replace or {})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return target.getvalue()


def upload(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("pack.zip", content, "application/zip"), "note": "Decided by the steering group"}


def seven_months() -> bytes:
    text = (PACK_FOLDER / "year_rules.yaml").read_text(encoding="utf-8")
    marker = "default_months_after_year_end: {value: 6"
    assert marker in text
    return text.replace(marker, "default_months_after_year_end: {value: 7").encode()


def test_a_zip_holds_the_same_pack_as_its_folder() -> None:
    assert pack_digest(read_archive(zipped())) == pack_digest(read_pack(PACK_FOLDER))
    assert pack_digest(read_archive(zipped(folder=""))) == pack_digest(read_pack(PACK_FOLDER))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK no zip at all", "not a ZIP"),
        (zipped({"../framework.yaml": b"a: 1"}), "more than one folder"),
        (zipped({f"extra{n}.yaml": b"a: 1" for n in range(101)}), "more than 100"),
        (zipped({"big.yaml": b"#" * (9 * 1024 * 1024)}), "too large"),
        (zipped({"themes.yaml": b"\xff\xfe\x00"}), "not UTF-8"),
        (zipped({"themes.yaml": b"a: [1"}), "not valid YAML"),
    ],
    ids=["no zip", "two folders", "many", "bomb", "encoding", "broken"],
)
def test_a_zip_that_cannot_be_a_pack_is_refused_in_words(content: bytes, word: str) -> None:
    with pytest.raises(PackError, match=word):
        read_archive(content)


def test_a_changed_pack_is_stored_from_its_page_and_compared(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "coordinator")
    page = client.post("/versions/new/", upload(zipped({"year_rules.yaml": seven_months()})), follow=True)
    stored = PackVersion.objects.latest("pk")
    assert stored.note == "Decided by the steering group"
    assert queries.pack_of_version(stored).extension.default_months.value == 7
    assert page.redirect_chain[-1][0] == f"/versions/{cast.pack.pk}/compare/{stored.pk}/"
    assert "extension.default_months_after_year_end.value" in page.content.decode()
    # The same content again is no new version.
    client.post("/versions/new/", upload(zipped({"year_rules.yaml": seven_months()})))
    assert PackVersion.objects.latest("pk") == stored


def test_faults_of_a_pack_are_listed_with_file_and_place_and_nothing_is_stored(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "coordinator")
    before = PackVersion.objects.count()
    broken = (PACK_FOLDER / "framework.yaml").read_bytes().replace(b'sub_step: "1.1"', b'sub_step: "9.9"', 1)
    page = client.post("/versions/new/", upload(zipped({"framework.yaml": broken}))).content.decode()
    assert "framework" in page
    assert "9.9" in page
    assert "Decided by the steering group" in page  # what was entered is not lost
    assert PackVersion.objects.count() == before


def test_the_next_year_is_filled_in_and_opened(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "coordinator")
    last = CovenantYear.objects.order_by("number").last()
    assert last is not None
    coming = queries.next_year()
    assert coming.number == last.number + 1
    assert coming.starts_on == last.ends_on + dt.timedelta(days=1)
    assert coming.report_due_on is not None
    assert coming.starts_on is not None
    given = {"starts_on": coming.starts_on, "report_due_on": coming.report_due_on, "pack_id": coming.pack_id}
    if not Term.objects.filter(starts_on__lte=coming.starts_on, ends_on__gt=coming.starts_on).exists():
        client.post("/years/new/", given)
        assert not CovenantYear.objects.filter(number=coming.number).exists()  # no term contains it yet
        term = {"name_nl": "Tweede", "name_en": "Second", "starts_on": coming.starts_on, "ends_on": "2034-09-30"}
        assert client.post("/terms/new/", term).headers["Location"] == "/years/new/"
    assert client.post("/years/new/", given).headers["Location"] == "/years/"
    made = CovenantYear.objects.get(number=coming.number)
    assert made.ends_on == dt.date(made.starts_on.year + 1, 9, 30)
    assert AuditEvent.objects.filter(verb="covenant.open_year").exists()
    assert f'<th role="rowheader" scope="row">{made.number}<small>' in client.get("/years/").content.decode()


def test_terms_do_not_overlap(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "coordinator")
    first = Term.objects.order_by("starts_on").first()
    assert first is not None
    before = Term.objects.count()
    page = client.post(
        "/terms/new/", {"name_nl": "x", "name_en": "y", "starts_on": first.starts_on, "ends_on": "2099-01-01"}
    ).content.decode()
    assert "Een andere termijn omvat al een deel van deze dagen." in page
    client.post("/terms/new/", {"name_nl": "x", "name_en": "y", "starts_on": "2090-01-01", "ends_on": "2089-01-01"})
    assert Term.objects.count() == before


def test_a_year_without_final_reports_takes_another_version(cast: Cast, client: Any) -> None:
    second = services.store_pack(actor=cast.actor("coordinator"), raw=changed_pack(), version="2", note="", now=NOW)
    year = cast.years[3]
    cast.sign_in(client, "coordinator")
    client.post(f"/years/{year.pk}/version/", {"pack_id": second.pk})
    year.refresh_from_db()
    assert year.pack_id == second.pk


@pytest.mark.parametrize("who", ["visitor", "company_admin", "assessor", "authority", "union", "committee"])
def test_nobody_else_opens_years_or_stores_versions(cast: Cast, client: Any, who: str) -> None:
    cast.sign_in(client, who)
    before = (PackVersion.objects.count(), Term.objects.count(), CovenantYear.objects.count())
    client.post("/versions/new/", upload(zipped({"year_rules.yaml": seven_months()})))
    client.post("/terms/new/", {"name_nl": "x", "name_en": "y", "starts_on": "2090-01-01", "ends_on": "2095-01-01"})
    client.post("/years/new/", {"starts_on": "2090-10-01", "report_due_on": "2092-01-01", "pack_id": cast.pack.pk})
    client.post(f"/years/{cast.years[3].pk}/version/", {"pack_id": cast.pack.pk})
    assert (PackVersion.objects.count(), Term.objects.count(), CovenantYear.objects.count()) == before
