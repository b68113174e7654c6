"""Scoring a file of worked examples, so that anyone can check the rules by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Fact, Pack, Share, exact
from toetssteen.core.frameworks.years import FULL_YEARS, ONE_DAY, whole_months

from .levels import applicable
from .proposal import Case, Proposal, propose, publication_present
from .sheet import GroupScore, rounded

GIVEN = frozenset(
    {
        "coverage",
        "facts",
        "improvement_date",
        "joined_on",
        "levels",
        "membership_year",
        "plan_delivered",
        "profile",
        "public_communication",
        "report_delivered",
        "sub_step_levels",
        "variant",
        "year_end",
    }
)


class ExampleError(ValueError):
    """Examples cannot be scored; carries one sentence per fault, each beginning with the example's id."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


def score_file(raw_examples: object, pack: Pack) -> dict[str, Any]:
    """Score all examples of a file in the form of `worked_examples.yaml`; the answer is keyed by example id.

    ExampleError names every example that cannot be scored.
    """
    examples = _examples(raw_examples, pack)
    results: dict[str, Any] = {}
    faults: list[str] = []
    for example_id, example in examples.items():
        try:
            results[example_id] = score_example(pack, example, examples)
        except ExampleError as error:
            faults.extend(error.messages)
    if faults:
        raise ExampleError(faults)
    return results


def _examples(raw: object, pack: Pack) -> dict[str, Mapping[str, Any]]:
    listed = raw.get("examples") if isinstance(raw, Mapping) else raw
    if isinstance(raw, Mapping) and raw.get("pack") not in (None, pack.id):
        raise ExampleError([f"The file is for pack '{raw['pack']}', not for '{pack.id}'."])
    if not isinstance(listed, list) or not all(isinstance(x, Mapping) and x.get("id") for x in listed):
        raise ExampleError(["The file must hold a list 'examples' in which every example has an id."])
    found: dict[str, Mapping[str, Any]] = {}
    for example in listed:
        if str(example["id"]) in found:
            raise ExampleError([f"{example['id']}: this id is used twice."])
        found[str(example["id"])] = example
    return found


def score_example(
    pack: Pack, example: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """Score one example; `others` holds the examples that `same_as` may name, by id. ExampleError names the example."""
    example_id = str(example.get("id", "example"))
    try:
        given = _given(example, others or {}, (example_id,))
        reader = _Reader(pack, given)
        return _exempt_result(reader) if reader.exemption else _result(reader)
    except ExampleError:
        raise
    except (LookupError, ValueError, TypeError) as error:
        message = error.args[0] if error.args else error
        raise ExampleError([f"{example_id}: {message}"]) from error


def _given(
    example: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]], path: tuple[str, ...]
) -> dict[str, Any]:
    """What an example gives, with the example it is the same as, and its changes, worked in."""
    given: dict[str, Any] = {}
    base = example.get("same_as")
    if base is not None:
        if base in path:
            raise ValueError("same_as goes round in a circle: " + " > ".join([*path, str(base)]) + ".")
        if base not in others:
            raise LookupError(f"same_as names example '{base}', which does not exist.")
        given = _given(others[base], others, (*path, str(base)))
    given = _merged(given, example.get("given") or {})
    return _merged(given, example.get("changes") or {})


def _merged(base: Mapping[str, Any], changes: object) -> dict[str, Any]:
    if not isinstance(changes, Mapping):
        raise ValueError("'given' and 'changes' must hold fields with values.")
    merged = dict(base)
    for key, value in changes.items():
        old = merged.get(key)
        merged[key] = {**old, **value} if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


@dataclass(frozen=True)
class _Reader:
    """Reads what an example gives; everything unknown to the pack is refused."""

    pack: Pack
    given: Mapping[str, Any]

    def __post_init__(self) -> None:
        for key in self.given:
            if key not in GIVEN:
                raise ValueError(f"'{key}' is no field of an example.")
        for key in ("profile", "year_end"):
            if self.given.get(key) is None:
                raise ValueError(f"The field '{key}' is missing.")
        self.pack.profile(self.profile)
        if self.variant is not None:
            self.pack.questions_for(self.profile, self.variant)

    @property
    def profile(self) -> str:
        return str(self.given["profile"])

    @property
    def variant(self) -> str | None:
        value = self.given.get("variant")
        return None if value is None else str(value)

    @property
    def year_end(self) -> date:
        end = self.day("year_end")
        if end is None:
            raise ValueError("The field 'year_end' is missing.")
        return end

    @property
    def exemption(self) -> str | None:
        found = self.pack.exemption(self.profile, self.day("joined_on"), self.year_end)
        return found.id if found else None

    def day(self, key: str) -> date | None:
        return _date(key, self.given.get(key))

    def flag(self, key: str) -> bool:
        value = self.given.get(key, False)
        if not isinstance(value, bool):
            raise ValueError(f"'{key}' must be true or false, not {value!r}.")
        return value

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = self.given.get(key) or {}
        if not isinstance(value, Mapping):
            raise ValueError(f"'{key}' must hold fields with values.")
        return value

    def membership_year(self, year_end: date) -> int:
        year = self.given.get("membership_year") if year_end == self.year_end else None
        joined = self.day("joined_on")
        if year is None and joined is not None:
            return _year_since(self.pack, joined, year_end)
        if isinstance(year, bool) or not isinstance(year, int) or year < 1:
            raise ValueError(f"'membership_year' must be a whole number from 1, not {year!r}.")
        return year

    def facts(self) -> dict[str, Fact]:
        known = self.pack.framework.platform_facts
        facts: dict[str, Fact] = {}
        for fact_id, value in self.mapping("facts").items():
            if fact_id not in known:
                raise LookupError(f"The pack has no fact '{fact_id}'.")
            facts[fact_id] = _fact(fact_id, value, known[fact_id].unit)
        return facts

    def coverage(self) -> dict[str, Share]:
        given = self.mapping("coverage")
        if not given:
            return {}
        if "chains" not in given:
            raise ValueError("'coverage' must say how many 'chains' there are.")
        chains = exact(given["chains"])
        found: dict[str, Share] = {}
        for level, known in given.items():
            if level != "chains":
                self.pack.coverage_level(level)
                if exact(known) > chains:
                    raise ValueError(f"Coverage of '{level}': {known} known is more than {given['chains']} chains.")
                found[level] = Share(exact(known), chains)
        return found

    def levels(self, facts: Mapping[str, Fact]) -> tuple[dict[str, str], list[str]]:
        """The level per question that counts, and the named questions that this company does not have."""
        framework = self.pack.framework
        chosen: dict[str, str] = {}
        questions = applicable(self.pack, self.profile, facts, self.variant)
        for sub_step, level in self.mapping("sub_step_levels").items():
            framework.sub_step(str(sub_step))
            framework.level(str(level))
            chosen.update({q.id: str(level) for q in questions if q.sub_step == str(sub_step)})
        named = self.mapping("levels")
        for question_id, level in named.items():
            self.pack.question(question_id)
            framework.level(str(level))
            chosen[question_id] = str(level)
        mine = {q.id for q in self.pack.questions_for(self.profile, self.variant)}
        return chosen, [question_id for question_id in named if question_id not in mine]


def _year_since(pack: Pack, joined_on: date, year_end: date) -> int:
    """The report year of a company that joined on this day and stayed."""
    if pack.settings.membership_year_method.value == FULL_YEARS:
        return max(1, whole_months(joined_on, year_end + ONE_DAY) // 12)
    return len(pack.settings.calendar.owed_ends(joined_on, year_end, pack.framework.valid_from))


def _date(key: str, value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"'{key}' must be a date written as YYYY-MM-DD, not {value!r}.") from error


def _fact(fact_id: str, value: Any, unit: str) -> Fact:
    if value is None:
        return None
    if unit == "date":
        return _date(fact_id, value)
    if isinstance(value, Mapping) and set(value) == {"part", "whole"}:
        return Share(exact(value["part"]), exact(value["whole"]))
    try:
        number = exact(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"Fact '{fact_id}' must be a number or empty, not {value!r}.") from error
    if number < 0 or (unit == "percent" and number > 100):
        raise ValueError(f"Fact '{fact_id}' cannot be {value}.")
    return number


def _result(reader: _Reader) -> dict[str, Any]:
    pack, facts = reader.pack, reader.facts()
    levels, ignored = reader.levels(facts)
    public = reader.given.get("public_communication")
    proposal = propose(
        pack,
        Case(
            profile=reader.profile,
            report_year=reader.membership_year(reader.year_end),
            year_end=reader.year_end,
            levels=levels,
            facts=facts,
            coverage=reader.coverage(),
            report_delivered=reader.flag("report_delivered"),
            plan_delivered=reader.flag("plan_delivered"),
            public_communication=publication_present(pack, levels, facts)
            if public is None
            else reader.flag("public_communication"),
            improvement_date=reader.day("improvement_date"),
            variant=reader.variant,
        ),
    )
    result = {"exempt": False, "exemption": None, **_sheet(proposal), **_decision(proposal)}
    return {**result, "ignored": ignored} if ignored else result


def _sheet(proposal: Proposal) -> dict[str, Any]:
    sheet = proposal.sheet
    if sheet is None:
        return {}
    return {
        "not_applicable": list(sheet.not_applicable),
        "groups": {group.id: _group(group) for group in sheet.groups.values()},
        "steps": {str(number): f"{sheet.step_rounded(number):f}" for number in sheet.steps},
        "total": f"{sheet.total:f}",
    }


def _group(group: GroupScore) -> dict[str, Any]:
    possible = group.possible
    return {
        "points": _decimal(group.earned),
        "possible": int(possible) if possible.denominator == 1 else _decimal(possible),
        "score": f"{rounded(group.score, 6):f}",
    }


def _decimal(number: Fraction) -> str:
    """A number with as many decimals as it needs, at least one and at most six."""
    whole, _, decimals = f"{rounded(number, 6):f}".partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def _decision(proposal: Proposal) -> dict[str, Any]:
    checks = proposal.checks
    if checks is None:
        return {}
    return {
        "checks": {
            "report": checks.report,
            "score": checks.score,
            "keys": checks.keys,
            "keys_failed": list(proposal.keys_failed),
            "coverage": checks.coverage,
            "coverage_failed": list(proposal.coverage_failed),
            "plan": checks.plan,
            "public_communication": checks.public_communication,
        },
        "meets": proposal.meets,
        "proposal": proposal.colour,
        "reasons": _reasons(proposal),
    }


def _reasons(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "code": reason.code,
            "subject": reason.subject,
            "met": reason.met,
            "placeholder": reason.placeholder,
            "nl": reason.text.nl,
            "en": reason.text.en,
        }
        for reason in proposal.reasons
    ]


def _exempt_result(reader: _Reader) -> dict[str, Any]:
    proposal = propose(
        reader.pack, Case(reader.profile, None, reader.year_end, exemption=reader.exemption, variant=reader.variant)
    )
    result: dict[str, Any] = {
        "exempt": True,
        "exemption": proposal.exemption,
        "total": None,
        "meets": None,
        "proposal": None,
        "reasons": _reasons(proposal),
    }
    joined = reader.day("joined_on")
    if joined is None:
        return result
    end = reader.pack.settings.calendar.next_year_end(reader.year_end)
    exempt = reader.pack.exemption(reader.profile, joined, end) is not None
    next_year: dict[str, Any] = {"year_end": end.isoformat(), "exempt": exempt}
    if not exempt:
        next_year["membership_year"] = reader.membership_year(end)
    return {**result, "next_year": next_year}
