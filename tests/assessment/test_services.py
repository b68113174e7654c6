"""The acts of an assessment, from taking a report to its decision."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.assessment import world
from tests.assessment.world import WEEK
from tests.cast import LONG_AGO, NOW, Cast, raw_pack
from tests.reporting import world as reports
from toetssteen.assessment import queries, services
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Assessment, Decision, QuestionScore, Remark
from toetssteen.core.frameworks import pack_digest
from toetssteen.covenant.models import PackVersion
from toetssteen.covenant.queries import pack_content
from toetssteen.foundation import audit
from toetssteen.foundation.models import AuditEvent, ImmutableError
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.organisations.models import Appointment
from toetssteen.reporting import snapshots
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

LATER = NOW + 3 * WEEK


def state(report: Report) -> str:
    return Report.objects.values_list("state", flat=True).get(pk=report.pk)


def test_from_submission_to_a_green_year(cast: Cast) -> None:
    report = world.submitted(cast)
    assert world.take(cast, report).assessor == cast.people["assessor"]
    assert state(report) == ReportState.IN_REVIEW
    world.score_all(cast, report)
    given = world.provisional(cast, report)
    assert (given.kind, given.colour, given.proposal, given.meets) == ("provisional", "green", "green", True)
    assert state(report) == ReportState.PROVISIONAL
    final = world.decide(cast, report)
    assert (final.kind, final.number, final.colour) == (DecisionKind.FINAL, 2, "green")
    assert state(report) == ReportState.FINAL
    assert snapshots.is_intact(final.snapshot)
    content = final.snapshot.content
    assert content["score"]["total"] == str(final.total)
    assert content["decision"]["colour"] == "green"
    assert content["answers"]["q-1-1-01"]["text"] == "As agreed."
    assert audit.verify()[1] == []


def test_the_total_is_what_a_person_works_out_by_hand(cast: Cast) -> None:
    """Type B is scored on its one weight group alone, so the total is 100 x points earned / points possible."""
    reports.chain(cast, "euro", known=4, situation="B", extraction_country="PT", processing_country="PT")
    report = reports.open_report(cast, "euro")
    reports.answer_all(cast, report, "largely", "euro")
    reports.submit(cast, report, "euro")
    world.take(cast, report)
    file = world.desk(cast, report)
    factors = {"none": Decimal(0), "partly": Decimal("0.3"), "largely": Decimal("0.7"), "fully": Decimal(1)}
    world.score_all(cast, report, "partly")
    earned = possible = Decimal(0)
    for row in file.questions:
        most = Decimal(row.question.max_points.numerator) / row.question.max_points.denominator
        level = row.proposed or ("partly" if row.needed else "none")
        possible += most
        earned += most * factors[level]
    expected = (100 * earned / possible).quantize(Decimal("0.01"))
    given = world.provisional(cast, report, "red", reason="The list of origins is too thin.")
    assert given.total == expected
    assert given.total != Decimal(0)


def test_a_score_names_its_question_level_and_reason(cast: Cast) -> None:
    report = world.submitted(cast)
    stored = world.score(cast, report, "q-1-1-01", "partly", "The policy is not signed.")
    assert (stored.level, stored.reason, stored.submission) == ("partly", "The policy is not signed.", 1)
    assert state(report) == ReportState.IN_REVIEW  # the first act starts the assessment
    with pytest.raises(ValidationError, match="Choose a level"):
        world.score(cast, report, "q-1-1-01", "splendid")
    with pytest.raises(ValidationError, match="does not apply"):
        world.score(cast, report, "q-9-9-99", "fully")
    assert QuestionScore.objects.count() == 1


def test_differing_from_what_the_figures_say_needs_a_reason(cast: Cast) -> None:
    report = world.submitted(cast)
    derived = next(q for q in world.desk(cast, report).questions if q.proposed == "fully")
    with pytest.raises(ValidationError, match="differ from the level"):
        world.score(cast, report, derived.id, "partly")
    world.score(cast, report, derived.id, "partly", "Two names are the same factory.")
    after = world.desk(cast, report)
    changed = after.question(derived.id)
    assert changed is not None
    assert changed.level == "partly"
    assert after.strict.levels[derived.id] == "partly"


def test_two_assessors_never_overwrite_each_other(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score(cast, report, "q-1-1-01", "fully", "First.", row_version=0)
    with pytest.raises(StaleRow) as stale:
        world.score(cast, report, "q-1-1-01", "none", "Second.", who="coordinator", row_version=0)
    assert stale.value.current.reason == "First."
    stored = QuestionScore.objects.get()
    assert (stored.level, stored.reason, stored.row_version) == ("fully", "First.", 1)
    world.score(cast, report, "q-1-1-01", "none", "Second, after reading.", who="coordinator", row_version=1)
    assert QuestionScore.objects.get().level == "none"


def test_who_also_acts_for_the_company_may_not_assess_it(cast: Cast) -> None:
    report = world.submitted(cast)
    Appointment.objects.create(
        person=cast.people["assessor"], organisation=cast.organisations["mason"], role="reader", since_at=LONG_AGO
    )
    for act in (lambda: world.take(cast, report), lambda: world.score(cast, report, "q-1-1-01")):
        with pytest.raises(Refused, match="also act for this company"):
            act()
    with pytest.raises(ValidationError, match="also acts for the company"):
        services.assign_report(
            actor=cast.actor("coordinator"), report_id=report.pk, assessor_id=cast.people["assessor"].pk, now=NOW
        )
    assert not QuestionScore.objects.exists()
    world.take(cast, report, "coordinator")


def test_only_the_secretariat_is_handed_a_report(cast: Cast) -> None:
    report = world.submitted(cast)
    with pytest.raises(ValidationError, match="somebody of the secretariat"):
        services.assign_report(
            actor=cast.actor("coordinator"), report_id=report.pk, assessor_id=cast.people["rival"].pk, now=NOW
        )
    services.assign_report(
        actor=cast.actor("coordinator"), report_id=report.pk, assessor_id=cast.people["assessor"].pk, now=NOW
    )
    assert Assessment.objects.get(report=report).assessor == cast.people["assessor"]


def test_a_company_cannot_assess(cast: Cast) -> None:
    report = world.submitted(cast)
    for who in ("company_admin", "rival", "union", "operator", "authority", "committee"):
        with pytest.raises(Refused, match="Only the secretariat"):
            world.score(cast, report, "q-1-1-01", who=who)
    assert not QuestionScore.objects.exists()


def test_completion_keeps_the_points_and_flags_what_changed(cast: Cast) -> None:
    report = world.submitted(cast)
    world.take(cast, report)
    world.score(cast, report, "q-1-1-01", "partly", "Not signed.")
    world.score(cast, report, "q-1-1-02", "fully")
    services.return_report(
        actor=cast.actor("assessor"),
        report_id=report.pk,
        items=[services.MissingItem("Add the signed policy.", "q-1-1-01"), services.MissingItem("  ")],
        due_on=NOW.date() + WEEK,
        now=NOW,
        today=NOW.date(),
    )
    assert state(report) == ReportState.RETURNED
    with pytest.raises(Refused, match="lies with the company"):
        world.score(cast, report, "q-1-1-01")
    reports.answer(cast, report, "q-1-1-01", "largely", text="Signed on 3 December.")
    reports.submit(cast, report, now=NOW + dt.timedelta(days=3))
    file = world.desk(cast, report)
    assert {q.id for q in file.questions if q.changed} == {"q-1-1-01"}
    kept = file.question("q-1-1-01")
    assert kept is not None
    assert (kept.level, kept.answer.text) == ("partly", "Signed on 3 December.")
    world.score(cast, report, "q-1-1-01", "largely", "Signed now.")
    assert not any(q.changed for q in world.desk(cast, report).questions)
    assert file.requests[0].items == [{"question": "q-1-1-01", "text": "Add the signed policy."}]


def test_a_request_for_completion_needs_a_list_and_a_day(cast: Cast) -> None:
    report = world.submitted(cast)
    common = {"actor": cast.actor("assessor"), "report_id": report.pk, "now": NOW, "today": NOW.date()}
    with pytest.raises(ValidationError, match="at least one thing"):
        services.return_report(items=[], due_on=NOW.date() + WEEK, **common)
    with pytest.raises(ValidationError, match="in the future"):
        services.return_report(items=[services.MissingItem("x")], due_on=NOW.date(), **common)
    assert state(report) == ReportState.SUBMITTED


def test_the_assessor_judges_what_was_submitted_not_what_changed_later(cast: Cast) -> None:
    report = world.submitted(cast)
    before = world.desk(cast, report)
    reports.chain(cast, "mason", known=0)  # the company's own list goes on changing
    report.answers.filter(question="q-1-1-01").update(text="Changed behind the back.")
    after = world.desk(cast, report)
    assert after.filing.answer("q-1-1-01").text == "As agreed."
    assert after.filing.facts == before.filing.facts
    assert after.running.proposal.sheet == before.running.proposal.sheet


def test_a_provisional_result_waits_for_every_question(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score(cast, report, "q-1-1-01")
    with pytest.raises(Refused, match="all questions"):
        world.provisional(cast, report)
    assert not Decision.objects.exists()


def test_a_decision_that_differs_or_is_not_green_needs_a_reason(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score_all(cast, report)
    with pytest.raises(ValidationError, match="Give a reason"):
        world.provisional(cast, report, "red")
    with pytest.raises(ValidationError, match="Agree on a date"):
        world.provisional(cast, report, "orange", "Nearly there.")
    with pytest.raises(ValidationError, match="not later than"):
        world.provisional(cast, report, "orange", "Nearly there.", improvement_on=dt.date(2021, 10, 1))
    with pytest.raises(ValidationError, match="Choose a colour"):
        world.provisional(cast, report, "blue", "Blue.")
    given = world.provisional(cast, report, "orange", "Nearly there.", improvement_on=dt.date(2021, 9, 30))
    assert (given.proposal, given.colour, given.reason) == ("green", "orange", "Nearly there.")


def test_the_decision_waits_for_the_reply_or_its_term(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score_all(cast, report)
    world.provisional(cast, report)
    day = NOW + dt.timedelta(days=14)
    with pytest.raises(Refused, match="may still reply"):
        world.decide(cast, report, now=day)
    services.reply_to_provisional(
        actor=cast.actor("editor"), report_id=report.pk, text="We agree.", now=day, today=day.date()
    )
    with pytest.raises(Refused, match="Only editors"):
        services.reply_to_provisional(
            actor=cast.actor("reader"), report_id=report.pk, text="No.", now=day, today=day.date()
        )
    assert world.decide(cast, report, now=day).colour == "green"
    with pytest.raises(Refused, match="already decided"):
        world.decide(cast, report, now=day)


def test_a_reply_after_its_term_is_refused(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score_all(cast, report)
    world.provisional(cast, report)
    late = NOW + dt.timedelta(days=15)
    with pytest.raises(Refused, match="term for a reply has passed"):
        services.reply_to_provisional(
            actor=cast.actor("editor"), report_id=report.pk, text="Wait.", now=late, today=late.date()
        )
    assert not Remark.objects.exists()


def with_second_reader(cast: Cast, value: str) -> None:
    """The parties agree that a second reader is never, optionally or always asked."""
    raw = copy.deepcopy(raw_pack())
    raw["year_rules"]["decision_rule"]["second_assessor"]["value"] = value
    year = cast.years[1]
    year.pack = PackVersion.objects.create(
        pack_id="trustone-2019", version=value, digest=pack_digest(raw), content=pack_content(raw), stored_at=LONG_AGO
    )
    year.save()


def test_a_decision_waits_for_a_second_reader_where_the_rules_always_ask_one(cast: Cast) -> None:
    with_second_reader(cast, "always")
    report = world.submitted(cast)
    world.score_all(cast, report)
    world.provisional(cast, report)
    with pytest.raises(Refused, match="ask for a second reader"):
        world.decide(cast, report)
    assert not world.desk(cast, report).verdict("decide")
    services.ask_second_reader(actor=cast.actor("assessor"), report_id=report.pk, now=NOW)
    with pytest.raises(Refused, match="Waits for the second reader"):
        world.decide(cast, report)
    services.record_second_read(actor=cast.actor("coordinator"), report_id=report.pk, note="Fine.", now=NOW)
    assert world.decide(cast, report).second_by == cast.people["coordinator"]


def test_nobody_reads_along_where_the_rules_know_no_second_reader(cast: Cast) -> None:
    with_second_reader(cast, "never")
    report = world.submitted(cast)
    world.score_all(cast, report)
    with pytest.raises(Refused, match="know no second reader"):
        services.ask_second_reader(actor=cast.actor("assessor"), report_id=report.pk, now=NOW)
    world.provisional(cast, report)
    assert world.decide(cast, report).second_by is None


def test_the_second_reader_is_another_person_and_reads_again_after_a_change(cast: Cast) -> None:
    report = world.submitted(cast)
    world.take(cast, report)
    world.score_all(cast, report)
    services.ask_second_reader(actor=cast.actor("assessor"), report_id=report.pk, now=NOW)
    with pytest.raises(Refused, match="somebody other"):
        services.record_second_read(actor=cast.actor("assessor"), report_id=report.pk, note="", now=NOW)
    services.record_second_read(actor=cast.actor("coordinator"), report_id=report.pk, note="Fine.", now=NOW)
    world.score(cast, report, "q-1-1-01", "largely", "On second thoughts.")
    world.provisional(cast, report)
    with pytest.raises(Refused, match="Waits for the second reader"):
        world.decide(cast, report)
    services.record_second_read(actor=cast.actor("coordinator"), report_id=report.pk, note="Fine again.", now=LATER)
    assert world.decide(cast, report).second_by == cast.people["coordinator"]


def test_extra_time_reassesses_only_what_was_missing_and_keeps_the_old_colour(cast: Cast) -> None:
    report = world.submitted(cast, known=2)  # quarry areas and quarries unknown
    world.take(cast, report)
    world.score_all(cast, report)
    until = dt.date(2021, 4, 1)
    world.provisional(cast, report, "orange", "Origins are missing.", improvement_on=until)
    first = world.decide(
        cast,
        report,
        "orange",
        "Origins are missing.",
        improvement_on=until,
        extension=services.ExtensionTerms(until, "The pandemic kept suppliers closed."),
    )
    assert (first.colour, first.extension_until, state(report)) == ("orange", until, ReportState.RETURNED)
    codes = {(i["code"], i["subject"]) for i in Assessment.objects.get().extensions.get().missing}
    assert codes == {("coverage", "quarry_areas"), ("coverage", "quarries")}
    assert [d.colour for d in queries.decisions_of_year(1)] == ["orange"]  # while it has extra time

    from toetssteen.supplychain.models import ChainLink

    ChainLink.objects.filter(chain__organisation=cast.organisations["mason"]).update(state="known", name="Named")
    march = dt.datetime(2021, 3, 15, 12, 0, tzinfo=dt.UTC)
    world.write_goal(report)
    reports.submit(cast, report, now=march)
    with pytest.raises(Refused, match="only what was missing"):
        world.score(cast, report, "q-1-1-01", "none", "Changed my mind.", now=march)
    world.provisional(cast, report, now=march)
    again = world.decide(cast, report, now=march + 3 * WEEK)
    assert (again.kind, again.colour, again.number) == (DecisionKind.REASSESSED, "green", 4)
    current = queries.decisions_of_year(1)[0]
    assert (current.colour, [d.colour for d in current.history]) == ("green", ["orange"])
    with pytest.raises(Refused):
        services.grant_extension(
            actor=cast.actor("assessor"),
            report_id=report.pk,
            terms=services.ExtensionTerms(dt.date(2021, 9, 1), "Again."),
            now=march + 4 * WEEK,
            today=(march + 4 * WEEK).date(),
        )


def test_who_lets_the_extra_time_pass_is_decided_on_what_was_there(cast: Cast) -> None:
    report = world.submitted(cast, known=2)
    world.score_all(cast, report)
    until = dt.date(2021, 4, 1)
    world.provisional(cast, report, "orange", "Origins are missing.", improvement_on=until)
    world.decide(cast, report, "orange", "Origins.", improvement_on=until)
    services.grant_extension(
        actor=cast.actor("assessor"),
        report_id=report.pk,
        terms=services.ExtensionTerms(until, "Suppliers are closed.", ("coverage:quarries",)),
        now=LATER,
        today=LATER.date(),
    )
    call = {"actor": cast.actor("assessor"), "report_id": report.pk}
    with pytest.raises(Refused, match="still has time"):
        services.call_in(now=LATER, today=until, **call)
    spring = dt.datetime(2021, 4, 2, 9, 0, tzinfo=dt.UTC)
    services.call_in(now=spring, today=spring.date(), **call)
    world.provisional(cast, report, "red", "Nothing came.", now=spring)
    again = world.decide(cast, report, "red", "Nothing came.", now=spring + 3 * WEEK)
    assert (again.kind, again.colour, again.proposal) == (DecisionKind.REASSESSED, "red", "red")


def test_extra_time_has_an_end(cast: Cast) -> None:
    report = world.submitted(cast, known=2)
    world.score_all(cast, report)
    until = dt.date(2021, 4, 1)
    world.provisional(cast, report, "orange", "Origins are missing.", improvement_on=until)
    with pytest.raises(ValidationError, match="not later than"):
        world.decide(
            cast,
            report,
            "orange",
            "Origins.",
            improvement_on=until,
            extension=services.ExtensionTerms(dt.date(2021, 10, 1), "Long."),
        )
    assert state(report) == ReportState.PROVISIONAL  # nothing of the decision is kept
    assert Decision.objects.filter(kind=DecisionKind.FINAL).count() == 0


def test_decisions_are_written_once(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score_all(cast, report)
    given = world.provisional(cast, report)
    given.colour = "red"
    with pytest.raises(ImmutableError):
        given.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=given.pk).update(colour="red")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessment_decision WHERE id = %s", [given.pk])
    assert Decision.objects.get().colour == "green"


def test_questions_and_answers_between_both_sides(cast: Cast) -> None:
    report = world.submitted(cast)
    asked = services.ask_question(
        actor=cast.actor("assessor"), report_id=report.pk, question="q-1-1-01", text="Who signed?", now=NOW
    )
    with pytest.raises(Refused, match="Only editors of this company"):
        services.answer_question(actor=cast.actor("rival"), remark_id=asked.pk, text="Me.", now=NOW)
    services.answer_question(actor=cast.actor("editor"), remark_id=asked.pk, text="The director.", now=NOW)
    asked.refresh_from_db()
    assert asked.answered_at == NOW
    assert [r.text for r in world.desk(cast, report).remarks_at("q-1-1-01")] == ["Who signed?", "The director."]
    with pytest.raises(ValidationError, match="Write your question"):
        services.ask_question(actor=cast.actor("assessor"), report_id=report.pk, question="", text="  ", now=NOW)


def test_notes_of_a_talk_are_the_secretariats_and_never_lost(cast: Cast) -> None:
    report = world.submitted(cast)
    notes = services.TalkNotes(NOW.date(), "Both", "We spoke.", "They send the list.")
    common = {"report_id": report.pk, "now": NOW}
    talk = services.save_talk(actor=cast.actor("assessor"), notes=notes, talk_id=None, row_version=0, **common)
    with pytest.raises(Refused):
        services.save_talk(actor=cast.actor("editor"), notes=notes, talk_id=talk.pk, row_version=1, **common)
    with pytest.raises(StaleRow):
        services.save_talk(actor=cast.actor("assessor"), notes=notes, talk_id=talk.pk, row_version=0, **common)


def test_what_was_not_delivered_counts_as_not_met(cast: Cast) -> None:
    draft = reports.open_report(cast)
    reports.answer(cast, draft, "q-1-1-01", text=world.SECRET)
    common = {"year_id": cast.years[1].pk, "organisation_id": cast.organisations["mason"].pk}
    terms = services.DecisionTerms("red", "No report arrived.")
    january = dt.datetime(2021, 1, 10, 9, 0, tzinfo=dt.UTC)
    with pytest.raises(Refused, match="has not passed"):
        services.declare_undelivered(
            actor=cast.actor("coordinator"), terms=terms, now=NOW, today=dt.date(2020, 12, 31), **common
        )
    with pytest.raises(Refused, match="Only a coordinator"):
        services.declare_undelivered(
            actor=cast.actor("assessor"), terms=terms, now=january, today=january.date(), **common
        )
    given = services.declare_undelivered(
        actor=cast.actor("coordinator"), terms=terms, now=january, today=january.date(), **common
    )
    assert (given.proposal, given.meets, given.total) == ("red", False, Decimal("0.00"))
    assert given.checks["report"] is False
    assert world.SECRET not in str(given.snapshot.content)
    final = world.decide(cast, draft, "red", "No report arrived.", now=january + 3 * WEEK)
    assert (final.colour, state(draft)) == ("red", ReportState.FINAL)
    assert not any(row.differs for row in queries.recompute(1))
    with pytest.raises(Refused, match="does not owe"):
        services.declare_undelivered(
            actor=cast.actor("coordinator"), terms=terms, now=january, today=january.date(), **common
        )


def test_every_act_is_in_the_trail_without_confidential_words(cast: Cast) -> None:
    report = world.submitted(cast)
    world.take(cast, report)
    world.score_all(cast, report, reason=world.SECRET)
    services.ask_question(actor=cast.actor("assessor"), report_id=report.pk, question="", text=world.SECRET, now=NOW)
    world.provisional(cast, report, "red", world.SECRET)
    world.decide(cast, report, "red", world.SECRET)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {
        "assessment.take",
        "assessment.score",
        "assessment.ask",
        "assessment.give_provisional",
        "assessment.decide",
    } <= verbs
    assert world.SECRET not in " ".join(str(d) for d in AuditEvent.objects.values_list("detail", flat=True))


def test_recomputing_a_year_from_its_snapshots_gives_the_same(cast: Cast) -> None:
    for who in ("editor", "rival"):
        report = world.submitted(cast, who)
        world.score_all(cast, report, "largely")
        world.provisional(cast, report)
        world.decide(cast, report)
    again = queries.recompute(1)
    assert len(again) == 2
    for row in again:
        assert not row.differs
        assert (row.total, row.proposal) == (row.recomputed_total, row.recomputed_proposal)
    QuestionScore.objects.all().delete()  # it needs the snapshots alone
    assert [r.recomputed_total for r in queries.recompute(1)] == [r.total for r in again]
