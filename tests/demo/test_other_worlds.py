"""A world that differs in a row gives other figures or does not load; a world of several copies keeps its story."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.demo.compare import EXPECTED, differences
from tests.demo.conftest import FOLDER
from toetssteen.config.demo.world import WorldError
from toetssteen.core.access import Audience
from toetssteen.insights.queries import figures
from toetssteen.organisations.models import Organisation

TODAY = dt.date(2024, 10, 21)
pytestmark = pytest.mark.slow
Change = Callable[[dict[str, str]], bool]


def change(folder: Path, table: str, wanted: Change, **cells: str) -> None:
    """Change one row of a copied world."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table_rows = list(csv.DictReader(file))
    row = next(row for row in table_rows if wanted(row))
    row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table_rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table_rows)


# the figure that must differ -> which row of which table is changed into what
CHANGES: dict[str, tuple[str, Change, dict[str, str]]] = {
    "production_countries": (
        "chains",
        lambda r: r["processing_country"] == "PT" and r["extraction_country"] == "PT",
        {"processing_country": "IS"},
    ),
    "import_share_fl_end_y1": (
        "market_estimates",
        lambda r: r["region"] == "Flanders" and r["covenant_year"] == "1",
        {"market_tonnes": "250000"},
    ),
    "actual_child_labour_in_own_chains_y1": (
        "risks",
        lambda r: r["theme"] == "child_labour",
        {"actual_or_potential": "actual"},
    ),
    "tenders_screened_fl_with_clause_pct": (
        "tenders",
        lambda r: r["sample"] == "screening 2023" and r["isv_clause"] == "yes",
        {"isv_clause": "no"},
    ),
    "covenant_actions_dropped": (
        "covenant_actions",
        lambda r: r["state"] == "dropped_by_decision",
        {"state": "in_progress"},
    ),
    "outreach_council_questions": (
        "outreach",
        lambda r: r["result"] == "questions in council",
        {"result": "no contact"},
    ),
    "contributions_by_kind_y1": (
        "contributions",
        lambda r: r["covenant_year"] == "1" and r["kind"].startswith("regional"),
        {"kind": "improvement at fixed supplier"},
    ),
    "authorities_start": (
        "memberships",
        lambda r: r["org_id"].startswith("A") and r["joined_on"] == "2019-10-01",
        {"joined_on": "2019-10-02", "confirmed_on": "2019-10-02"},
    ),
    "companies_hit_by_forced_closure_y1": ("site_events", lambda r: True, {"event_on": "2020-12-01"}),
}
# Figures that other years or rows decide are left alone by these changes.
UNTOUCHED = {"meet_y1", "assessed_y1", "score_band_40_60", "avg_quarries_known_y1", "chains_bin_10_50", "materials"}


def test_a_changed_row_changes_its_figure(build_world: Any, db: None, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    shutil.copytree(FOLDER, folder)
    for table, wanted, cells in CHANGES.values():
        change(folder, table, wanted, **cells)
    with build_world(folder=folder, years=1, with_today=False):
        found = {f.id: f.plain for f in figures(None, Audience.OPERATOR, today=TODAY)}
        differing = differences(found)
    assert set(CHANGES) <= set(differing)
    assert not UNTOUCHED & set(differing)


def test_a_later_day_of_joining_changes_the_count_and_what_is_owed(build_world: Any, db: None, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    shutil.copytree(FOLDER, folder)
    change(folder, "memberships", lambda r: r["org_id"] == "C039", joined_on="2020-09-01", confirmed_on="2020-09-01")
    with build_world(folder=folder, years=1, with_today=False):
        found = {f.id: f.plain for f in figures(1, Audience.OPERATOR, today=TODAY)}
    expected = {e["id"]: e["value"] for e in EXPECTED}
    assert found["processors_nl_end_y1"] == expected["processors_nl_end_y1"] + 1
    assert found["companies_nl_end_y1_by_joining"] == expected["companies_nl_end_y1_by_joining"] + 1


@pytest.mark.parametrize(
    ("table", "wanted", "cells"),
    [
        ("answers", lambda r: r["question_id"] == "q-1-1-01" and r["level"] == "fully", {"level": "none"}),
        ("chain_links", lambda r: r["level"] == "quarry" and r["status"] == "known",
         {"status": "refused", "site_id": "", "mention_id": "", "quarry_area_id": ""}),
        ("outcomes", lambda r: r["covenant_year"] == "1" and r["colour"] == "green", {"score_pct": "99.99"}),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_the_outcome_stops_the_loading(
    build_world: Any, db: None, tmp_path: Path, table: str, wanted: Change, cells: dict[str, str]
) -> None:
    folder = tmp_path / "world"
    shutil.copytree(FOLDER, folder)
    change(folder, table, wanted, **cells)
    with pytest.raises(WorldError, match=r"C0\d\d year 1: the files say"), build_world(folder=folder, years=1):
        pass
    assert not Organisation.objects.exists()


def test_a_world_twice_over_counts_twice_and_keeps_the_first(build_world: Any, db: None) -> None:
    with build_world(copies=2, years=1, with_today=False) as ground:
        found = {f.id: f.plain for f in figures(1, Audience.OPERATOR, today=TODAY)}
        assert ground.organisations[(0, "C006")].reference == "C006"
        assert ground.organisations[(1, "C006")].reference == "C006-1"
        assert found["assessed_y1"] == 52
        assert found["meet_y1"] == 42
        assert found["avg_quarries_known_y1"] == pytest.approx(37.1, abs=0.5)
        assert found["import_share_nl_end_y1"] == pytest.approx(25, abs=0.5)
