"""Counting results and insight, from the frozen first decisions of a covenant year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Bin
from toetssteen.insights.measures.register import Counted, measure, percent
from toetssteen.insights.raw import Raw, Result


def chosen_results(raw: Raw, chosen: Mapping[str, Any]) -> list[Result]:
    """The results of the year, of one report year or purchase situation where that is asked."""
    return [
        result
        for result in raw.results(chosen["year"])
        if chosen.get("report_year") in (None, result.report_year)
        and chosen.get("situation") in (None, result.situation)
    ]


def _counted(found: Sequence[Result], whole: int) -> Counted:
    return Counted(len(found), companies=len(found), whole=whole, who=_who(found))


def _who(results: Sequence[Result]) -> frozenset[int]:
    return frozenset(result.organisation_id for result in results)


@measure
def assessed(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies with a final decision on their report of the year."""
    found = chosen_results(raw, chosen)
    return _counted(found, len(found))


def _meeting(results: Sequence[Result], check: str | None = None) -> list[Result]:
    return [r for r in results if (r.checks.get(check, False) if check else r.meets)]


@measure
def meeting(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that met all demands at the first decision, or one check of them."""
    results = chosen_results(raw, chosen)
    return _counted(_meeting(results, chosen.get("check")), len(results))


@measure
def meeting_percent(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The same as a percentage of the companies assessed."""
    results = chosen_results(raw, chosen)
    found = _counted(_meeting(results), len(results))
    return replace(found, value=percent(len(found.who or ()), len(results)))


@measure
def extended(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that got extra time with the first decision."""
    results = chosen_results(raw, chosen)
    return _counted([r for r in results if r.extension_until], len(results))


@measure
def plans(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that owe a plan of action, or that delivered one."""
    results = chosen_results(raw, chosen)
    return _counted([r for r in results if r.plan_delivered or not chosen.get("delivered")], len(results))


@measure
def plans_percent(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that delivered a plan, as a percentage of those that owe one."""
    results = chosen_results(raw, chosen)
    found = _counted([r for r in results if r.plan_delivered], len(results))
    return replace(found, value=percent(len(found.who or ()), len(results)))


def _bin(raw: Raw, year: int, table: str, bin_id: str) -> Bin:
    disclosure = raw.pack(year).disclosure
    for one in disclosure.bins[table] if disclosure else ():
        if one.id == bin_id:
            return one
    raise LookupError(f"The pack has no class '{bin_id}' in '{table}'.")


def _borders(raw: Raw, year: int, table: str) -> set[Fraction]:
    """The numbers at which two neighbouring classes meet."""
    disclosure = raw.pack(year).disclosure
    bins = disclosure.bins[table] if disclosure else ()
    return {b.end for b in bins if b.end is not None} & {b.start for b in bins if b.start is not None}


@measure
def score_band(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that meet the year with a score in one class of the pack."""
    found = _meeting(chosen_results(raw, chosen))
    band = _bin(raw, chosen["year"], "score_percent", chosen["bin"])
    return _counted([r for r in found if band.holds(Fraction(r.total))], len(found))


@measure
def score_on_border(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that meet the year with a score exactly where two classes meet."""
    found = _meeting(chosen_results(raw, chosen))
    borders = _borders(raw, chosen["year"], "score_percent")
    return _counted([r for r in found if Fraction(r.total) in borders], len(found))


def _did(result: Result, groups: Sequence[str], any_points: bool) -> bool:
    """At least half of the weight of these groups together; groups that a company type does not have do not count."""
    have = [result.groups[g] for g in groups if g in result.groups and Fraction(result.groups[g]["possible"])]
    if not have:
        return False
    earned = sum(Fraction(g["weight"]) * Fraction(g["earned"]) / Fraction(g["possible"]) for g in have)
    return earned > 0 if any_points else 2 * earned >= sum(Fraction(g["weight"]) for g in have)


@measure
def steps_done(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that earned at least half of the points of each of some steps; a step nobody asks of them is done."""
    results = chosen_results(raw, chosen)
    any_points = bool(chosen.get("any_points"))

    def done(result: Result) -> bool:
        parts = [part for part in chosen["all_of"] if any(g in result.groups for g in part)]
        return bool(parts) and all(_did(result, part, any_points) for part in parts)

    return _counted([r for r in results if done(r)], len(results))


@measure
def coverage_average(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The plain mean over companies of the share of own chains with this level known; without chains it is 0."""
    results = chosen_results(raw, chosen)
    if chosen.get("with_list"):
        results = [r for r in results if r.coverage.get(chosen["level"], (0, 0))[1]]
    if not results:
        return Counted(None, companies=0)
    shares = [r.coverage.get(chosen["level"], (0, 0)) for r in results]
    each = [Fraction(100 * part, whole) if whole else Fraction(0) for part, whole in shares]
    return replace(_counted(results, len(results)), value=sum(each, Fraction(0)) / len(each))


@measure
def chains_bin(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies with a number of chains in one class of the pack; without a class: those without any list."""
    results = chosen_results(raw, chosen)
    if "bin" not in chosen:
        return _counted([r for r in results if not r.chain_count], len(results))
    band = _bin(raw, chosen["year"], "chains_per_company", chosen["bin"])
    return _counted([r for r in results if r.chain_count and band.holds(r.chain_count)], len(results))


@measure
def chains_on_border(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies with a number of chains exactly where two classes meet."""
    results = chosen_results(raw, chosen)
    borders = _borders(raw, chosen["year"], "chains_per_company")
    return _counted([r for r in results if Fraction(r.chain_count) in borders], len(results))
