"""The proposed colour and its reasons, in readable sentences with the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from toetssteen.core.frameworks import Pack, Share
from toetssteen.core.scoring import (
    Case,
    allowed_level,
    applicable,
    improvement_limit,
    not_applicable,
    propose,
    proposed_level,
    proposed_levels,
    publication_present,
    score,
)

END = date(2021, 9, 30)


@pytest.fixture
def good(stone: Pack) -> Case:
    """A second-year importer that meets everything."""
    facts = {
        "chains.situation_a_count": 0,
        "coverage.gaps_count": 0,
        "chains.non_eea_count": 3,
        "risks.actual_count": 0,
        "complaints.open_count": 0,
    }
    return Case(
        profile="C",
        report_year=2,
        year_end=END,
        levels={q.id: "largely" for q in stone.questions_for("C")},
        facts=facts,
        coverage={level.id: Share(3, 3) for level in stone.coverage_levels},
        report_delivered=True,
        plan_delivered=True,
        public_communication=True,
    )


def sentence(proposal, code: str, subject: str | None = None) -> str:  # type: ignore[no-untyped-def]
    return next(r.text.nl for r in proposal.reasons if r.code == code and subject in (None, r.subject))


def test_green_comes_with_its_reasons(stone: Pack, good: Case) -> None:
    proposal = propose(stone, good)
    assert (proposal.meets, proposal.colour) == (True, "green")
    assert {r.code for r in proposal.reasons} == {"report", "score", "key", "coverage", "plan", "public_communication"}
    assert all(r.met for r in proposal.reasons)
    assert sentence(proposal, "score") == "Score: 70,00 %, gevraagd 40 %: gehaald."
    assert sentence(proposal, "coverage", "factories") == "Fabrieken: 3 van 3 ketens bekend (100 %), gevraagd 75 %"


def test_a_share_just_short_is_not_rounded_up_to_the_minimum(stone: Pack, good: Case) -> None:
    coverage = {**good.coverage, "factories": Share(7499, 10000), "quarries": Share(7, 15)}
    proposal = propose(stone, replace(good, coverage=coverage))
    assert proposal.coverage_failed == ("factories", "quarries")
    assert "(74,9 %), gevraagd 75 %" in sentence(proposal, "coverage", "factories")
    english = next(r.text.en for r in proposal.reasons if r.subject == "quarries")
    assert english == "Quarries: 7 of 15 chains known (46.7%), required 50%"


def test_a_report_not_delivered_is_not_met(stone: Pack, good: Case) -> None:
    proposal = propose(stone, replace(good, report_delivered=False))
    assert (proposal.meets, proposal.colour) == (False, "red")
    assert [r.code for r in proposal.open_reasons] == ["report"]


@pytest.mark.parametrize(
    ("agreed", "colour"),
    [
        (None, "red"),
        (date(2021, 9, 30), "red"),
        (date(2021, 10, 1), "orange"),
        (date(2022, 9, 30), "orange"),
        (date(2022, 10, 1), "red"),
    ],
)
def test_orange_needs_a_date_within_the_running_year(stone: Pack, good: Case, agreed: date | None, colour: str) -> None:
    proposal = propose(stone, replace(good, plan_delivered=False, improvement_date=agreed))
    assert proposal.colour == colour
    assert proposal.reasons[-1].code == "agreed_date"


def test_a_date_does_not_matter_when_all_is_met(stone: Pack, good: Case) -> None:
    assert propose(stone, replace(good, improvement_date=date(2022, 1, 1))).colour == "green"


def test_the_running_year_also_ends_well_in_february() -> None:
    from toetssteen.core.frameworks import MonthDay, YearCalendar

    calendar = YearCalendar(MonthDay(3, 1))
    assert calendar.agreed_date_limit(date(2023, 2, 28), 12) == date(2024, 2, 29)


def test_limit_of_the_pack(stone: Pack, cocoa: Pack) -> None:
    assert improvement_limit(stone, END) == date(2022, 9, 30)
    assert improvement_limit(cocoa, date(2031, 12, 31)) == date(2031, 12, 31)


def test_a_key_question_fails_below_its_level_whatever_the_score(stone: Pack, good: Case) -> None:
    levels = dict.fromkeys(good.levels, "fully")
    proposal = propose(stone, replace(good, levels={**levels, "q-2-3-01": "partly"}))
    assert proposal.keys_failed == ("q-2-3-01",)
    assert "'deels', niet gehaald, gevraagd is ten minste 'grotendeels'" in sentence(proposal, "key", "q-2-3-01")


def test_a_key_question_of_a_later_year_does_not_count_yet(stone: Pack, good: Case) -> None:
    weak = replace(good, levels={**good.levels, "q-3-1-01": "none", "q-4-1-01": "none"})
    assert propose(stone, weak).keys_failed == ()
    covered = replace(weak, report_year=4)
    assert propose(stone, covered).keys_failed == ("q-3-1-01", "q-4-1-01")


def test_a_key_question_without_base_does_not_fail_but_no_publication_does(stone: Pack, good: Case) -> None:
    facts = {**good.facts, "plan.actions_done_share": Share(0, 0), "publication.age_months": None}
    levels = {q: level for q, level in good.levels.items() if q != "q-3-2-03"} | {"q-5-1-01": "none"}
    proposal = propose(stone, replace(good, report_year=4, facts=facts, levels=levels))
    assert proposal.keys_failed == ("q-5-1-01",)
    assert "niets om te tellen" in sentence(proposal, "key", "q-3-2-03")
    picked = propose(stone, replace(good, report_year=4, facts=facts, levels={**levels, "q-3-2-03": "none"}))
    assert picked.keys_failed == ("q-3-2-03", "q-5-1-01")


def test_a_key_question_that_does_not_apply_counts_as_met(stone: Pack, good: Case) -> None:
    facts = {**good.facts, "chains.non_eea_count": 0}
    proposal = propose(stone, replace(good, facts=facts, levels={**good.levels, "q-2-2-01": "none"}))
    assert proposal.keys_failed == ()
    assert "niet van toepassing" in sentence(proposal, "key", "q-2-2-01")


def test_no_own_chains_is_not_covered(stone: Pack, good: Case) -> None:
    proposal = propose(stone, replace(good, coverage={}))
    assert proposal.coverage_failed == ("direct_suppliers", "factories", "quarry_areas", "quarries")
    assert "geen eigen ketens opgegeven" in sentence(proposal, "coverage")


def test_exempt_means_no_colour_with_the_reason(stone: Pack, good: Case) -> None:
    proposal = propose(stone, replace(good, exemption="late_joiner", report_year=None))
    assert (proposal.meets, proposal.colour, proposal.exemption) == (None, None, "late_joiner")
    assert proposal.reasons[0].text.nl == "Geen verslag nodig: laat toegetreden. Er is geen voorstel voor een kleur."
    assert propose(stone, Case("A", None, END)).exemption == "non_importer"
    with pytest.raises(LookupError, match="'holiday'"):
        propose(stone, replace(good, exemption="holiday"))
    with pytest.raises(ValueError, match="report year"):
        propose(stone, replace(good, report_year=None))


def test_placeholder_norms_are_marked_in_the_reasons(stone: Pack, good: Case) -> None:
    second, third = propose(stone, good), propose(stone, replace(good, report_year=3))
    assert [r.placeholder for r in second.reasons if r.code == "score"] == [False]
    assert [r.placeholder for r in third.reasons if r.code == "score"] == [True]
    assert all(r.placeholder for r in second.reasons if r.code == "coverage")


def test_public_communication_by_the_rule_of_the_pack(stone: Pack, cocoa: Pack) -> None:
    assert publication_present(stone, {"q-5-1-01": "partly"}, {"publication.age_months": 24})
    assert not publication_present(stone, {"q-5-1-01": "partly"}, {"publication.age_months": 25})
    assert not publication_present(stone, {"q-5-1-01": "none"}, {"publication.age_months": 3})
    assert not publication_present(stone, {}, {"publication.age_months": 3})
    assert not publication_present(stone, {"q-5-1-01": "fully"}, {"publication.age_months": None})
    assert not publication_present(cocoa, {}, {})


def test_levels_follow_facts(stone: Pack) -> None:
    coverage, age = stone.question("q-2-1-03"), stone.question("q-5-1-01")
    shares = [Share(24, 100), Share(25, 100), Share(3, 4), Share(1, 1), Share(0, 0), None, 75, Fraction(74)]
    assert [proposed_level(stone, coverage, fact) for fact in shares] == [
        *("none", "partly", "largely", "fully", None, None, "largely", "partly")
    ]
    assert [proposed_level(stone, age, months) for months in (0, 12, 13, 18, 24, 25, None)] == [
        *("fully", "fully", "largely", "largely", "partly", "none", "none")
    ]
    assert proposed_level(stone, stone.question("q-1-1-01"), 100) is None
    facts = {"coverage.factories": Share(1, 2), "coverage.quarries": Share(0, 0)}
    assert proposed_levels(stone, stone.questions_for("B"), facts) == {"q-2-1-03": "partly"}


def test_an_unknown_fact_never_takes_a_question_away(stone: Pack) -> None:
    assert not_applicable(stone, "C", {}) == ()
    assert len(applicable(stone, "C", {})) == 57
    light = applicable(stone, "C", {}, "trustone-2019-small")
    assert {"q-2-1-06", "q-2-3-04"} <= {q.id for q in light}
    facts = {"chains.hand_work_count": 0, "projects.joined_count": 1}
    assert len(applicable(stone, "C", facts, "trustone-2019-small")) == 39


def test_evidence_caps_only_where_the_pack_says_so(stone: Pack, cocoa: Pack) -> None:
    assert allowed_level(stone, "fully", has_evidence=False) == "fully"
    assert allowed_level(cocoa, "whole", has_evidence=False) == "half"
    assert allowed_level(cocoa, "whole", has_evidence=True) == "whole"
    assert allowed_level(cocoa, "red_bean", has_evidence=False) == "red_bean"


def test_an_empty_weight_group_leaves_and_the_rest_makes_100(cocoa: Pack) -> None:
    sheet = score(cocoa, "maker", {"farms": "whole"}, {"farms.children_count": 0})
    assert sheet.groups["act"].weight == 0
    assert sheet.groups["look"].weight == 100
    assert sheet.exact_total == 60
    assert sheet.not_applicable == ("school",)


def test_another_sector_is_scored_by_the_same_engine(cocoa: Pack) -> None:
    case = Case(
        profile="maker",
        report_year=2,
        year_end=date(2032, 12, 31),
        levels={"farms": "whole", "prices": "half", "school": "half"},
        facts={"farms.children_count": 2},
        coverage={"villages": Share(9, 10), "farms": Share(3, 10)},
        report_delivered=True,
        plan_delivered=True,
    )
    proposal = propose(cocoa, case)
    assert proposal.sheet is not None
    assert str(proposal.sheet.total) == "68.0"  # 60 x 4/5 + 40 x 2/4
    assert (proposal.meets, proposal.colour) == (True, "gold")
    short = propose(cocoa, replace(case, coverage={"villages": Share(8, 10), "farms": Share(3, 10)}))
    assert (short.colour, short.coverage_failed) == ("grey", ("villages",))
    agreed = propose(cocoa, replace(case, plan_delivered=False, improvement_date=date(2033, 3, 1)))
    assert agreed.colour == "grey"


def test_unknown_names_are_refused(stone: Pack) -> None:
    with pytest.raises(LookupError, match="question 'q-x'"):
        score(stone, "C", {"q-x": "fully"}, {})
    with pytest.raises(LookupError, match="level 'superb'"):
        score(stone, "C", {"q-1-1-01": "superb"}, {})
    with pytest.raises(LookupError, match="profile 'Z'"):
        score(stone, "Z", {}, {})
