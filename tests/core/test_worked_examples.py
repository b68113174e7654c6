"""All worked examples of the pack come out exactly as they were worked out by hand."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest

from tests.core.conftest import PACKS
from toetssteen.core.frameworks import Pack, read_pack
from toetssteen.core.scoring import ExampleError, score_file

EXAMPLES = read_pack(PACKS / "trustone-2019")["worked_examples"]


def as_json(value: Any) -> Any:
    """The expected values as they would come out of JSON."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


@pytest.fixture(scope="module")
def results(stone: Pack) -> dict[str, Any]:
    return json.loads(json.dumps(score_file(EXAMPLES, stone)))


@pytest.mark.parametrize("example", EXAMPLES["examples"], ids=lambda example: example["id"])
def test_example_comes_out_as_worked_out_by_hand(results: dict[str, Any], example: dict[str, Any]) -> None:
    result = results[example["id"]]
    expected = as_json(example["expected"])
    got = {key: result[key] for key in expected}
    if "checks" in expected:
        got["checks"] = {key: result["checks"][key] for key in expected["checks"]}
    assert got == expected
    assert result["reasons"], "a proposal always has reasons"


def test_all_twelve_are_there(results: dict[str, Any]) -> None:
    assert list(results) == [example["id"] for example in EXAMPLES["examples"]]
    assert len(results) == 12


def change(example_id: str, **given: Any) -> dict[str, Any]:
    raw = copy.deepcopy(EXAMPLES)
    example = next(e for e in raw["examples"] if e["id"] == example_id)
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(example["given"].get(key), dict):
            example["given"][key].update(value)
        else:
            example["given"][key] = value
    return raw


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"levels": {"q-9-9-99": "fully"}}, "question 'q-9-9-99'"),
        ({"levels": {"q-1-1-01": "superb"}}, "level 'superb'"),
        ({"facts": {"moon.phase": 1}}, "fact 'moon.phase'"),
        ({"facts": {"chains.confirmed_share": 101}}, "cannot be 101"),
        ({"facts": {"chains.confirmed_share": "all"}}, "must be a number"),
        ({"coverage": {"moons": 1}}, "coverage level 'moons'"),
        ({"coverage": {"factories": 99}}, "more than"),
        ({"sub_step_levels": {"9.9": "fully"}}, "sub-step '9.9'"),
        ({"profile": "Z"}, "profile 'Z'"),
        ({"variant": "trustone-2019-tiny"}, "variant 'trustone-2019-tiny'"),
        ({"membership_year": 0}, "membership_year"),
        ({"membership_year": "one"}, "membership_year"),
        ({"year_end": "yesterday"}, "year_end"),
        ({"report_delivered": "yes"}, "report_delivered"),
        ({"improvement_dat": "2021-04-01"}, "improvement_dat"),
    ],
)
def test_what_the_pack_does_not_know_is_refused_by_example(stone: Pack, given: dict[str, Any], words: str) -> None:
    with pytest.raises(ExampleError) as refusal:
        score_file(change("we-01", **given), stone)
    assert refusal.value.messages[0].startswith("we-01: ")
    assert words in refusal.value.messages[0]


def test_a_wrong_example_is_named_also_where_another_builds_on_it(stone: Pack) -> None:
    with pytest.raises(ExampleError) as refusal:
        score_file(change("we-06", levels={"q-9-9-99": "fully"}), stone)
    assert [message.split(":")[0] for message in refusal.value.messages] == ["we-06", "we-10"]


def test_circles_strangers_and_doubles_are_refused(stone: Pack) -> None:
    with pytest.raises(ExampleError, match="circle"):
        score_file([{"id": "a", "same_as": "b"}, {"id": "b", "same_as": "a"}], stone)
    with pytest.raises(ExampleError, match="'we-99'"):
        score_file([{"id": "a", "same_as": "we-99"}], stone)
    with pytest.raises(ExampleError, match="used twice"):
        score_file([{"id": "a"}, {"id": "a"}], stone)
    with pytest.raises(ExampleError, match="for pack 'cacao-2031'"):
        score_file({"pack": "cacao-2031", "examples": []}, stone)
    with pytest.raises(ExampleError, match="list 'examples'"):
        score_file({"examples": {"a": 1}}, stone)


def test_questions_of_another_profile_are_named_as_ignored(stone: Pack) -> None:
    result = score_file(change("we-04", levels={"q-1-1-01": "fully"}), stone)["we-04"]
    assert result["ignored"] == ["q-1-1-01"]
    assert result["total"] == "66.74"


def test_changes_reach_into_facts_and_levels(stone: Pack) -> None:
    raw = {
        "examples": [
            *EXAMPLES["examples"],
            {"id": "x", "same_as": "we-10", "changes": {"coverage": {"factories": 6, "quarries": 3}}},
        ]
    }
    result = score_file(raw, stone)["x"]
    assert (result["total"], result["proposal"]) == ("20.09", "green")


def test_a_company_that_does_not_import_gets_no_colour(stone: Pack) -> None:
    given = {"profile": "A", "year_end": date(2020, 9, 30), "joined_on": "2019-10-01"}
    result = score_file([{"id": "x", "given": given}], stone)["x"]
    assert (result["exempt"], result["exemption"], result["proposal"]) == (True, "non_importer", None)
    assert result["next_year"] == {"year_end": "2021-09-30", "exempt": True}


def test_the_joining_day_gives_the_report_year(stone: Pack) -> None:
    raw = change("we-01", joined_on=date(2019, 3, 1), membership_year=None, year_end=date(2021, 9, 30))
    result = score_file(raw, stone)["we-01"]
    assert result["checks"]["score"] is False, "the second report, so 40 is asked; 2019-03-01 lies before the covenant"
