"""Readings over the years: what was not given stays not given, corrections keep what stood there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.evaluation.conftest import LAST, NOW, SECRET, TODAY, data
from toetssteen.documents.models import Evidence
from toetssteen.evaluation import queries, services
from toetssteen.evaluation.models import Reading
from toetssteen.foundation import hooks
from toetssteen.foundation.models import ImmutableError
from toetssteen.foundation.pages import Refused
from toetssteen.plans.models import Objective


def values(goal: Objective, until: int | None = None) -> list[tuple[int, Decimal | str | None]]:
    years = queries.history([goal], until)[goal.pk]
    return [(y.year_number, None if y.reading is None else y.reading.words or y.reading.value) for y in years]


def test_the_history_follows_the_goal_back_and_a_year_without_a_reading_is_not_given(line, note):
    first, second, third = line()
    note(third, 20, year=1)
    note(third, 0, year=3, measured_on=dt.date(2022, 3, 1))
    note(third, 50, year=3, measured_on=dt.date(2022, 9, 1))
    note(third, words="The masks are too tight", year=3)
    assert values(third) == [(1, Decimal(20)), (2, None), (3, Decimal(50))]
    assert values(second, until=2) == [(1, Decimal(20)), (2, None)]  # what came later does not reach back
    assert values(first) == [(1, Decimal(20)), (2, None), (3, Decimal(50))]
    newest = queries.history([third])[third.pk][-1]
    assert [r.value for r in newest.figures] == [0, 50]
    assert [r.words for r in newest.voices] == ["The masks are too tight"]
    found = hooks.said("readings_of_goals", goals=[third])[0][third.pk]
    assert [(row["said"], row["is_given"]) for row in found] == [("20%", True), ("", False), ("50%", True)]
    assert "tight" not in str(found)
    earlier = hooks.said("readings_of_goals", goals=[second])[0][second.pk]
    assert [row["year_number"] for row in earlier] == [1, 2]  # a plan of year 2 never says what came later


def test_a_new_goal_has_one_year_and_words_alone_are_a_reading_without_a_figure(line, note):
    (goal,) = line(years=(3,))
    assert values(goal) == [(3, None)]
    note(goal, words="It is better now")
    assert values(goal) == [(3, "It is better now")]
    assert hooks.said("readings_of_goals", goals=[goal])[0][goal.pk][0]["is_given"] is False


def correct(cast, goal, old, value, reason="Counted one saw twice", who="editor"):
    return services.correct_reading(
        actor=cast.actor(who), reading_id=old.pk, goal_id=goal.pk, page_year=LAST, data=data(value), reason=reason,
        today=TODAY, now=NOW,
    )  # fmt: skip


def test_a_correction_stands_in_the_place_of_the_old_reading_which_stays(cast, line, note):
    goal = line()[-1]
    wrong = note(goal, 60)
    better = correct(cast, goal, wrong, 55)
    best = correct(cast, goal, better, 50)
    assert values(goal)[-1] == (3, Decimal(50))
    with pytest.raises(Refused, match="in the meantime"):
        correct(cast, goal, wrong, 10)
    with pytest.raises(ValidationError, match="Say why"):
        correct(cast, goal, best, 45, reason=" ")
    row = queries.board_of(cast.actor("reader"), goal.plan.organisation_id, cast.years[3]).goals[0].years[-1]
    assert [old.value for old in row.former] == [60, 55]
    wrong.value = Decimal(99)
    with pytest.raises(ImmutableError):
        wrong.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_reading SET value = 99")


def test_what_is_removed_is_not_given_any_more_and_says_why(cast, line, note):
    goal = line()[-1]
    note(goal, 40, year=2)
    wrong = note(goal, 60, year=3)
    services.remove_reading(
        actor=cast.actor("editor"), reading_id=wrong.pk, goal_id=goal.pk, page_year=LAST, reason="Another factory",
        now=NOW,
    )  # fmt: skip
    assert values(goal) == [(1, None), (2, Decimal(40)), (3, None)]
    row = queries.board_of(cast.actor("reader"), goal.plan.organisation_id, cast.years[3]).goals[0].years[-1]
    assert [(old.value, gone.reason) for old, gone in row.removed] == [(60, "Another factory")]
    assert Reading.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"measured_on": dt.date(2022, 11, 16)}, "not come yet"),
        ({"year": 4}, "Choose a year"),
        ({"value": None}, "Enter one number"),
        ({"source": "guess"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_is_refused(line, note, wrong, said):
    goal = line()[-1]
    with pytest.raises(ValidationError, match=said):
        note(goal, **{"value": 5, **wrong})
    assert not Reading.objects.exists()


def test_evidence_is_the_companys_own_and_is_known_to_be_used(cast, line, note):
    rows = {
        firm: Evidence.objects.create(
            organisation=cast.organisations[firm], kind="visit_report", title=SECRET, file_name="a.pdf",
            sha256=firm.ljust(64, "0"), uploaded_at=NOW,
        )
        for firm in ("mason", "granite")
    }  # fmt: skip
    goal = line()[-1]
    with pytest.raises(ValidationError, match="your own evidence"):
        note(goal, 5, evidence_ids=(rows["granite"].pk,))
    assert not Reading.objects.exists()
    note(goal, 5, evidence_ids=(rows["mason"].pk,))
    from toetssteen.documents.hooks import usages

    used = usages([row.pk for row in rows.values()])
    assert [use.handed_in for use in used[rows["mason"].pk]] == [False]
    assert used[rows["granite"].pk] == []


def test_progress_and_a_step_back_are_said_only_where_the_words_allow_it(cast, line, note):
    less = line(baseline="90 days", target="30 days", indicator="lead time lost (days)")
    for value, year in ((50, 1), (70, 3)):
        note(less[-1], value, year=year)
    words = line(baseline="few", target="all")
    note(words[-1], 7)
    shown = queries.board_of(cast.actor("reader"), less[0].plan.organisation_id, cast.years[3]).goals
    by_goal = {row.goal.pk: row for row in shown}
    years = by_goal[less[-1].pk].years
    assert [(y.part and str(y.part), y.went_back, y.back_since) for y in years] == [
        ("2/3", None, None), (None, None, 1), ("1/3", True, 1),
    ]  # fmt: skip
    assert by_goal[words[-1].pk].years[-1].part is None
