"""Which report of a company it is, worked out by hand for the awkward cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toetssteen.core.calendar import (
    SUSPENDED,
    DatedSituation,
    Period,
    ReportingRules,
    covenant_year,
    default_extension_date,
    exemption,
    is_member,
    joined_on,
    report_due,
    report_year_number,
    reporting_rules,
    reports_due,
    situation_on,
    whole_months,
)
from toetssteen.core.frameworks import Pack, add_months

START = date(2019, 10, 1)
END = {year: date(2019 + year, 9, 30) for year in range(1, 7)}
IMPORTS = [DatedSituation(START, "C")]


@pytest.fixture(scope="module")
def rules(stone: Pack) -> ReportingRules:
    return reporting_rules(stone)


@pytest.fixture(scope="module")
def full_years(rules: ReportingRules) -> ReportingRules:
    return replace(rules, method="full_years_min_1")


def numbers(rules: ReportingRules, periods: list[Period], situations: list[DatedSituation]) -> list[int | None]:
    return [report_year_number(rules, periods, situations, END[year]) for year in range(1, 6)]


def test_the_covenant_year_comes_from_the_pack(stone: Pack, cocoa: Pack) -> None:
    assert covenant_year(stone, date(2020, 9, 30)) == (date(2019, 10, 1), date(2020, 9, 30))
    assert covenant_year(stone, date(2020, 10, 1)) == (date(2020, 10, 1), date(2021, 9, 30))
    assert covenant_year(cocoa, date(2032, 2, 29)) == (date(2032, 1, 1), date(2032, 12, 31))


def test_member_from_the_start(rules: ReportingRules, full_years: ReportingRules) -> None:
    periods = [Period(START)]
    assert numbers(rules, periods, IMPORTS) == [1, 2, 3, 4, 5]
    assert numbers(full_years, periods, IMPORTS) == [1, 2, 3, 4, 5]


def test_who_signed_before_the_covenant_began_starts_with_it(rules: ReportingRules) -> None:
    early = [Period(date(2019, 5, 13))]
    assert numbers(rules, early, [DatedSituation(date(2019, 5, 13), "C")]) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("joined", "by_reports", "by_years"),
    [
        (date(2020, 6, 30), [1, 2, 3, 4, 5], [1, 1, 2, 3, 4]),
        (date(2020, 7, 1), [None, 1, 2, 3, 4], [None, 1, 2, 3, 4]),
        (date(2020, 7, 15), [None, 1, 2, 3, 4], [None, 1, 2, 3, 4]),
        (date(2020, 9, 30), [None, 1, 2, 3, 4], [None, 1, 2, 3, 4]),
        (date(2020, 10, 1), [None, 1, 2, 3, 4], [None, 1, 2, 3, 4]),
        (date(2021, 3, 1), [None, 1, 2, 3, 4], [None, 1, 1, 2, 3]),
    ],
)
def test_late_joiner_after_the_third_quarter(
    rules: ReportingRules, full_years: ReportingRules, joined: date, by_reports: list[object], by_years: list[object]
) -> None:
    assert numbers(rules, [Period(joined)], IMPORTS) == by_reports
    assert numbers(full_years, [Period(joined)], IMPORTS) == by_years


def test_a_merger_leaves_the_receiving_company_its_own_history(rules: ReportingRules) -> None:
    """Two members merge into a third on 1 March 2022; the third had joined a year after them."""
    merged = date(2022, 3, 1)
    first = [Period(START, merged, reason="merged")]
    second = [Period(date(2019, 12, 1), merged, reason="merged")]
    third = [Period(date(2020, 11, 1))]
    assert numbers(rules, first, IMPORTS) == [1, 2, None, None, None]
    assert numbers(rules, second, IMPORTS) == [1, 2, None, None, None]
    assert numbers(rules, third, IMPORTS) == [None, 1, 2, 3, 4]


def test_a_new_company_out_of_a_merger_goes_by_its_own_joining(rules: ReportingRules) -> None:
    assert numbers(rules, [Period(date(2022, 7, 2))], IMPORTS) == [None, None, None, 1, 2]


def test_leaving_and_coming_back(rules: ReportingRules, full_years: ReportingRules) -> None:
    """A member for two years, away for a year, back on 1 August 2022: late for year 3, and then its third report."""
    periods = [Period(START, date(2021, 10, 1), reason="left"), Period(date(2022, 8, 1))]
    assert numbers(rules, periods, IMPORTS) == [1, 2, None, 3, 4]
    # full years: 24 months before, then 14 and 26 months: 38 and 50 months together
    assert numbers(full_years, periods, IMPORTS) == [1, 2, None, 3, 4]
    assert joined_on(periods, END[4]) == date(2022, 8, 1)
    assert joined_on(periods, date(2022, 1, 1)) is None


def test_leaving_on_the_last_day_or_the_day_after(rules: ReportingRules) -> None:
    assert numbers(rules, [Period(START, date(2020, 9, 30))], IMPORTS)[0] is None
    assert numbers(rules, [Period(START, date(2020, 10, 1))], IMPORTS)[0] == 1
    assert not is_member([Period(START, date(2020, 9, 30))], date(2020, 9, 30))
    assert is_member([Period(START, date(2020, 9, 30))], date(2020, 9, 29))


def test_situation_changing_from_a_to_c(rules: ReportingRules, full_years: ReportingRules) -> None:
    """Two years without own imports, importing from March 2022: its first report is that of year 3."""
    situations = [DatedSituation(START, "A"), DatedSituation(date(2022, 3, 1), "C")]
    assert numbers(rules, [Period(START)], situations) == [None, None, 1, 2, 3]
    assert numbers(full_years, [Period(START)], situations) == [None, None, 3, 4, 5]
    assert situation_on(situations, date(2022, 2, 28)) == "A"
    assert situation_on(situations, date(2019, 1, 1)) is None


def test_the_situation_on_the_last_day_decides(rules: ReportingRules) -> None:
    back = [DatedSituation(START, "C"), DatedSituation(date(2020, 9, 30), "A"), DatedSituation(date(2021, 9, 30), "B")]
    assert numbers(rules, [Period(START)], back) == [None, 1, 2, 3, 4]


def test_suspension_takes_the_report_only_if_it_lasts_to_the_end(rules: ReportingRules) -> None:
    short = [Period(START), Period(date(2020, 1, 1), date(2020, 6, 1), SUSPENDED)]
    over_the_end = [Period(START), Period(date(2020, 9, 1), date(2021, 2, 1), SUSPENDED)]
    assert numbers(rules, short, IMPORTS) == [1, 2, 3, 4, 5]
    assert numbers(rules, over_the_end, IMPORTS) == [None, 1, 2, 3, 4]
    assert not is_member(over_the_end, END[1])


def test_a_suspension_between_two_periods_is_no_new_joining(rules: ReportingRules) -> None:
    periods = [
        Period(START, date(2021, 1, 1)),
        Period(date(2021, 1, 1), date(2021, 8, 1), SUSPENDED),
        Period(date(2021, 8, 1)),
    ]
    assert joined_on(periods, END[2]) == START
    assert numbers(rules, periods, IMPORTS) == [1, 2, 3, 4, 5]


def test_no_membership_no_report(rules: ReportingRules) -> None:
    assert reports_due(rules, [], IMPORTS, END[3]) == ()
    assert report_year_number(rules, [], IMPORTS, END[3]) is None
    assert report_year_number(rules, [Period(START)], [], END[3]) is None


def test_report_due_needs_an_importer(stone: Pack) -> None:
    calendar = stone.settings.calendar
    assert report_due(calendar, [Period(START)], END[1], situation_importing=True)
    assert not report_due(calendar, [Period(START)], END[1], situation_importing=False)


def test_exemptions(stone: Pack) -> None:
    late = [Period(date(2020, 7, 15))]
    assert exemption(stone, "C", late, END[1]) == "late_joiner"
    assert exemption(stone, "C", late, END[2]) is None
    assert exemption(stone, "A", [Period(START)], END[1]) == "non_importer"
    assert exemption(stone, "C", [Period(START, date(2020, 3, 1))], END[1]) is None


def test_earlier_terms_can_count(stone: Pack) -> None:
    joined = [Period(date(2015, 1, 1))]
    situations = [DatedSituation(date(2015, 1, 1), "C")]
    longer = reporting_rules(stone, since=date(2017, 10, 1))
    assert report_year_number(longer, joined, situations, END[1]) == 3


def test_impossible_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2020, 1, 2), date(2020, 1, 1))
    with pytest.raises(ValueError, match="'asleep'"):
        Period(START, state="asleep")


def test_an_unknown_way_of_counting_is_refused(rules: ReportingRules) -> None:
    with pytest.raises(ValueError, match="'moons'"):
        report_year_number(replace(rules, method="moons"), [Period(START)], IMPORTS, END[1])


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2020, 9, 30), date(2020, 9, 30), 0),
        (date(2020, 8, 31), date(2020, 9, 30), 1),
        (date(2020, 8, 30), date(2020, 9, 30), 1),
        (date(2020, 1, 31), date(2020, 2, 29), 1),
        (date(2020, 1, 31), date(2020, 2, 28), 0),
        (date(2018, 9, 30), date(2020, 9, 30), 24),
        (date(2018, 9, 29), date(2020, 9, 30), 24),
        (date(2018, 10, 1), date(2020, 9, 30), 23),
    ],
)
def test_whole_months_are_rounded_down(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


def test_months_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before"):
        whole_months(date(2020, 2, 1), date(2020, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 600))
def test_whole_months_undo_adding_months(day: date, months: int) -> None:
    assert whole_months(day, add_months(day, months)) == months


def test_default_extension(stone: Pack, cocoa: Pack) -> None:
    assert default_extension_date(stone, date(2020, 9, 30)) == date(2021, 4, 1)
    assert default_extension_date(cocoa, date(2031, 12, 31)) is None
