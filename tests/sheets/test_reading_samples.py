"""The sample sheets are read as a person reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sheets.scoring import compare
from toetssteen.config.cli import main
from toetssteen.sheets.reading import read
from toetssteen.sheets.reading.normal_form import normal_form

FIXTURES = Path(__file__).parent / "fixtures"
EXPECTED = sorted(FIXTURES.glob("*.expected.json"))


@pytest.mark.parametrize("path", EXPECTED, ids=[path.name.split("_")[0] for path in EXPECTED])
def test_sample_is_read_as_expected(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    got = normal_form(read(FIXTURES / expected["file"]), expected["file"])
    wrong, secondary = compare(expected, got)
    assert wrong == []
    assert secondary == []
    for figure in ("rows_read", "aggregates", "tonnes_total"):
        if figure in expected:
            assert got[figure] == expected[figure]


def test_command_prints_the_normal_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheets", "read", str(FIXTURES / "v04_pierres_fournisseurs.ods"), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [chain["ref"]["row"] for chain in printed["chains"]] == [4, 5, 6, 7, 8, 9, 10]
    assert printed["chains"][0]["levels"]["quarry"]["sites"][0]["lat"] == 44.0812


def test_command_says_why_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheets", "read", str(FIXTURES / "v06_beveiligd_met_wachtwoord.xlsx")]) == 1
    assert "password_protected" in capsys.readouterr().out
