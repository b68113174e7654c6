"""When a public report is due, which parts reach which level, and which words promise too much; worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toetssteen.core.calendar import SUSPENDED, Period, Telling, publication_check
from toetssteen.core.frameworks import Need, Pack, ReportCriterion, check_pack, load_pack, read_pack

FOLDER = Path(__file__).resolve().parents[2] / "packs" / "trustone-2019"
JOINED = date(2019, 10, 1)
# The first report is due 12 months after joining; then one holds for 24 months. Covenant years end on 30 September.


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(read_pack(FOLDER))


@pytest.mark.parametrize(
    ("periods", "told", "on", "state", "due", "late"),
    [
        # Joined on 1 October 2019: due on 1 October 2020, which is in the next covenant year until 30 September 2020.
        ([Period(JOINED)], [], date(2020, 9, 30), Telling.NOT_YET, date(2020, 10, 1), 0),
        ([Period(JOINED)], [], date(2020, 10, 1), Telling.DUE, date(2020, 10, 1), 0),
        ([Period(JOINED)], [], date(2020, 10, 2), Telling.LATE, date(2020, 10, 1), 0),
        ([Period(JOINED)], [], date(2020, 11, 1), Telling.LATE, date(2020, 10, 1), 1),
        ([Period(JOINED)], [], date(2022, 9, 30), Telling.LATE, date(2020, 10, 1), 23),
        # A report of 15 March 2021 holds until 15 March 2023.
        ([Period(JOINED)], [date(2021, 3, 15)], date(2021, 9, 30), Telling.IN_ORDER, date(2023, 3, 15), 0),
        ([Period(JOINED)], [date(2021, 3, 15)], date(2023, 3, 15), Telling.IN_ORDER, date(2023, 3, 15), 0),
        ([Period(JOINED)], [date(2021, 3, 15)], date(2023, 5, 15), Telling.LATE, date(2023, 3, 15), 2),
        # Of two reports the newest counts; one of the future does not count yet.
        ([Period(JOINED)], [date(2022, 1, 31), date(2021, 3, 15)], date(2023, 9, 30), Telling.IN_ORDER,
         date(2024, 1, 31), 0),
        ([Period(JOINED)], [date(2021, 3, 15)], date(2021, 3, 14), Telling.LATE, date(2020, 10, 1), 5),
        # A report before the first one is due holds at least until that day, and as long as any other.
        ([Period(JOINED)], [date(2019, 12, 1)], date(2020, 1, 1), Telling.IN_ORDER, date(2021, 12, 1), 0),
        # A late joiner (after 30 June): 15 July 2021 makes it due on 15 July 2022, in the next covenant year.
        ([Period(date(2021, 7, 15))], [], date(2021, 9, 30), Telling.NOT_YET, date(2022, 7, 15), 0),
        ([Period(date(2021, 7, 15))], [], date(2021, 10, 1), Telling.DUE, date(2022, 7, 15), 0),
        # Joined on 29 February: a year later that day is 28 February.
        ([Period(date(2020, 2, 29))], [], date(2021, 2, 28), Telling.DUE, date(2021, 2, 28), 0),
        # Left and came back: it begins anew; a report of before still holds when it is not too old.
        ([Period(JOINED, date(2020, 6, 1)), Period(date(2022, 1, 1))], [], date(2022, 9, 30),
         Telling.NOT_YET, date(2023, 1, 1), 0),
        ([Period(JOINED, date(2020, 6, 1)), Period(date(2022, 1, 1))], [date(2020, 5, 1)], date(2022, 9, 30),
         Telling.NOT_YET, date(2023, 1, 1), 0),
        ([Period(JOINED, date(2020, 6, 1)), Period(date(2020, 9, 1))], [date(2020, 5, 1)], date(2021, 10, 1),
         Telling.IN_ORDER, date(2022, 5, 1), 0),
        # A suspension does not begin anew.
        ([Period(JOINED), Period(date(2020, 2, 1), date(2020, 5, 1), SUSPENDED)], [], date(2020, 11, 2),
         Telling.LATE, date(2020, 10, 1), 1),
        # No member any more, not yet, or suspended: nothing is asked.
        ([Period(JOINED, date(2020, 6, 1))], [], date(2021, 1, 1), Telling.NOT_ASKED, None, 0),
        ([Period(JOINED)], [], date(2019, 9, 30), Telling.NOT_ASKED, None, 0),
        ([Period(JOINED), Period(date(2020, 12, 1), None, SUSPENDED)], [], date(2021, 1, 1),
         Telling.NOT_ASKED, None, 0),
    ],
)  # fmt: skip
def test_when_a_report_is_due(
    periods: list[Period], told: list[date], on: date, state: Telling, due: date | None, late: int
) -> None:
    year_end = date(on.year if (on.month, on.day) <= (9, 30) else on.year + 1, 9, 30)
    found = publication_check(periods, told, on, year_end=year_end, first_due_months=12, max_age_months=24)
    assert (found.state, found.due_on, found.months_late) == (state, due, late)


def test_who_need_not_tell_is_not_asked_and_without_an_age_a_report_holds_for_ever() -> None:
    about = {"year_end": date(2030, 9, 30), "first_due_months": 12}
    on, told = date(2030, 1, 1), [date(2020, 1, 1)]
    assert (
        publication_check([Period(JOINED)], told, on, max_age_months=24, is_asked=False, **about).state == "not_asked"
    )
    assert publication_check([Period(JOINED)], told, on, max_age_months=None, **about).state == "in_order"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wij zijn TruStone-gecertificeerd.", [("certified", "gecertificeerd")]),
        ("We are certified by nobody else.", [("certified", "certified")]),
        ("Onze tegels zijn 100 % vrij van kinderarbeid.", [("free_of", "100 % vrij")]),
        ("Onze tegels zijn 100% vrij.", [("free_of", "100% vrij")]),
        ("Kinderarbeidvrije tegels, slave-free stone.", [("free_of", "Kinderarbeidvrije"), ("free_of", "slave-free")]),
        ("A child-labour free zone", [("free_of", "child-labour free")]),
        ("Eerlijk loon is gegarandeerd en wij garanderen rust.",
         [("guaranteed", "gegarandeerd"), ("guaranteed", "garanderen")]),
        ("We guarantee it. Fully sustainable.", [("guaranteed", "guarantee"), ("absolute", "Fully sustainable")]),
        # Denied just before it, or only alike: nothing.
        ("Wij zijn niet gecertificeerd en dit is geen keurmerk.", []),
        ("This is not a quality mark. We never said that we guarantee it.", []),
        ("Er is kinderarbeid in deze streek; vijf vrijwilligers helpen.", []),
        ("Wij steunden een bestaand project met 2.000 euro.", []),
        # What is denied in an earlier sentence counts again.
        ("Het is geen keurmerk. Onze steen is gecertificeerd.", [("certified", "gecertificeerd")]),
        ("", []),
    ],
)  # fmt: skip
def test_words_that_promise_too_much(pack: Pack, text: str, found: list[tuple[str, str]]) -> None:
    assert pack.public_report is not None
    assert [(row.claim.id, row.words) for row in pack.public_report.claims_in(text)] == found


def test_a_level_needs_its_parts_and_says_what_the_next_one_needs(pack: Pack) -> None:
    order = [level.id for level in pack.framework.levels]
    assert pack.public_report is not None
    rules = {row.question: row for row in pack.public_report.criteria}
    policy, small = rules["q-5-1-02"], rules["q-s-5-1-a"]
    assert policy.level(set(), order) == "none"
    assert policy.missing(set(), order) == ("policy_words",)
    assert policy.level({"policy_words"}, order) == "partly"
    assert policy.level({"policy_words", "steps"}, order) == "largely"
    assert policy.missing({"policy_words", "steps"}, order) == ("responsible_words", "coverage")
    assert policy.level({"policy_words", "steps", "responsible_words", "coverage"}, order) == "fully"
    assert policy.missing({"policy_words", "steps", "responsible_words", "coverage"}, order) == ()
    assert [small.level(there, order) for there in ({"risks_own"}, {"risks_own", "policy_words"})] == [
        "partly",
        "largely",
    ]
    assert small.level({"risks_own", "policy_words", "complaint_rules"}, order) == "largely"
    assert ReportCriterion("q", "s", {"fully": Need(("a", "b"), 1)}).level({"b"}, order) == "fully"


def test_a_rule_about_a_question_that_is_not_there_is_found() -> None:
    raw = read_pack(FOLDER)
    raw["public_report"]["criteria"][0]["question"] = "q-9-9-99"
    raw["public_report"]["criteria"][1]["levels"]["partly"]["at_least"] = 5
    said = [finding.reason for finding in check_pack(raw) if finding.file == "public_report"]
    assert len(said) == 2
    assert "q-9-9-99" in said[0]
    assert "more parts than it names" in said[1]
    without = {name: content for name, content in read_pack(FOLDER).items() if name != "public_report"}
    assert load_pack(without).public_report is None
