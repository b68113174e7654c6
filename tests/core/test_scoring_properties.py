"""What must hold for every report: a better answer never costs, weights make 100, the total lies from 0 to 100."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.conftest import PACKS
from toetssteen.core.frameworks import Pack, Share, load_pack, read_pack
from toetssteen.core.scoring import Case, applicable, asked, propose, proposed_level, rounded, score

STONE = load_pack(read_pack(PACKS / "trustone-2019"))
COCOA = load_pack(read_pack(PACKS / "examples" / "cacao-2031"))
WAYS = [
    (STONE, "C", None),
    (STONE, "C", "trustone-2019-small"),
    (STONE, "B", None),
    (STONE, "A", None),
    (COCOA, "maker", None),
]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def facts(draw: st.DrawFn, pack: Pack) -> dict[str, object]:
    found: dict[str, object] = {}
    for fact in pack.framework.platform_facts.values():
        if fact.unit == "percent":
            whole = draw(st.integers(0, 4))
            found[fact.id] = Share(draw(st.integers(0, whole)), whole)
        elif fact.unit != "date" and draw(st.booleans()):
            found[fact.id] = draw(st.one_of(st.none(), st.integers(0, 30)))
    return found


@st.composite
def reports(draw: st.DrawFn) -> tuple[Pack, str, str | None, dict[str, object], dict[str, str]]:
    pack, profile, variant = draw(st.sampled_from(WAYS))
    levels = [level.id for level in pack.framework.levels]
    known = draw(facts(pack))
    seed = draw(st.randoms(use_true_random=False))
    chosen = {q.id: seed.choice(levels) for q in pack.questions_for(profile, variant) if seed.random() < 0.8}
    return pack, profile, variant, known, chosen


@quick
@given(reports(), st.randoms(use_true_random=False))
def test_a_better_answer_never_lowers_a_score(report, random) -> None:  # type: ignore[no-untyped-def]
    pack, profile, variant, known, levels = report
    order = [level.id for level in pack.framework.levels]
    before = score(pack, profile, levels, known, variant)
    question = random.choice(pack.questions_for(profile, variant))
    now = levels.get(question.id, pack.framework.unanswered_level)
    for better in order[order.index(now) + 1 :]:
        after = score(pack, profile, {**levels, question.id: better}, known, variant)
        assert after.exact_total >= before.exact_total
        assert all(after.groups[g].score >= before.groups[g].score for g in before.groups)
        if question.id in before.levels:
            assert after.exact_total > before.exact_total
        before = after


@quick
@given(reports())
def test_weights_make_100_and_the_total_lies_between_0_and_100(report) -> None:  # type: ignore[no-untyped-def]
    pack, profile, variant, known, levels = report
    sheet = score(pack, profile, levels, known, variant)
    if any(group.possible for group in sheet.groups.values()):
        assert sum(group.weight for group in sheet.groups.values()) == 100
    assert 0 <= sheet.exact_total <= 100
    assert 0 <= sheet.total <= 100
    assert sum(sheet.steps.values()) == sheet.exact_total
    assert abs(Fraction(sheet.total) - sheet.exact_total) <= Fraction(1, 2 * 10**sheet.decimals)
    assert isinstance(sheet.total, Decimal)


@quick
@given(reports())
def test_full_marks_make_100_and_no_answers_make_0(report) -> None:  # type: ignore[no-untyped-def]
    pack, profile, variant, known, _ = report
    questions = applicable(pack, profile, known, variant)
    best = score(pack, profile, {q.id: pack.framework.highest_level for q in questions}, known, variant)
    if questions and pack.profile(profile).groups:
        assert best.exact_total == 100
    assert score(pack, profile, {}, known, variant).exact_total == 0


@quick
@given(reports(), st.integers(1, 7))
def test_later_years_ask_more_never_less(report, year: int) -> None:  # type: ignore[no-untyped-def]
    pack, profile, variant, known, _ = report
    now = {q.id for q in asked(pack, profile, year, known, variant)}
    then = {q.id for q in asked(pack, profile, year + 1, known, variant)}
    assert now <= then <= {q.id for q in applicable(pack, profile, known, variant)}


@quick
@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 40))
def test_a_higher_fact_never_lowers_a_proposed_level(a: int, b: int, whole: int) -> None:
    low, high = sorted((min(a, whole), min(b, whole)))
    for question in STONE.framework.questions.values():
        if question.auto_level:
            first = proposed_level(STONE, question, Share(low, whole))
            second = proposed_level(STONE, question, Share(high, whole))
            assert first is not None
            assert second is not None
            assert STONE.framework.at_least(second, first)


@quick
@given(reports(), st.integers(1, 7), st.booleans(), st.booleans(), st.booleans())
def test_a_colour_follows_only_from_the_checks(report, year, delivered, plan, public) -> None:  # type: ignore[no-untyped-def]
    pack, profile, variant, known, levels = report
    if not pack.has_rule(profile) or not pack.profile(profile).report_required:
        return
    coverage = {level.id: Share(year, 7) for level in pack.coverage_levels}
    end = pack.settings.calendar.year_end(pack.framework.valid_from)  # type: ignore[arg-type]
    case = Case(profile, year, end, levels, known, coverage, delivered, plan, public, variant=variant)
    proposal = propose(pack, case)
    assert proposal.checks is not None
    assert proposal.meets == proposal.checks.all_met == (not proposal.open_reasons)
    kind = pack.decision.colour(proposal.colour).kind  # type: ignore[arg-type]
    assert (kind == "meets") == proposal.meets
    assert proposal.reasons
    assert all(reason.text.nl and reason.text.en for reason in proposal.reasons)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_rounding_is_half_up_and_never_far(top: int, bottom: int) -> None:
    number = Fraction(top, bottom)
    assert abs(Fraction(rounded(number, 2)) - number) <= Fraction(1, 200)


def test_rounding_on_the_half() -> None:
    assert [str(rounded(Fraction(n, 1000), 2)) for n in (19995, 20085, 20084, 5)] == ["20.00", "20.09", "20.08", "0.01"]
