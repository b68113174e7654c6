"""The risks and goals of the demonstration come to the counts that the facts of their year name."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "demo"
LATER = ("2", "3", "4")


def _rows(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts() -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    for row in _rows("facts"):
        found[(row["org_id"], row["covenant_year"])][row["fact"]] = row
    return found


def test_risks_of_later_years_come_to_their_facts(facts) -> None:
    risks = defaultdict(list)
    for row in _rows("risks"):
        if row["covenant_year"] in LATER:
            risks[(row["org_id"], row["covenant_year"])].append(row)
    assert len(risks) > 50
    wrong = []
    for key, rows in risks.items():
        said = facts[key]
        counted = {
            "risks.count": len(rows),
            "risks.actual_count": sum(row["actual_or_potential"] == "actual" for row in rows),
        }
        rated = sum(bool(row["scale"] and row["likelihood"]) for row in rows)
        full = sum(bool(row["scale"] and row["severity_reason"]) for row in rows)
        parts = {"risks.prioritised_share": rated, "risks.severity_complete_share": full}
        wrong += [(key, fact, n) for fact, n in counted.items() if int(float(said[fact]["value"])) != n]
        wrong += [(key, fact, n) for fact, n in parts.items() if int(float(said[fact]["part"])) != n]
    assert wrong == []


def test_goals_of_later_years_come_to_their_facts(facts) -> None:
    plans = {row["plan_id"]: (row["org_id"], row["covenant_year"]) for row in _rows("plans")}
    goals = defaultdict(list)
    for row in _rows("plan_objectives"):
        if plans[row["plan_id"]][1] in LATER[1:]:
            goals[plans[row["plan_id"]]].append(row)
    assert len(goals) > 20
    wrong = []
    for key, rows in goals.items():
        for fact, n in {
            "plan.objectives_smart": sum(row["smart"] == "yes" for row in rows),
            "plan.objectives_with_baseline_share": sum(bool(row["baseline"]) for row in rows),
            "evaluation.goals_evaluated_share": sum(bool(row["evaluated_on"]) for row in rows),
        }.items():
            said = facts[key][fact]
            if (int(float(said["part"])), int(float(said["whole"]))) != (n, len(rows)):
                wrong.append((key, fact, n, said["part"], said["whole"]))
    assert wrong == []
