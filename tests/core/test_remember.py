"""Remembered answers: the same question once, other questions apart, never too many."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace

from tests.cast import PACK_FOLDER
from toetssteen.core.frameworks import Share, load_pack, read_pack
from toetssteen.core.scoring import Case, Remembered, key_of, proposal_of, propose


def test_an_answer_is_worked_out_once_per_pack_and_question() -> None:
    asked: list[str] = []
    memory: Remembered[str] = Remembered(10)
    one, other = object(), object()

    def ask(pack: object, key: str) -> str:
        return memory.get(pack, key, lambda: asked.append(key) or f"{key} of {pack is one}")  # type: ignore[func-returns-value]

    assert [ask(one, "a"), ask(one, "a"), ask(other, "a"), ask(one, "b")] == [
        "a of True",
        "a of True",
        "a of False",
        "b of True",
    ]
    assert asked == ["a", "a", "b"]


def test_the_memory_keeps_the_latest_only() -> None:
    memory: Remembered[int] = Remembered(2)
    pack = object()
    for number in (1, 2, 1, 3):
        memory.get(pack, number, lambda number=number: number)
    assert len(memory) == 2
    assert memory.get(pack, 1, lambda: 99) == 1  # asked again, so kept
    assert memory.get(pack, 2, lambda: 99) == 99  # gone


def test_an_error_is_not_remembered() -> None:
    memory: Remembered[int] = Remembered(2)
    pack = object()
    with contextlib.suppress(ZeroDivisionError):
        memory.get(pack, "a", lambda: 1 // 0)
    assert memory.get(pack, "a", lambda: 5) == 5


def test_the_order_does_not_count_but_kinds_of_values_do() -> None:
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
    assert key_of({"a": 1}) != key_of({"a": True})
    assert key_of({"a": None}) != key_of({})
    assert key_of({"a": Share(0, 0)}) != key_of({"a": None})


def test_a_remembered_proposal_is_what_the_rule_says_for_every_change() -> None:
    pack = load_pack(read_pack(PACK_FOLDER))
    case = Case(profile="C", report_year=2, year_end=dt.date(2021, 9, 30), report_delivered=True)
    question = pack.questions_for("C", None)[0].id
    level = pack.framework.highest_level
    changed = [
        case,
        replace(case, levels={question: level}),
        replace(case, report_year=3),
        replace(case, facts={"chains.count": 4}),
        replace(case, coverage={lv.id: Share(3, 4) for lv in pack.coverage_levels}),
        replace(case, plan_delivered=True),
        replace(case, public_communication=True),
        replace(case, improvement_date=dt.date(2022, 3, 1)),
        replace(case, report_delivered=False),
    ]
    for _again in range(2):
        for one in changed:
            assert proposal_of(pack, one) == propose(pack, one)
    assert proposal_of(pack, case) is proposal_of(pack, replace(case))
    assert len({str(proposal_of(pack, one)) for one in changed}) >= 7
