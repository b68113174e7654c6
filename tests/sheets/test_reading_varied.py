"""Sheets of many kinds are read as a person reads them; what a person expects was written first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.scoring import compare
from tests.sheets.varied import CASES
from toetssteen.sheets.reading import read
from toetssteen.sheets.reading.normal_form import normal_form


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_sheet_is_read_as_expected(case: Callable[[Path], tuple[Path, dict[str, Any]]], tmp_path: Path) -> None:
    path, expected = case(tmp_path)
    wrong, secondary = compare(expected, normal_form(read(path), path.name))
    assert wrong == []
    assert secondary == []
