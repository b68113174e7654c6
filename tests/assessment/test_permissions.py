"""Who sees which rows of an assessment; what is listed is what may be opened."""

from __future__ import annotations

from tests.assessment import world
from tests.cast import NOW, PEOPLE, Cast
from tests.reporting import world as reports
from toetssteen.assessment import permissions, queries, services
from toetssteen.assessment.models import Assessment, Decision
from toetssteen.reporting.models import Report

EVERYBODY = ("visitor", *PEOPLE)


def test_what_is_listed_is_what_may_be_opened(cast: Cast) -> None:
    for who in ("editor", "rival"):
        report = world.submitted(cast, who)
        world.score_all(cast, report, reason=world.SECRET)
        services.ask_question(actor=cast.actor("assessor"), report_id=report.pk, question="", text="?", now=NOW)
        world.provisional(cast, report)
    reports.open_report(cast, "euro")
    for who in EVERYBODY:
        actor = cast.actor(who)
        for report in Report.objects.all():
            listed = permissions.visible_files(actor).filter(pk=report.pk).exists()
            assert listed == bool(permissions.can_view_file(actor, report)), (who, report.pk)
            own = permissions.visible_own_assessments(actor).filter(report=report).exists()
            has_one = Assessment.objects.filter(report=report).exists()
            assert own == (has_one and bool(permissions.can_view_own(actor, report))), (who, report.pk)
        for decision in Decision.objects.all():
            listed = permissions.visible_decisions(actor).filter(pk=decision.pk).exists()
            assert listed == bool(permissions.can_view_decision(actor, decision)), (who, decision.pk)


def test_rows_of_the_secretariat_are_nobody_elses(cast: Cast) -> None:
    report = world.submitted(cast)
    world.score(cast, report, "q-1-1-01", reason=world.SECRET)
    for who in EVERYBODY:
        actor = cast.actor(who)
        inside = who in ("assessor", "coordinator")
        for rows in (permissions.visible_assessments, permissions.visible_scores, permissions.visible_files):
            assert rows(actor).exists() == inside, (who, rows.__name__)
        assert bool(queries.work_queue(actor, today=NOW.date())) == inside
        assert (queries.desk(actor, report.pk, today=NOW.date()) is not None) == inside


def test_an_assessor_without_a_second_factor_is_nobody(cast: Cast) -> None:
    import dataclasses

    report = world.submitted(cast)
    weak = dataclasses.replace(cast.actor("assessor"), second_factor=False)
    assert not permissions.visible_files(weak).exists()
    assert queries.desk(weak, report.pk, today=NOW.date()) is None
    assert not permissions.can_score(weak, report)
