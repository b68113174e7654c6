"""What the public may see of the figures, and what an attacker could make of it."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from typing import Any

import pytest

from tests.cast import Cast
from toetssteen.core.access import Audience
from toetssteen.core.disclosure import Sum, derivable
from toetssteen.core.frameworks import Text
from toetssteen.covenant.queries import pack_of
from toetssteen.insights.compute import compute, hidden_figures
from toetssteen.insights.definitions import Definition, DefinitionError, definitions
from toetssteen.insights.measures import MEASURES, Counted
from toetssteen.insights.queries import as_row

WORDS = Text("tekst", "text")


def figure(name: str, protect: str = "count", **more: Any) -> Definition:
    return Definition(name, "assessed", WORDS, WORDS, "companies", True, protect, **more)


def test_a_small_count_is_hidden_and_a_large_one_is_not(cast: Cast) -> None:
    pack = pack_of(cast.years[1])
    wanted = [figure("four"), figure("five"), figure("none"), figure("few", allow="companies_meeting")]
    counted = {"four": Counted(4, 4), "five": Counted(5, 5), "none": Counted(0, 0), "few": Counted(2, 2)}
    assert hidden_figures(wanted, counted, pack) == {"four"}


def test_a_part_is_hidden_when_the_rest_of_its_whole_is_small(cast: Cast) -> None:
    pack = pack_of(cast.years[1])
    wanted = [figure("most", "part"), figure("half", "part")]
    counted = {"most": Counted(Fraction(90), 24, whole=26), "half": Counted(Fraction(50), 13, whole=26)}
    assert hidden_figures(wanted, counted, pack) == {"most"}


def test_an_average_over_few_companies_is_hidden(cast: Cast) -> None:
    pack = pack_of(cast.years[1])
    counted = {"few": Counted(Fraction(37), 4), "many": Counted(Fraction(37), 5)}
    assert hidden_figures([figure("few", "average"), figure("many", "average")], counted, pack) == {"few"}


def test_a_volume_that_one_company_dominates_is_hidden(cast: Cast) -> None:
    pack = pack_of(cast.years[1])
    even = tuple(Fraction(10) for _ in range(8))
    one = (Fraction(900), *even)
    wanted = [figure("even", "volume"), figure("one", "volume")]
    counted = {"even": Counted(Fraction(20), 8, even), "one": Counted(Fraction(20), 9, one)}
    assert hidden_figures(wanted, counted, pack) == {"one"}


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        ((8, 11, 2), 21),
        ((2, 4, 17, 1, 2), 26),
        ((20, 1, 5), 26),
        ((30, 3), 33),
        ((7, 7, 7), 25),
        ((1,), 12),
        ((6, 2), 8),
    ],
)
def test_no_hidden_cell_of_a_table_follows_from_its_total(cast: Cast, cells: tuple[int, ...], whole: int) -> None:
    """The total is a figure of its own and stays shown, so the attacker knows it."""
    pack = pack_of(cast.years[1])
    wanted = [figure(f"c{n}", "table", table="t") for n in range(len(cells))]
    counted = {f"c{n}": Counted(value, value, whole=whole) for n, value in enumerate(cells)}
    hidden = hidden_figures(wanted, counted, pack)
    counts = {f"c{n}": value for n, value in enumerate(cells)}
    rest = whole - sum(cells)
    if rest:
        counts["rest"] = rest
    known = {**counts, "total": whole}
    unseen = hidden | ({"rest"} if rest else set())
    told = set(derivable(known, [Sum("total", tuple(counts))], unseen, 5))
    assert not told & hidden
    assert all(f"c{n}" in hidden for n, value in enumerate(cells) if 0 < value < 5)


def test_figures_for_the_secretariat_never_enter_the_public_view(cast: Cast) -> None:
    pack = pack_of(cast.years[1])
    secret = [d for d in definitions(pack) if not d.public]
    assert len(secret) > 10
    from toetssteen.insights.raw import Raw

    shown = compute(Raw(dt.date(2020, 12, 1)), definitions(pack), pack=pack, public=True)
    assert not {d.id for d in secret} & {f.id for f in shown}
    text = json.dumps([as_row(f) for f in shown])
    assert not any(f'"{d.id}"' in text for d in secret)


def test_any_other_audience_gets_the_public_view(cast: Cast) -> None:
    from toetssteen.insights.queries import figures

    for audience in (Audience.PUBLIC, Audience.SIGNED_IN, Audience.MEMBER, Audience.PARTIES):
        ids = {f.id for f in figures(1, audience, today=dt.date(2020, 12, 1))}
        assert "medium_companies_nl" not in ids
    ids = {f.id for f in figures(1, Audience.SECRETARIAT, today=dt.date(2020, 12, 1))}
    assert "medium_companies_nl" in ids


def test_every_definition_names_a_measure_and_speaks_both_languages(cast: Cast) -> None:
    found = definitions(pack_of(cast.years[1]))
    assert len(found) == 123
    for one in found:
        assert one.measure in MEASURES, one.id
        for words in (one.text, one.denominator):
            assert words.nl, one.id
            assert words.en, one.id
            assert words.nl != words.en, one.id


def test_a_definition_that_names_no_measure_is_refused() -> None:
    from toetssteen.insights.definitions import _definition

    with pytest.raises(DefinitionError, match="'x' names the measure 'guess'"):
        _definition({"id": "x", "measure": "guess", "nl": "a", "en": "b"})
    with pytest.raises(DefinitionError, match="unknown protection"):
        _definition({"id": "x", "measure": "assessed", "protect": "hope", "nl": "a", "en": "b"})


def test_without_decisions_nothing_is_made_up(cast: Cast) -> None:
    from toetssteen.insights.queries import figures

    found = {f.id: f for f in figures(1, Audience.SECRETARIAT, today=dt.date(2020, 12, 1))}
    assert found["assessed_y1"].value == 0
    assert found["avg_quarries_known_y1"].status == "unknown"
    assert found["import_share_nl_end_y1"].status == "unknown"
    assert found["most_reported_theme_y1"].status == "unknown"
    assert found["isv_volume_y1"].value == "no reliable figure"
