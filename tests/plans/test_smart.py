"""The checker of goals against cases worked out by hand; nothing here needs a database."""

from __future__ import annotations

import datetime as dt

import pytest

from toetssteen.plans import smart

CLEAR = {
    "text": "All saws of our suppliers work with water",
    "theme": "ohs",
    "indicator": "share of saws",
    "baseline": "33 %",
    "target": "100 %",
    "deadline": dt.date(2021, 6, 30),
    "starts_on": dt.date(2019, 10, 1),
}


@pytest.mark.parametrize(
    ("change", "found", "letters"),
    [
        ({}, [], "SMART"),
        ({"text": "Better saws"}, [("text", True)], "MART"),
        ({"text": "Wij willen de veiligheid verbeteren bij leveranciers"}, [("text", False)], "SMART"),
        ({"text": "We promote safe work at our suppliers"}, [("text", False)], "SMART"),
        ({"theme": ""}, [("theme", True)], "MART"),
        ({"indicator": " "}, [("indicator", True)], "SART"),
        ({"target": ""}, [("target", True)], "SART"),
        ({"target": "veel meer"}, [("target", True)], "SART"),
        ({"target": "alle zagen"}, [], "SMART"),
        ({"target": "0 ongevallen", "baseline": "4 ongevallen"}, [], "SMART"),
        ({"target": "33 %"}, [("target", True)], "SART"),
        ({"baseline": ""}, [("baseline", False)], "SMART"),
        ({"baseline": "12 zagen"}, [("baseline", False)], "SMART"),
        ({"baseline": "33"}, [], "SMART"),
        ({"baseline": "9 van 12", "target": "12 van 12"}, [], "SMART"),
        ({"baseline": "9 van 12", "target": "100 %"}, [], "SMART"),
        ({"deadline": None}, [("deadline", True)], "SMAR"),
        ({"deadline": dt.date(2019, 9, 30)}, [("deadline", True)], "SMAR"),
        ({"deadline": dt.date(2019, 10, 1)}, [], "SMART"),
        ({"deadline": dt.date(2025, 1, 1)}, [("deadline", False)], "SMART"),
        ({"deadline": dt.date(2024, 12, 31)}, [], "SMART"),
        ({"is_linked": False}, [("risk_id", False)], "SMAT"),
        ({"has_actions": False}, [("actions", False)], "SMRT"),
        ({"indicator": "", "target": ""}, [("indicator", True), ("target", True)], "SART"),
    ],
)  # fmt: skip
def test_every_gap_is_found_and_no_other(change, found, letters):
    gaps = smart.smart_gaps(**{**CLEAR, **change})
    assert [(gap.field, gap.needed) for gap in gaps] == found
    assert smart.is_smart(gaps) == (not any(needed for _, needed in found))
    met = "".join(letter.letter for letter in smart.letters(gaps) if letter.is_met)
    assert met == letters
    assert smart.is_smart(gaps) == ({"S", "M", "T"} <= set(met)), "the tag and the letters say the same"


def test_what_is_missing_is_said_in_nouns_once():
    gaps = smart.smart_gaps(**{**CLEAR, "indicator": "", "target": "", "baseline": ""})
    assert [str(noun) for noun in smart.missing_nouns(gaps)] == ["a yardstick", "a target value"]
    assert smart.missing_nouns(()) == []
