"""Opening, answering, submitting and moving a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from tests.cast import NOW, TODAY, Cast
from tests.reporting import world
from toetssteen.foundation import audit
from toetssteen.foundation.models import AuditEvent, ImmutableError
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.reporting import queries, services, snapshots
from toetssteen.reporting.choices import AnswerOrigin, ReportState, SnapshotKind
from toetssteen.reporting.models import Answer, Report, Snapshot


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The sentences of refusals are read in English here."""
    with translation.override("en"):
        yield


NEXT_YEAR = dt.datetime(2021, 11, 1, 10, 0, tzinfo=dt.UTC)


def test_a_report_starts_with_what_the_platform_knows(cast: Cast) -> None:
    world.chain(cast, "mason", known=4)
    world.chain(cast, "mason", known=2, share_of_volume=None)
    report = world.open_report(cast)
    assert (report.report_year, report.situation, report.state) == (1, "C", ReportState.DRAFT)
    known = {a.question: (a.level, a.origin) for a in report.answers.all()}
    assert known["q-2-1-02"] == ("fully", AnswerOrigin.DERIVED)
    assert known["q-2-1-05"] == ("partly", AnswerOrigin.DERIVED)  # half of the quarries
    assert AuditEvent.objects.filter(verb="reporting.open", subject=audit.subject_of(report)).count() == 1
    assert world.open_report(cast).pk == report.pk


def test_only_a_company_that_owes_a_report_can_start_one(cast: Cast) -> None:
    with pytest.raises(Refused, match="still running"):
        world.open_report(cast, today=dt.date(2020, 9, 30))
    with pytest.raises(Refused, match="Only editors"):
        world.open_report(cast, who="reader")
    membership = cast.organisations["mason"].memberships.get()
    membership.joined_on = dt.date(2020, 7, 1)
    membership.confirmed_on = None
    membership.save()
    with pytest.raises(Refused, match="do not have to"):
        world.open_report(cast)
    assert not Report.objects.exists()


def test_facts_are_counted_live_while_the_report_is_a_draft(cast: Cast) -> None:
    world.chain(cast, "mason", known=2)
    report = world.open_report(cast)
    before = queries.estimate(report)
    assert before.coverage["quarries"].part == 0
    world.chain(cast, "mason", known=4)
    after = queries.estimate(report)
    assert (after.coverage["quarries"].part, after.coverage["quarries"].whole) == (1, 2)
    assert after.sheet.total > before.sheet.total


def test_two_tabs_never_lose_an_answer(cast: Cast) -> None:
    report = world.open_report(cast)
    first = world.answer(cast, report, "q-1-1-01", "partly", text="first tab")
    seen = first.row_version
    save = {"actor": cast.actor("editor"), "report_id": report.pk, "question_id": "q-1-1-01", "now": NOW}
    services.save_answer(data=services.AnswerData("largely", text="second tab"), row_version=seen, **save)
    with pytest.raises(StaleRow) as stale:
        services.save_answer(data=services.AnswerData("fully", text="first tab again"), row_version=seen, **save)
    assert stale.value.current.text == "second tab"
    stored = Answer.objects.get(report=report, question="q-1-1-01")
    assert (stored.text, stored.level) == ("second tab", "largely")
    # Saving what is stored already is no conflict.
    same = services.save_answer(data=services.AnswerData("largely", text="second tab"), row_version=seen, **save)
    assert same.row_version == stored.row_version


def test_a_level_that_follows_from_a_fact_cannot_be_chosen(cast: Cast) -> None:
    world.chain(cast, "mason", known=0)
    report = world.open_report(cast)
    saved = world.answer(cast, report, "q-2-1-03", "fully", text="Factories differ per order.")
    assert (saved.level, saved.origin, saved.text) == ("none", AnswerOrigin.DERIVED, "Factories differ per order.")


def test_answers_must_fit_their_question(cast: Cast) -> None:
    report = world.open_report(cast)
    with pytest.raises(ValidationError, match="Choose one of the levels"):
        world.answer(cast, report, "q-1-1-01", "splendid")
    with pytest.raises(ValidationError, match="Choose from the list"):
        world.answer(cast, report, "q-1-1-02", "fully", value=["moon dust"])
    with pytest.raises(ValidationError, match="does not apply"):
        world.answer(cast, report, "q-a-1-02", "fully")
    rows = [{"person": " Ann ", "role": "buyer"}, {"person": "", "role": ""}]
    table = world.answer(cast, report, "q-1-2-01", "largely", value=rows)
    assert table.value == [{"person": "Ann", "role": "buyer", "hours_per_week": "", "yearly_budget_eur": ""}]
    unknown = world.answer(cast, report, "q-1-1-01", "", dont_know=True)
    assert (unknown.level, unknown.dont_know) == ("none", True)


def test_submitting_asks_for_every_answer_and_freezes(cast: Cast) -> None:
    world.chain(cast, "mason", known=3)
    report = world.open_report(cast)
    with pytest.raises(ValidationError, match="cannot be submitted yet"):
        world.submit(cast, report)
    world.answer_all(cast, report)
    live = queries.estimate(report)
    snapshot = world.submit(cast, report)
    report.refresh_from_db()
    assert (report.state, report.submitted_at, snapshot.number) == (ReportState.SUBMITTED, NOW, 1)
    assert snapshots.is_intact(Snapshot.objects.get(pk=snapshot.pk))
    event = AuditEvent.objects.get(verb="reporting.submit")
    assert event.detail["sha256"] == snapshot.sha256
    frozen = snapshots.read(Snapshot.objects.get(pk=snapshot.pk))
    again = frozen.standing.estimate(frozen.pack)
    assert again.sheet.exact_total == live.sheet.exact_total
    assert again.proposal.reasons == live.proposal.reasons
    # Later changes of chains do not touch it.
    world.chain(cast, "mason", known=0)
    assert queries.estimate(report).sheet.exact_total == live.sheet.exact_total
    with pytest.raises(Refused, match="was submitted"):
        world.answer(cast, report, "q-1-1-01", "none")


def test_nobody_changes_a_frozen_report(cast: Cast) -> None:
    report = world.open_report(cast)
    world.answer_all(cast, report)
    snapshot = world.submit(cast, report)
    snapshot.sha256 = "0" * 64
    with pytest.raises(ImmutableError):
        snapshot.save()
    with pytest.raises(ImmutableError):
        snapshot.delete()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reporting_snapshot WHERE id = %s", [snapshot.pk])
    stored = Snapshot.objects.get(pk=snapshot.pk)
    assert snapshots.is_intact(stored)
    stored.content["levels"]["q-1-1-01"] = "fully"
    assert not snapshots.is_intact(stored)


def test_a_returned_report_is_completed_and_frozen_anew(cast: Cast) -> None:
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)
    assessor = cast.actor("assessor")
    services.move(actor=assessor, report=report, to=ReportState.RETURNED, now=NOW)
    world.answer(cast, report, "q-1-1-01", "fully", text="Signed now.")
    second = world.submit(cast, report, now=NOW + dt.timedelta(days=3))
    assert second.number == 2
    first = Snapshot.objects.get(report=report, number=1)
    assert first.content["answers"]["q-1-1-01"]["text"] == "As agreed."
    assert second.content["answers"]["q-1-1-01"]["text"] == "Signed now."


def test_moves_follow_the_agreed_ways(cast: Cast) -> None:
    report = world.open_report(cast)
    with pytest.raises(Refused, match="Only the secretariat"):
        services.move(actor=cast.actor("editor"), report=report, to=ReportState.FINAL, now=NOW)
    with pytest.raises(Refused, match="cannot become"):
        services.move(actor=cast.actor("assessor"), report=report, to=ReportState.FINAL, now=NOW)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_last_years_answers_wait_to_be_confirmed(cast: Cast) -> None:
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.answer(cast, report, "q-1-1-01", "fully", text="Our policy of 2020.")
    world.submit(cast, report)
    nxt = world.open_report(cast, year=2, today=NEXT_YEAR.date())
    carried = nxt.answers.get(question="q-1-1-01")
    assert (carried.text, carried.origin, carried.needs_confirmation) == (
        "Our policy of 2020.", AnswerOrigin.CARRIED_OVER, True,
    )  # fmt: skip
    stopping = {f.place_id for f in queries.findings(nxt) if f.code == "unconfirmed"}
    assert "q-1-1-01" in stopping
    confirmed = services.confirm_answer(
        actor=cast.actor("editor"),
        report_id=nxt.pk,
        question_id="q-1-1-01",
        row_version=carried.row_version,
        now=NEXT_YEAR,
    )
    assert (confirmed.needs_confirmation, confirmed.origin) == (False, AnswerOrigin.CARRIED_OVER)
    changed = world.answer(cast, nxt, "q-1-1-03", "fully", text="New this year.")
    assert (changed.origin, changed.needs_confirmation) == (AnswerOrigin.GIVEN, False)
    assert report.answers.get(question="q-1-1-03").text == "As agreed."


def test_colleagues_divide_the_work(cast: Cast) -> None:
    report = world.open_report(cast)
    give = {"actor": cast.actor("company_admin"), "report_id": report.pk, "now": NOW}
    services.assign(sub_step="1.1", person_id=cast.people["editor"].pk, **give)
    assert report.assignments.get(sub_step="1.1").person_id == cast.people["editor"].pk
    with pytest.raises(ValidationError, match="cannot change the report"):
        services.assign(sub_step="1.2", person_id=cast.people["rival"].pk, **give)
    services.assign(sub_step="1.1", person_id=None, **give)
    assert not report.assignments.exists()


def test_a_decision_freezes_what_was_submitted(cast: Cast) -> None:
    world.chain(cast, "mason", known=4)
    report = world.open_report(cast)
    world.answer_all(cast, report)
    submission = world.submit(cast, report)
    world.chain(cast, "mason", known=0)
    decision = snapshots.freeze(report, SnapshotKind.DECISION, None, NOW, {"assessed": {"levels": {}}})
    assert decision.number == 2
    assert decision.content["facts"] == submission.content["facts"]
    assert decision.content["assessed"] == {"levels": {}}
    assert snapshots.is_intact(Snapshot.objects.get(pk=decision.pk))
    assert NOW.date() == TODAY
