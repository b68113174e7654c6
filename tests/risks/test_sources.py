"""How a company knows of a risk: several sources, their age, their files, and who may open those."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import NOW, TODAY
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.documents.permissions import can_remove_evidence, can_view_evidence
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.risks import queries, services, sources
from toetssteen.risks.models import Risk, RiskSource

SECRET = "SECRET-OF-GRANITE-HOUSE"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def evidence(cast, firm="mason", title="Visit"):
    return Evidence.objects.create(
        organisation=cast.organisations[firm], kind="visit_report", title=title, file_name="visit.pdf",
        sha256=firm.ljust(64, "0"), uploaded_at=NOW, file=ContentFile(SECRET.encode(), name="x"),
    )  # fmt: skip


def save(cast, row, source=None, who="editor", version=None, **fields):
    data = services.SourceData(**{"kind": "site visit", **fields})
    return services.save_source(
        actor=cast.actor(who), risk_id=row.pk, source_id=source, data=data, row_version=version, now=NOW
    )


def test_a_risk_has_several_sources_and_the_first_one_counts(cast):
    row = risk(cast)
    first = save(cast, row, said_on=dt.date(2020, 5, 1), text="Dust at two saws.")
    save(cast, row, kind="worker voice", said_on=dt.date(2020, 6, 1))
    row.refresh_from_db()
    assert (row.source_kind, row.found_on) == ("site visit", dt.date(2020, 5, 1))
    save(cast, row, source=first.pk, version=1, kind="recent independent audit", said_on=dt.date(2020, 4, 1))
    with pytest.raises(StaleRow):
        save(cast, row, source=first.pk, version=1)
    services.remove_source(actor=cast.actor("editor"), risk_id=row.pk, source_id=first.pk, now=NOW)
    row.refresh_from_db()
    assert [source.kind for source in queries.sources_of(row)] == ["worker voice"]
    assert (row.source_kind, row.found_on) == ("worker voice", dt.date(2020, 6, 1))


def test_a_source_of_another_risk_or_with_a_foreign_file_or_a_coming_day_is_refused(cast):
    own, other = risk(cast), risk(cast, firm="granite")
    theirs = RiskSource.objects.create(risk=other, kind="stakeholder", text=SECRET)
    with pytest.raises(Refused):
        save(cast, own, source=theirs.pk)
    for fields in (
        {"evidence_id": evidence(cast, "granite", SECRET).pk},
        {"said_on": TODAY + dt.timedelta(days=9)},
        {"kind": "rumour"},
    ):
        with pytest.raises(ValidationError):
            save(cast, own, **fields)
    assert RiskSource.objects.get() == theirs


@pytest.mark.parametrize(
    ("said", "age"),
    [("2015-10-31", "old"), ("2015-11-01", ""), ("2015", ""), ("2014", "old"), ("2020-01", ""), ("", "undated")],
)
def test_a_source_is_old_after_five_years(said, age):
    assert sources.age_of_date(said, dt.date(2020, 11, 15)) == age


def test_the_secretariat_opens_the_file_of_a_source_once_the_report_was_handed_in(cast):
    row, file = risk(cast), evidence(cast)
    save(cast, row, evidence_id=file.pk)
    hidden = evidence(cast, "granite", SECRET)
    save(cast, risk(cast, firm="granite"), who="rival", evidence_id=hidden.pk)
    assessor, editor = cast.actor("assessor"), cast.actor("editor")
    assert not can_view_evidence(assessor, file), "nothing was handed in yet"
    assert can_remove_evidence(editor, file)
    world.submit(cast, _answered(cast))
    assert can_view_evidence(assessor, file)
    assert not can_view_evidence(assessor, hidden), "another company's draft stays its own"
    assert not can_view_evidence(cast.actor("rival"), file)
    assert not can_remove_evidence(editor, file), "the report stays complete"


def _answered(cast):
    report = world.open_report(cast)
    world.answer_all(cast, report)
    return report


def test_a_source_with_a_new_file_is_noted_by_its_labels_and_downloads(cast, client):
    cast.sign_in(client, "editor")
    row = risk(cast, theme="ohs")
    page = {"kind": "worker voice", "said_on": "2014-03-01", "text": "Twelve talks", "file_kind": "visit_report"}
    upload = SimpleUploadedFile("talks.pdf", PDF, content_type="application/pdf")
    answer = client.post(reverse("risk_source_add", args=[row.pk]), {**page, "upload": upload})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    (source,) = row.sources.all()
    detail = client.get(reverse("risk_detail", args=[row.pk])).content.decode()
    assert "ouder dan vijf jaar" in detail
    assert reverse("evidence_file", args=[source.evidence_id]) in detail
    file = client.get(reverse("evidence_file", args=[source.evidence_id]))
    assert b"".join(file.streaming_content) == PDF
    cast.sign_in(client, "assessor")
    detail = client.get(reverse("risk_detail", args=[row.pk])).content.decode()
    assert "Twelve talks" in detail
    assert reverse("evidence_file", args=[source.evidence_id]) not in detail, "only after handing in"


def test_a_new_risk_comes_with_its_first_source(cast, client):
    cast.sign_in(client, "editor")
    page = {"theme": "ohs", "is_actual": "yes", "kind": "site visit", "said_on": "2020-05-01", "text": "Dust."}
    client.post(reverse("risk_add", args=[1]), page)
    row = Risk.objects.get()
    (source,) = row.sources.all()
    assert (source.text, row.source_kind, row.found_on) == ("Dust.", "site visit", dt.date(2020, 5, 1))
    assert pack_of(cast.years[1]).severity is not None
    assert row.scale is None, "nothing is rated for anybody"
