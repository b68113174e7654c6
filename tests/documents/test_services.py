"""Keeping, describing, removing and bringing back evidence; and who may."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from tests.cast import NOW, PEOPLE
from tests.documents.conftest import PDF, PNG, upload
from toetssteen.covenant.queries import pack_of
from toetssteen.documents import hooks, permissions, queries, services
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused

pytestmark = pytest.mark.django_db
EVERYBODY = [*PEOPLE, "visitor"]
ABOUT = services.About(title="Visit", kind="visit_report")


@pytest.fixture
def used(monkeypatch):
    """Say where evidence is used, as a report would."""

    def by(evidence, *, handed_in):
        use = hooks.Usage(evidence.pk, "Report 2019-2020, question 2.1.3", "/report/", handed_in)
        monkeypatch.setattr(hooks, "usage", [lambda ids: [use] if evidence.pk in ids else []])

    return by


@pytest.fixture
def opened(monkeypatch):
    """Open files to the secretariat, as a report that was handed in would."""

    def these(*evidence):
        ids = [one.pk for one in evidence]
        monkeypatch.setattr(hooks, "open_to_secretariat", [lambda: Evidence.objects.filter(pk__in=ids).values("pk")])

    return these


def test_a_file_is_kept_under_a_name_that_tells_nothing(keep):
    evidence = keep(name="../../secret quarry.pdf")
    assert evidence.file_name == "secret quarry.pdf"
    assert (evidence.size, evidence.content_type) == (len(PDF), "application/pdf")
    assert evidence.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "secret" not in evidence.file.name
    assert ".." not in evidence.file.name
    assert evidence.file.read() == PDF


def test_the_same_file_is_kept_once_per_company(cast, keep):
    first, other = keep(), keep(by="rival")
    kept = services.add_evidence(
        actor=cast.actor("company_admin"),
        organisation_id=cast.organisations["mason"].pk,
        upload=upload(name="another name.pdf"),
        about=services.About(title="Other", kind="minutes"),
        pack=pack_of(cast.years[1]),
        now=NOW,
    )
    assert (kept.evidence, kept.is_new) == (first, False)
    assert other.pk != first.pk
    first.refresh_from_db()
    assert first.title == "Visit to the secret quarry"


def test_two_uploads_of_the_same_file_at_once_leave_one_row_and_one_file(cast, keep, monkeypatch):
    first = keep()
    answers = iter([None, first])
    monkeypatch.setattr(services, "_same_file", lambda *_: next(answers))
    before = set(_stored())
    kept = services.add_evidence(
        actor=cast.actor("editor"),
        organisation_id=first.organisation_id,
        upload=upload(),
        about=ABOUT,
        pack=pack_of(cast.years[1]),
        now=NOW,
    )
    assert (kept.evidence, kept.is_new) == (first, False)
    assert Evidence.objects.count() == 1
    assert set(_stored()) == before


def _stored():
    folders, _files = default_storage.listdir("evidence")
    return [f"{folder}/{name}" for folder in folders for name in default_storage.listdir(f"evidence/{folder}")[1]]


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_editors_of_the_company_keep_files(cast, name):
    company = cast.organisations["mason"].pk
    allowed = name in {"company_admin", "editor"}
    assert bool(permissions.can_add_evidence(cast.actor(name), company)) == allowed
    if not allowed:
        with pytest.raises(Refused):
            services.add_evidence(
                actor=cast.actor(name), organisation_id=company, upload=upload(), about=ABOUT,
                pack=pack_of(cast.years[1]), now=NOW,
            )  # fmt: skip
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("name", EVERYBODY)
def test_rows_and_verdict_agree_and_the_secretariat_sees_what_was_opened_only(cast, keep, opened, name):
    draft, handed_in = keep(), keep(PNG, "photo.png")
    opened(handed_in)
    actor = cast.actor(name)
    own, secretariat = name in {"company_admin", "editor", "reader"}, name in {"assessor", "coordinator"}
    for evidence, visible in ((draft, own), (handed_in, own or secretariat)):
        assert queries.visible_evidence(actor).filter(pk=evidence.pk).exists() == visible
        assert bool(permissions.can_view_evidence(actor, evidence)) == visible


def test_with_no_app_that_opens_files_the_secretariat_sees_none(cast, keep, monkeypatch):
    monkeypatch.setattr(hooks, "open_to_secretariat", [])
    evidence = keep()
    assert not queries.visible_evidence(cast.actor("assessor")).exists()
    assert not permissions.can_view_evidence(cast.actor("assessor"), evidence)


def test_removing_can_be_undone_and_stops_at_a_report_that_was_handed_in(cast, keep, used):
    evidence, actor = keep(), cast.actor("editor")
    used(evidence, handed_in=True)
    with pytest.raises(Refused):
        services.remove_evidence(actor=actor, evidence_id=evidence.pk, now=NOW)
    evidence.refresh_from_db()
    assert evidence.removed_at is None
    used(evidence, handed_in=False)
    services.remove_evidence(actor=actor, evidence_id=evidence.pk, now=NOW)
    assert not queries.visible_evidence(actor).exists()
    services.restore_evidence(actor=actor, evidence_id=evidence.pk, now=NOW)
    assert list(queries.visible_evidence(actor)) == [evidence]


def test_a_file_does_not_come_back_beside_its_twin(cast, keep):
    evidence, actor = keep(), cast.actor("editor")
    services.remove_evidence(actor=actor, evidence_id=evidence.pk, now=NOW)
    keep()
    with pytest.raises(ValidationError):
        services.restore_evidence(actor=actor, evidence_id=evidence.pk, now=NOW)


@pytest.mark.parametrize("verb", ["remove_evidence", "restore_evidence"])
def test_a_rival_cannot_touch_a_file(cast, keep, verb):
    evidence = keep()
    with pytest.raises(Refused) as refusal:
        getattr(services, verb)(actor=cast.actor("rival"), evidence_id=evidence.pk, now=NOW)
    assert str(refusal.value.verdict)
    evidence.refresh_from_db()
    assert evidence.removed_at is None


@pytest.mark.parametrize(
    "about",
    [
        services.About(title="Visit", kind="gossip"),
        services.About(title=" ", kind="visit_report"),
        services.About("Visit", "visit_report", dt.date(2020, 2, 1), dt.date(2020, 1, 1)),
    ],
)
def test_what_is_said_about_a_file_is_checked(cast, keep, about):
    evidence = keep()
    with pytest.raises(ValidationError):
        services.edit_evidence(
            actor=cast.actor("editor"), evidence_id=evidence.pk, about=about, pack=pack_of(cast.years[1]), now=NOW
        )
    evidence.refresh_from_db()
    assert evidence.title == "Visit to the secret quarry"


def test_the_trail_holds_the_hash_and_no_title(keep):
    evidence = keep()
    event = AuditEvent.objects.get(verb="documents.add_evidence")
    assert event.detail == {"sha256": evidence.sha256}
