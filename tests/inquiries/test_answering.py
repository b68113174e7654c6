"""What is read from answers: numbers, shown questions, signals and lines; tables of cases without a database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.cast import raw_pack
from toetssteen.core.frameworks import Questionnaire, check_pack, load_pack
from toetssteen.inquiries.answering import Given, coordinates, flaw_of_cell, is_signal, number, shown
from toetssteen.inquiries.lines import About, proposed_lines


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    found = load_pack(raw_pack()).questionnaire
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("60 %", "60"), ("1.250,50", "1250.50"), ("1,250.50", "1250.50"), ("1.250", "1250"), ("7,5", "7.5"),
     ("₹ 450", "450"), ("none", None), ("", None), ("-", None)],
)  # fmt: skip
def test_numbers_are_read_however_they_are_typed(typed: str, meant: str | None) -> None:
    assert number(typed) == (Decimal(meant) if meant else None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25.4321, 75.6", ("25.4321", "75.6")),
        ("25.4321 75.6", ("25.4321", "75.6")),
        ("125.1, 75.6", None),
        ("Kota", None),
    ],
)
def test_coordinates_are_two_numbers_on_the_globe(typed: str, meant: tuple[str, str] | None) -> None:
    assert coordinates(typed) == (tuple(Decimal(part) for part in meant) if meant else None)


@pytest.mark.parametrize(
    ("kind", "typed", "flaw"),
    [("percent", "140", "percent"), ("count", "many", "number"), ("day", "2021", "day"), ("day", "2021-03-04", ""),
     ("text", "anything", ""), ("count", "", "")],
)  # fmt: skip
def test_a_cell_is_checked_by_its_kind(kind: str, typed: str, flaw: str) -> None:
    assert flaw_of_cell(kind, typed) == flaw


@pytest.mark.parametrize(
    ("question", "given", "signal"),
    [
        ("sq-03", Given("do_not_know"), True),
        ("sq-03", Given("prefer_not_to_say"), False),
        ("sq-05", Given(value=[{"row": "permanent", "men": "10"}, {"row": "day_labour", "men": "10"}]), False),
        (
            "sq-05",
            Given(value=[{"row": "permanent", "men": "10"}, {"row": "day_labour", "men": "10", "women": "1"}]),
            True,
        ),
        ("sq-05", Given(value=[{"row": "permanent", "men": "5"}, {"row": "migrant", "men": "90"}]), False),
        ("sq-06", Given(value=["most"]), False),
        ("sq-06", Given(value=["some"]), True),
        ("sq-08", Given(value=[{"lowest_pay": "300", "legal_minimum": "300"}]), False),
        ("sq-08", Given(value=[{"lowest_pay": "299,99", "legal_minimum": "300"}]), True),
        ("sq-08", Given(value=[{"lowest_pay": "299"}]), False),
        ("sq-11", Given(value=["no"]), False),
        ("sq-11", Given("do_not_know"), True),
        ("sq-13", Given(value=[{"what_happened": "slight_injury", "number_last_12_months": "3"}]), False),
        ("sq-13", Given(value=[{"what_happened": "fatal"}]), True),
        ("sq-14", Given(value=[{"hours_busy_week": "60"}]), False),
        ("sq-14", Given(value=[{"hours_busy_week": "60,5"}]), True),
        ("sq-16", Given(), True),
        ("sq-16", Given(value="At the office"), False),
        ("sq-17", Given(value=[{"licence": "Mining", "where_does_waste_and_sludge_go": "Pit 2"}]), False),
        ("sq-17", Given(value=[{"licence": "Mining"}]), True),
        ("sq-18", Given(value="Pay sooner"), True),
        ("sq-18", Given("prefer_not_to_say"), False),
    ],
)
def test_signals_follow_the_words_of_the_pack(
    questionnaire: Questionnaire, question: str, given: Given, signal: bool
) -> None:
    assert is_signal(questionnaire.question(question), {question: given}) is signal


def test_questions_fit_the_respondent(questionnaire: Questionnaire) -> None:
    def ids(kind: str, **answers: Given) -> set[str]:
        return {q.id for q in shown(questionnaire, kind, {key.replace("_", "-"): a for key, a in answers.items()})}

    assert "sq-05" not in ids("supplier")
    assert "sq-05" in ids("supplier", sq_01=Given(value=["factory"])), "an exporter with a factory is asked about it"
    assert "sq-03" not in ids("quarry")
    assert "sq-04" in ids("factory")
    assert "sq-04" not in ids("factory", sq_01=Given(value=["workshop"]))


def test_lines_name_links_and_never_a_home(questionnaire: Questionnaire) -> None:
    answers = {
        "sq-03": Given(value=[{"quarry_name": "Pit 1", "district": "Bundi"}, {"quarry_name": "pit 1"}]),
        "sq-04": Given(value=[
            {"work": "home_work", "name": "Family Devi", "town": "Budhpura"},
            {"work": "sawing", "name": "Saw Works", "town": "Kota"},
        ]),
    }  # fmt: skip
    lines = proposed_lines(
        questionnaire, "supplier", answers, [About(1, ["factories", "quarry_areas", "quarries"])], "direct_suppliers"
    )
    found = {(line.level, line.content.get("name"), line.content.get("place")) for line in lines if line.kind == "link"}
    assert found == {("quarries", "Pit 1", "Bundi"), ("quarry_areas", "", "Bundi"), ("factories", "Saw Works", "Kota")}
    assert "Devi" not in repr(lines)


def test_nothing_is_proposed_for_a_level_that_is_known(questionnaire: Questionnaire) -> None:
    answers = {"sq-03": Given(value=[{"quarry_name": "Pit 1", "district": "Bundi"}])}
    lines = proposed_lines(questionnaire, "supplier", answers, [About(1, ["quarries"])], "direct_suppliers")
    assert [line.level for line in lines if line.kind == "link"] == ["quarries"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda q: q["questions"][2]["fills"].update(link="quarry_moon"), "coverage level 'quarry_moon'"),
        (lambda q: q["questions"][5]["signal"].update(theme="no_theme"), "theme 'no_theme'"),
        (lambda q: q["questions"][3]["show"].update(question="sq-09"), "earlier question 'sq-09'"),
        (lambda q: q["labels"].pop("piece"), "no words for 'piece'"),
        (lambda q: q["languages"].append("hi"), "do not have this language"),
        (lambda q: q["questions"][6]["signal"]["any"][0].update(any_of=["hourly"]), "option 'hourly'"),
    ],
)
def test_the_pack_is_checked(change: Any, said: str) -> None:
    import copy

    raw = copy.deepcopy(raw_pack())
    assert not check_pack(raw)
    change(raw["supplier_questionnaire"])
    assert said in " ".join(str(finding) for finding in check_pack(raw))
