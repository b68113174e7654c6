"""The demonstration world loads as a whole, and everything published comes out of its raw rows."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.demo.compare import EXPECTED, differences
from toetssteen.assessment.models import Decision
from toetssteen.core.access import Audience
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.insights import queries as insight_queries
from toetssteen.reporting import queries as reporting_queries
from toetssteen.reporting import snapshots
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.supplychain.models import Chain, ChainLink
from toetssteen.supplychain.queries import coverage_of

TODAY = dt.date(2024, 10, 21)
pytestmark = pytest.mark.slow


def rows(table: str) -> list[dict[str, str]]:
    with (Path(settings.DEMO_WORLD) / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def computed(number: int | None = None) -> dict[str, Any]:
    return {f.id: f.plain for f in insight_queries.figures(number, Audience.OPERATOR, today=TODAY)}


def test_all_123_figures_come_out_of_the_raw_rows(world: Any) -> None:
    found = computed()
    assert len(EXPECTED) == 123
    assert set(found) == {e["id"] for e in EXPECTED}
    assert differences(found) == {}


def test_the_years_together_hold_every_figure(world: Any) -> None:
    together: dict[str, Any] = {}
    for number in range(1, 5):
        together |= computed(number)
    assert differences(together) == {}
    assert "meet_y2" not in computed(1)
    assert "meet_y1" not in computed(2)


def test_later_edits_of_chains_do_not_change_the_figures_of_old_years(world: Any) -> None:
    before = computed(1)
    ChainLink.objects.all().delete()
    Chain.objects.update(processing_country="NL", volume_tonnes=1, situation="A")
    assert computed(1) == before


def test_every_decision_has_the_score_and_colour_of_the_files(world: Any) -> None:
    first = {
        (d.assessment.report.organisation.reference, str(d.assessment.report.year.number)): d
        for d in Decision.objects.filter(kind="final", assessment__report__year__number__lte=4).select_related(
            "assessment__report__organisation", "assessment__report__year"
        )
    }
    outcomes = {(row["org_id"], row["covenant_year"]): row for row in rows("outcomes")}
    assert set(first) == set(outcomes)
    for key, decision in first.items():
        row = outcomes[key]
        assert (str(decision.total), decision.meets, decision.colour) == (
            row["score_pct"],
            row["meets"] == "yes",
            row["colour"],
        ), key
        assert str(decision.extension_until or "") == row["extension_until"], key
    again = Decision.objects.filter(kind="reassessed")
    assert again.count() == sum(bool(row["reassessed_result"]) for row in rows("outcomes"))
    assert {d.colour for d in again} == {"green"}


def test_facts_of_the_first_year_follow_from_its_rows(world: Any) -> None:
    frozen = {
        (s.report.organisation.reference, "1"): s.content["facts"]
        for s in Snapshot.objects.filter(kind="submission", report__year__number=1).select_related(
            "report__organisation"
        )
    }
    checked = 0
    for row in rows("facts"):
        if row["covenant_year"] != "1" or row["basis"] != "raw":
            continue
        found = frozen[(row["org_id"], "1")].get(row["fact"], "absent")
        if row["whole"]:
            wanted: Any = {"part": int(row["part"]), "whole": int(row["whole"])}
        elif "-" in row["value"]:
            wanted = {"date": row["value"]}
        else:
            wanted = int(row["value"]) if row["value"] else None
        assert found == wanted, (row["org_id"], row["fact"])
        checked += 1
    assert checked > 500


def test_frozen_reports_are_intact_and_give_the_same_score_again(world: Any) -> None:
    for snapshot in Snapshot.objects.all():
        assert snapshots.is_intact(snapshot), snapshot.pk
    count, flaws = audit.verify()
    assert count >= 120
    assert flaws == []


def test_chains_of_today_are_those_of_the_last_finished_year(world: Any) -> None:
    pack = pack_of(world.years[5])
    columns = ("direct_supplier_known", "factory_known", "quarry_area_known", "quarry_known")
    for row in rows("coverage_by_year"):
        if row["covenant_year"] == "4":
            cover = coverage_of(world.of(0, row["org_id"]), pack, world.years[5].ends_on)
            shares = [level.by_chain for level in cover.levels.values()]
            assert [share.part for share in shares] == [int(row[column]) for column in columns], row["org_id"]
            assert {share.whole for share in shares} == {int(row["own_import_chains"])}, row["org_id"]


def test_the_company_of_the_story_is_a_little_over_half_done(world: Any) -> None:
    report = Report.objects.select_related("organisation", "year").get(year__number=5, organisation__reference="C006")
    assert report.state == "draft"
    waiting = report.answers.filter(needs_confirmation=True).count()
    assert 0.5 <= 1 - waiting / report.answers.count() <= 0.85
    assert 40 < reporting_queries.estimate(report).sheet.total < 80
    gaps = ChainLink.objects.filter(chain__organisation=report.organisation, chain__closed_on=None).exclude(
        state="known"
    )
    assert {"asked", "refused"} <= set(gaps.values_list("state", flat=True))


def test_the_company_of_the_story_goes_on_with_last_years_risks(world: Any) -> None:
    from toetssteen.risks.board import whole_board

    board = whole_board(world.of(0, "C006"), 5, pack_of(world.years[5]))
    # By hand: 5/4, 4/5, then 4/3 moved above 4/4 with a reason, 3/3, 3/2, and two that nobody rated.
    assert [row.risk.theme for row in board.rows] == [
        "child_labour", "ohs", "freedom_of_association", "living_wage", "working_hours", "environment",
        "informal_employment", "forced_labour",
    ]  # fmt: skip
    assert [row.is_rated for row in board.rows] == [True] * 6 + [False] * 2
    assert [board.stands(move) for move in board.moves] == [True]
    assert board.unexplained == ()
    assert sum(row.risk.carried_from_id is not None for row in board.rows) == 7
    assert [view.corrects_id is not None for view in board.views] == [True, False]
    frozen = Snapshot.objects.get(report__organisation_id=world.of(0, "C006"), report__year__number=4, number=1)
    assert len(frozen.content["risks"]["rows"]) == 8, "last year's risks stand in last year's report"


def test_the_queue_of_the_secretariat_is_alive(world: Any) -> None:
    states = Report.objects.filter(year__number=5).values_list("state", flat=True)
    assert set(states) == {"draft", "submitted", "in_review", "returned", "provisional", "final"}


def test_a_second_start_keeps_what_was_entered(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from toetssteen.config.commands.demo import _world

    chain = Chain.objects.filter(organisation_id=world.of(0, "C006")).first()
    Chain.objects.filter(pk=chain.pk).update(trade_name="Entered by a visitor")
    before = (Report.objects.count(), Chain.objects.count())
    _world(times=1, fresh=False)
    assert "kept" in capsys.readouterr().out
    assert (Report.objects.count(), Chain.objects.count()) == before
    assert Chain.objects.get(pk=chain.pk).trade_name == "Entered by a visitor"


def test_figures_of_the_command_are_json_by_id(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from toetssteen.config.cli import main

    assert main(["figures", "--year", "1", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["assessed_y1"]["value"] == 26
    assert found["meet_y1"]["value"] == 21
    assert found["companies_processing_IT"]["value"] == 4  # the operator sees small groups
    assert set(found["meet_y1"]) >= {"value", "unit", "definition", "denominator", "as_of", "status"}
    assert main(["figures", "--year", "1", "--format", "json", "--public"]) == 0
    public = json.loads(capsys.readouterr().out)
    assert public["companies_processing_IT"] == {
        **found["companies_processing_IT"],
        "value": None,
        "status": "suppressed",
    }
    assert main(["figures", "--year", "77"]) == 1
    assert "Known years: 1, 2, 3, 4, 5" in capsys.readouterr().err


def test_computing_takes_as_many_queries_for_one_year_as_for_all(world: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    computed()
    with CaptureQueriesContext(connection) as one:
        computed(1)
    with CaptureQueriesContext(connection) as every:
        computed()
    assert len(one) <= 16
    assert len(every) <= 24
