"""Drafts stay with the company; what is listed is what may be opened."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import NOW, PEOPLE, TODAY, Cast
from tests.reporting import world
from toetssteen.foundation.pages import Refused
from toetssteen.reporting import permissions, queries, services
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Answer, AnswerEvidence, Report, Snapshot

EVERYBODY = [*PEOPLE, "visitor"]
OWN = {"company_admin", "editor", "reader"}
STAFF = {"assessor", "coordinator"}
SECRET = world.SECRET


@pytest.fixture
def handed_in(cast: Cast) -> Report:
    """Year 1 of Mason Stone was handed in; its year 2 and the rival's year 1 are drafts."""
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)
    world.open_report(cast, year=2, today=cast.years[2].report_due_on)
    world.open_report(cast, who="rival")
    report.refresh_from_db()
    return report


@pytest.mark.parametrize("name", EVERYBODY)
def test_rows_and_verdicts_agree(cast: Cast, handed_in: Report, name: str) -> None:
    actor = cast.actor(name)
    seen, frozen = set(permissions.visible_reports(actor)), set(permissions.visible_snapshots(actor))
    for report in Report.objects.all():
        assert (report in seen) == bool(permissions.can_view_report(actor, report))
    for snapshot in Snapshot.objects.select_related("report"):
        assert (snapshot in frozen) == bool(permissions.can_view_snapshot(actor, snapshot))
    mine = set(Report.objects.filter(organisation=cast.organisations["mason"]))
    draft = mine - {handed_in}
    assert len(draft) == 1
    assert bool(draft & seen) == (name in OWN)
    assert (handed_in in seen) == (name in OWN | STAFF)
    assert bool(frozen) == (name in OWN | STAFF)
    assert bool(seen - mine) == (name == "rival")
    answers = permissions.visible_answers(actor)
    assert answers.filter(report=handed_in).exists() == (name in OWN)


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_editors_of_the_company_write(cast: Cast, report: Report, evidence: Any, name: str) -> None:
    """Whoever may not write leaves no trace at all."""
    file, carried = evidence(), world.answer(cast, report, "q-1-1-03", "partly", text="As it was")
    Answer.objects.filter(pk=carried.pk).update(needs_confirmation=True)
    actor, allowed = cast.actor(name), name in {"company_admin", "editor"}
    keys = {"actor": actor, "report_id": report.pk, "now": NOW}
    data = services.AnswerData("fully", text="Changed")
    tries = [
        lambda: services.save_answer(question_id="q-1-1-01", data=data, row_version=None, **keys),
        lambda: services.confirm_answer(question_id="q-1-1-03", row_version=None, **keys),
        lambda: services.attach_evidence(question_id="q-1-1-01", evidence_id=file.pk, **keys),
        lambda: services.assign(sub_step="1.1", person_id=cast.people["editor"].pk, **keys),
    ]
    for attempt in tries:
        if allowed:
            attempt()
        else:
            with pytest.raises(Refused, match="Only editors of this company"):
                attempt()
    assert report.answers.filter(text="Changed").exists() == allowed
    assert report.answers.get(question="q-1-1-03").needs_confirmation != allowed
    assert AnswerEvidence.objects.filter(report=report).exists() == allowed
    assert report.assignments.exists() == allowed
    if not allowed:
        with pytest.raises(Refused, match="Only editors of this company"):
            services.submit_report(actor=actor, report_id=report.pk, today=TODAY, now=NOW)
        with pytest.raises(Refused, match="Only editors of this company"):
            services.detach_evidence(question_id="q-1-1-01", evidence_id=file.pk, **keys)


def test_a_file_of_a_rival_cannot_be_used(cast: Cast, report: Report, evidence: Any) -> None:
    from django.core.exceptions import ValidationError

    theirs = evidence(who="rival", title=SECRET)
    with pytest.raises(ValidationError, match="not in your library"):
        services.attach_evidence(
            actor=cast.actor("editor"), report_id=report.pk, question_id="q-1-1-01", evidence_id=theirs.pk, now=NOW
        )
    assert not AnswerEvidence.objects.exists()


@pytest.mark.parametrize("name", [n for n in EVERYBODY if n not in OWN])
def test_pages_of_a_report_show_nothing_to_others(
    cast: Cast, report: Report, evidence: Any, at: Any, name: str
) -> None:
    world.answer_all(cast, report)
    world.answer(cast, report, "q-1-1-01", "fully", text="MASONS-OWN-WORDS")
    file = evidence(title="MASONS-OWN-WORDS")
    services.attach_evidence(
        actor=cast.actor("editor"), report_id=report.pk, question_id="q-1-1-01", evidence_id=file.pk, now=NOW
    )
    world.submit(cast, report)
    browser, base = at(name), f"/reports/{report.pk}/"
    question = f"{base}questions/q-1-1-01/"
    asked = [base, question, f"{base}check/", f"{base}submit/", f"{base}receipt/", f"{base}frozen/1/"]
    posted = [question, f"{question}confirm/", f"{question}evidence/", f"{base}parts/1.1/assign/", f"{base}submit/"]
    for path in [*asked, f"{base}frozen/1.json"]:
        answer = browser.get(path, follow=True)
        assert "MASONS-OWN-WORDS" not in answer.content.decode(), path
    for path in posted:
        answer = browser.post(path, {"text": "INTRUDER", "level": "none", "person": "1"}, follow=True)
        assert "MASONS-OWN-WORDS" not in answer.content.decode(), path
    assert not Answer.objects.filter(text="INTRUDER").exists()
    assert "MASONS-OWN-WORDS" in at("reader").get(question).content.decode()  # there was something to see


def test_the_secretariat_reads_the_frozen_report_of_a_returned_one(cast: Cast, report: Report) -> None:
    """What a company writes while it completes a report is not seen before it hands in again."""
    world.answer_all(cast, report)
    world.submit(cast, report)
    services.move(actor=cast.actor("assessor"), report=report, to=ReportState.RETURNED, now=NOW)
    world.answer(cast, report, "q-1-1-01", "fully", text="HALF-WRITTEN")
    actor = cast.actor("assessor")
    assert not permissions.visible_answers(actor).exists()
    contents = [s.content["answers"]["q-1-1-01"]["text"] for s in queries.frozen(actor)]
    assert contents == ["As agreed."]
