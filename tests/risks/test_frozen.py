"""The risks in the report as it was handed in: what is frozen, what is not, and how old reports still read."""

from __future__ import annotations

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.cast import NOW, TODAY
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.assessment import filed as assessed
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.reporting import snapshots
from toetssteen.reporting.models import Snapshot
from toetssteen.risks import services
from toetssteen.risks.models import Move, Rejection, RiskSource, StakeholderView
from toetssteen.supplychain.models import QuarryArea

SECRET = "SECRET-OF-GRANITE-HOUSE"


@pytest.fixture
def handed_in(cast):
    """Two risks, the second put first with a reason; one has a source with a file; then the report is handed in."""
    mason = cast.organisations["mason"]
    area = QuarryArea.objects.create(code="SECRETARIAT-77", name="Bundi", country="IN")
    chain = world.chain(cast, "mason", trade_name="Kandla Grey")
    grave = risk(cast, theme="ohs", scores=(5, 3, 5), likelihood=4, chain=chain, quarry_area=area, harmed="Sawyers",
                 severity_reason="Dust seen.", involvement="directly linked", is_actual=True)  # fmt: skip
    mild = risk(cast, theme="living_wage", scores=(2, 2, 2), likelihood=3, description="Piece rate")
    file = Evidence.objects.create(
        organisation=mason, kind="visit_report", title="Visit of May", file_name="visit.pdf", sha256="0" * 64,
        uploaded_at=NOW, file=ContentFile(b"CONTENT-OF-THE-FILE", name="x"),
    )  # fmt: skip
    RiskSource.objects.create(risk=grave, kind="site visit", said_on=TODAY, text="Dry saws", evidence=file,
                              noted_at=NOW)  # fmt: skip
    services.move_risk(
        actor=cast.actor("editor"), risk_id=mild.pk, up=True, reason="The union asked.", pack=pack_of(cast.years[1]),
        now=NOW,
    )  # fmt: skip
    StakeholderView.objects.create(
        organisation=mason, year_number=1, who="Local union", said_on=TODAY, said="Wages first.", recorded_at=NOW
    )
    risk(cast, firm="granite", theme="ohs", description=SECRET, severity_reason=SECRET)
    StakeholderView.objects.create(
        organisation=cast.organisations["granite"], year_number=1, who=SECRET, said_on=TODAY, said=SECRET,
        recorded_at=NOW,
    )  # fmt: skip
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)
    return Snapshot.objects.get()


def test_the_frozen_report_holds_the_risks_in_their_order_with_reasons(handed_in):
    risks = handed_in.content["risks"]
    assert handed_in.content["format"] == 2
    assert [(r["letter"], r["theme"], r["severity"], r["likelihood"]) for r in risks["rows"]] == [
        ("A", "living_wage", "2", 3), ("B", "ohs", "5", 4),
    ]  # fmt: skip
    first = risks["rows"][1]
    assert (first["quarry_area"], first["harmed"], first["is_actual"]) == ("Bundi", "Sawyers", True)
    assert (first["comes_first"], first["chains"][0]["trade_name"]) == (True, "Kandla Grey")
    (source,) = first["sources"]
    assert (source["text"], source["evidence"]["title"]) == ("Dry saws", "Visit of May")
    assert risks["moves"] == [
        {"risk": "A", "passed": "B", "up": True, "reason": "The union asked.", "moved_on": NOW.date().isoformat()}
    ]
    assert [view["said"] for view in risks["views"]] == ["Wages first."]
    text = json.dumps(handed_in.content)
    assert SECRET not in text
    assert "CONTENT-OF-THE-FILE" not in text
    assert snapshots.is_intact(handed_in)


def test_the_companys_own_copy_holds_no_number_of_the_secretariat(handed_in):
    copy = json.dumps(snapshots.as_file(handed_in)["content"]["risks"])
    assert "Bundi" in copy
    assert "SECRETARIAT-77" not in copy


def test_both_readers_see_the_frozen_risks_and_nothing_that_came_later(cast, client, handed_in):
    Rejection.objects.create(
        organisation=cast.organisations["mason"], key="earlier:999", year_number=1, reason="LATER", rejected_at=NOW
    )
    Move.objects.update(reason="LATER")
    RiskSource.objects.update(text="LATER")
    cast.sign_in(client, "editor")
    page = client.get(reverse("snapshot_page", args=[handed_in.report_id, handed_in.number])).content.decode()
    cast.sign_in(client, "assessor")
    read = client.get(reverse("report_as_submitted", args=[handed_in.report_id])).content.decode()
    for text in (page, read):
        for words in ("Dry saws", "The union asked.", "Wages first.", "Kandla Grey", "Visit of May", "Dust seen."):
            assert words in text, words
        assert "LATER" not in text
        assert SECRET not in text
    cast.sign_in(client, "rival")
    assert client.get(reverse("snapshot_page", args=[handed_in.report_id, 1])).status_code == 404


def test_a_report_from_before_reads_on_and_says_that_it_tells_nothing_of_risks(cast, client, handed_in):
    pack = pack_of(cast.years[1])
    old = {key: value for key, value in handed_in.content.items() if key != "risks"} | {"format": 1}
    earlier = Snapshot.objects.create(
        report=handed_in.report, kind="submission", number=2, content=old, sha256=snapshots.digest_of(old), made_at=NOW
    )
    read = snapshots.read(earlier)
    assert read.standing.estimate(pack).sheet.total == snapshots.read(handed_in).standing.estimate(pack).sheet.total
    assert assessed.risks_of(pack, old) is None
    cast.sign_in(client, "assessor")
    text = client.get(reverse("report_as_submitted", args=[handed_in.report_id])).content.decode()
    assert "werden risico’s er nog niet bij bewaard" in text
    assert "Dry saws" not in text
