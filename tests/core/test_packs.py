"""What a loaded pack knows, for stone and for a tiny pack of another sector."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from toetssteen.core.frameworks import Pack, Share, Text, exact


def test_stone_pack_has_what_its_readme_counts(stone: Pack) -> None:
    by_profile = {p.id: len(stone.questions_for(p.id)) for p in stone.framework.profiles}
    assert by_profile == {"C": 57, "B": 9, "A": 6}
    assert len(stone.questions_for("C", "trustone-2019-small")) == 45
    assert (len(stone.themes), len(stone.materials), len(stone.countries)) == (13, 10, 29)
    assert (len(stone.named_areas), len(stone.library), len(stone.targets)) == (11, 58, 42)
    assert sum(q.max_points for q in stone.questions_for("C")) == 400
    assert [level.id for level in stone.framework.levels] == ["none", "partly", "largely", "fully"]


def test_weights_add_up_to_100_in_every_profile(stone: Pack, cocoa: Pack) -> None:
    for pack in (stone, cocoa):
        for profile in pack.framework.profiles:
            if profile.groups:
                assert sum(group.weight for group in profile.groups) == 100


def test_demands_of_the_last_year_stay(stone: Pack, cocoa: Pack) -> None:
    assert stone.rule("C", 9) == stone.rule("C", 5)
    assert stone.rule("C", 1).min_score.value == 20
    assert stone.rule("C", 1).min_score.status == "fact"
    assert stone.rule("C", 3).min_score.placeholder
    assert stone.rule("C", 3).has_placeholder
    assert not stone.rule("C", 1).has_placeholder
    assert cocoa.rule("maker", 7).min_score.value == Fraction(133, 2)
    with pytest.raises(ValueError, match="start at 1"):
        stone.rule("C", 0)
    with pytest.raises(LookupError, match="shop"):
        cocoa.rule("shop", 1)


def test_heaviest_situation_follows_the_order_of_the_pack(stone: Pack, cocoa: Pack) -> None:
    assert stone.heaviest(["A", "C", "B"]) == "C"
    assert stone.heaviest(["A", "B"]) == "B"
    assert stone.heaviest([]) is None
    assert cocoa.heaviest(["shop", "maker"]) == "maker"
    with pytest.raises(LookupError, match="'Z'"):
        stone.heaviest(["Z"])


def test_placeholders_are_marked_per_part(stone: Pack) -> None:
    named = stone.question("q-2-3-01")
    assert named.marks.points_placeholder
    assert not named.marks.key_placeholder
    assert stone.question("q-1-1-01").marks.key_placeholder
    assert stone.question("q-1-1-01").number == "1.1.1"
    assert stone.question("q-2-1-03").number == "2.1.3"


def test_merged_questions_stand_where_the_first_one_stood(stone: Pack) -> None:
    ids = [q.id for q in stone.questions_for("C", "trustone-2019-small")]
    assert ids[:3] == ["q-s-1-1-a", "q-1-1-02", "q-1-1-05"]
    merged = stone.question("q-s-4-1-a")
    assert (merged.from_year, merged.key_from_year, merged.number) == (2, 4, "4.1.1")
    with pytest.raises(LookupError, match="for profile 'C'"):
        stone.questions_for("B", "trustone-2019-small")


def test_every_option_and_column_has_words_in_both_languages(stone: Pack) -> None:
    for question in stone.framework.questions.values():
        for name in (*question.answer.options, *question.answer.columns):
            assert name in stone.framework.answer_labels, name


def test_exemptions_come_from_the_pack(stone: Pack, cocoa: Pack) -> None:
    end = date(2020, 9, 30)
    assert stone.exemption("A", date(2019, 10, 1), end).id == "non_importer"  # type: ignore[union-attr]
    assert stone.exemption("C", date(2020, 6, 30), end) is None
    assert stone.exemption("C", date(2020, 7, 1), end).id == "late_joiner"  # type: ignore[union-attr]
    assert stone.exemption("C", date(2020, 7, 1), date(2021, 9, 30)) is None
    assert cocoa.exemption("maker", date(2031, 11, 1), date(2031, 12, 31)).id == "came_late"  # type: ignore[union-attr]


def test_texts_choose_their_language() -> None:
    text = Text(nl="steen", en="stone")
    assert (text.in_("nl"), text.in_("nl-BE"), text.in_("en"), text.in_("fr"), str(text)) == (
        "steen",
        "steen",
        "stone",
        "stone",
        "steen",
    )


def test_shares_compare_exactly() -> None:
    assert Share(2, 8).reaches(25)
    assert not Share(7, 15).reaches(50)
    assert Share(1, 3).reaches(Fraction(100, 3))
    assert not Share(999_999, 1_000_000).reaches(100)
    assert not Share(0, 0).reaches(1)
    assert Share(0, 0).reaches(0)
    assert Share(0, 0).percent is None
    with pytest.raises(ValueError, match="negative"):
        Share(-1, 3)


def test_numbers_are_read_exactly() -> None:
    assert exact(0.3) == exact("0.3") == Fraction(3, 10)
    with pytest.raises(TypeError):
        exact(True)
    with pytest.raises(ValueError, match="not a number"):
        exact("many")
