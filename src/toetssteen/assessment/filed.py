"""What a company handed in beside its answers, in words: chains, risks, plan, public reports, evidence, facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.assessment import results
from toetssteen.assessment.presentation import ShownValue, capital, fact_words, level_name, numbers, shown_value, words
from toetssteen.assessment.results import Filing
from toetssteen.core.frameworks import Pack, Question
from toetssteen.core.scoring import applicable
from toetssteen.covenant import queries as covenant
from toetssteen.evaluation.filed import filed_results
from toetssteen.foundation.look.figures import country_name, percent, share
from toetssteen.plans.choices import StepState, Together
from toetssteen.reporting import filed as reported
from toetssteen.supplychain.choices import LinkState

# The parts of a report that the facts of a question are counted from, by the first word of the fact.
PARTS = {
    "chains": ("chains", "coverage", "requests"),
    "risks": ("risks",),
    "plan": ("plan", "evaluation"),
    "public": ("publication",),
}


def parts_behind(pack: Pack, question: Question) -> tuple[str, ...]:
    """The parts of the report that a question rests on: its own facts, or those of its part of the framework."""
    beside = (*pack.framework.questions.values(), *pack.variant_questions.values())
    facts = {q.derived_from for q in beside if q.sub_step == question.sub_step} | {question.derived_from}
    if question.visible_if is not None:
        facts.add(question.visible_if.fact)
    first_words = {fact.split(".")[0] for fact in facts if fact}
    return tuple(part for part, starts in PARTS.items() if first_words & set(starts))


# Chains


@dataclass(frozen=True)
class FiledLink:
    """What was known of one level of a chain, or that it was not known and whether it was asked."""

    state: str
    said: str
    where: str = ""
    asked_on: str | None = None
    answered_on: str | None = None
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Somebody or some place was named."""
        return self.state == LinkState.KNOWN


@dataclass(frozen=True)
class FiledChain:
    """One chain as it was handed in, with its levels from near to far."""

    title: str
    trade_name: str
    product: str
    situation: str
    share: str
    confirmed_on: str | None
    risk_scan_on: str | None
    route: str
    levels: tuple[tuple[str, tuple[FiledLink, ...]], ...]


@dataclass(frozen=True)
class FiledChains:
    """All chains, the names of the levels, and per level how many are known."""

    levels: tuple[tuple[str, str], ...]
    rows: tuple[FiledChain, ...]


def chains_of(pack: Pack, content: Mapping[str, Any]) -> FiledChains:
    """The chains of a report in the words of the pack."""
    names = {level.id: capital(words(level.text)) for level in pack.coverage_levels}
    shares = content.get("coverage", {})
    known = results.coverage_of(pack, _facts(content)) if content else {}
    heads = tuple((name, share(known[i]) if i in shares and known[i].applies else "") for i, name in names.items())
    materials = {m.id: capital(words(m.text)) for m in pack.materials}
    products = {p.id: words(p.text) for p in pack.product_forms}
    return FiledChains(heads, tuple(_chain(c, names, materials, products) for c in content.get("chains", ())))


def _facts(content: Mapping[str, Any]) -> Any:
    from toetssteen.reporting.facts import from_json

    return {fact: from_json(value) for fact, value in content.get("facts", {}).items()}


def _chain(
    chain: Mapping[str, Any], names: Mapping[str, str], materials: Mapping[str, str], products: Mapping[str, str]
) -> FiledChain:
    by_level: dict[str, list[FiledLink]] = {level: [] for level in names}
    for link in chain.get("links", ()):
        by_level.setdefault(link["level"], []).append(_link(link))
    unknown = FiledLink(LinkState.UNKNOWN, _("Unknown, not asked yet"))
    product = products.get(chain["product_group"], chain["product_group"])
    countries = [country_name(c) for c in (chain["extraction_country"], chain["processing_country"]) if c]
    return FiledChain(
        title=materials.get(chain["material"], chain["material"]),
        trade_name=chain["trade_name"] or "",
        product=product or "",
        situation=chain["situation"] or "",
        share=percent(chain["share_of_volume"]) if chain["share_of_volume"] is not None else _("not given"),
        confirmed_on=chain["confirmed_on"],
        risk_scan_on=chain["risk_scan_on"],
        route=", ".join(dict.fromkeys(countries)),
        levels=tuple((names.get(level, level), tuple(links) or (unknown,)) for level, links in by_level.items()),
    )


def _link(link: Mapping[str, Any]) -> FiledLink:
    state = link["state"]
    if state == LinkState.KNOWN:
        name = link["quarry_area_name"] or link["name"] or link["place"] or _("Known")
        country = country_name(link["quarry_area_country"] or link["country"] or None)
        near = [link["quarry_area_admin1"]] if link["quarry_area_name"] else [link["address"], link["place"]]
        where = [part for part in (*near, country) if part and part not in (name, "–")]
        return FiledLink(state, name, ", ".join(where), note=link["note"] or "")
    said = {
        LinkState.ASKED: _("Asked, no answer yet"),
        LinkState.REFUSED: _("Asked and refused"),
    }.get(state, _("Unknown, not asked yet"))
    return FiledLink(state, said, "", link["asked_on"], link["answered_on"], link["note"] or "")


# Risks


def risks_of(pack: Pack, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """The risks of a report in their order; None for a report from before risks were handed in with it."""
    return reported.frozen_risks(pack, content, get_language() or "nl")


# Plan of action


@dataclass(frozen=True)
class FiledAction:
    """One action of a goal."""

    text: str
    owner: str
    means: str
    together: str
    due_on: str | None
    progress: str
    state: str
    is_done: bool
    has_proof: bool


@dataclass(frozen=True)
class FiledGoal:
    """One goal with where it starts, where it must end and what is done for it."""

    number: int
    text: str
    theme: str
    indicator: str
    baseline: str
    target: str
    deadline: str | None
    evaluated_on: str | None
    is_smart: bool
    actions: tuple[FiledAction, ...]


@dataclass(frozen=True)
class FiledPlan:
    """The plan of action as it was handed in."""

    delivered_on: str | None
    summary: str
    goals: tuple[FiledGoal, ...]
    results: dict[str, Any] | None = None


def plan_of(pack: Pack, content: Mapping[str, Any]) -> FiledPlan | None:
    """The plan of action of a report; None without one."""
    plan = content.get("plan")
    if not plan or not (plan["present"] or plan["objectives"] or plan["summary"]):
        return None
    themes = {theme.id: capital(words(theme.name)) for theme in pack.themes}
    goals = tuple(_goal(number, goal, themes) for number, goal in enumerate(plan["objectives"], 1))
    labels = {year.number: str(year) for year in covenant.years()}
    return FiledPlan(plan["delivered_on"], plan["summary"] or "", goals, filed_results(pack, content, labels))


def _goal(number: int, goal: Mapping[str, Any], themes: Mapping[str, str]) -> FiledGoal:
    return FiledGoal(
        number=number,
        text=goal["text"],
        theme=themes.get(goal["theme"], goal["theme"] or ""),
        indicator=goal["indicator"] or "",
        baseline=goal["baseline"] or "",
        target=goal["target"] or "",
        deadline=goal["deadline"],
        evaluated_on=goal["evaluated_on"],
        is_smart=bool(goal["is_smart"]),
        actions=tuple(_action(action) for action in goal["actions"]),
    )


def _action(action: Mapping[str, Any]) -> FiledAction:
    return FiledAction(
        text=action["text"],
        owner=action["owner"] or "",
        means=action["means"] or "",
        together=_label(Together, action["together"]),
        due_on=action["due_on"],
        progress=percent(action["progress"]),
        state=_label(StepState, action["state"]),
        is_done=action["state"] == StepState.DONE,
        has_proof=bool(action["has_proof"]),
    )


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value or ""))


# Public reports, evidence, facts, answers


def public_reports_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the company published, with the address only where it leads to a page."""
    rows = content.get("public_reports", ())
    return [{**row, "address": row["address"] if _leads_somewhere(row["address"]) else ""} for row in rows]


def _leads_somewhere(address: str | None) -> bool:
    return (address or "").startswith(("https://", "http://"))


def evidence_of(pack: Pack, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every piece once, with the questions that it was attached to."""
    kinds = {k.id: capital(words(k.text)) for k in pack.evidence_kinds}
    known = numbers(pack)
    rows: dict[int, dict[str, Any]] = {}
    for piece in content.get("evidence", ()):
        row = rows.setdefault(piece["id"], {**piece, "kind": kinds.get(piece["kind"], piece["kind"]), "questions": []})
        row["questions"].append(known.get(piece["question"], piece["question"]))
    return list(rows.values())


def facts_of(pack: Pack, filing: Filing) -> list[tuple[str, str]]:
    """What the platform had counted when the report was handed in."""
    known = pack.framework.platform_facts
    return [(capital(words(known[f].text)), fact_words(v)) for f, v in filing.facts.items() if f in known]


@dataclass(frozen=True)
class FiledQuestion:
    """One question with what the company answered."""

    question: Question
    level: str
    counted: bool
    value: ShownValue
    text: str
    dont_know: bool
    evidence: Sequence[results.FiledEvidence]


def answers_of(pack: Pack, filing: Filing) -> list[tuple[str, list[FiledQuestion]]]:
    """Every question that was answered or counted, per step of the framework."""
    step_of = {s.id: s.step_number for s in pack.framework.sub_steps}
    counted = results.derived_levels(pack, filing)
    rows: dict[int, list[FiledQuestion]] = {}
    for question in applicable(pack, filing.profile, filing.facts, filing.variant):
        answer = filing.answer(question.id)
        if not answer.is_given and question.id not in counted:
            continue
        level = level_name(pack, counted.get(question.id) or answer.level)
        rows.setdefault(step_of[question.sub_step], []).append(
            FiledQuestion(
                question=question,
                level=level,
                counted=question.id in counted,
                value=shown_value(question, pack, answer.value),
                text=answer.text,
                dont_know=answer.dont_know,
                evidence=answer.evidence,
            )
        )
    return [
        (f"{step.number} {words(step.title)}", rows[step.number])
        for step in pack.framework.steps
        if step.number in rows
    ]


def panels(pack: Pack, question: Question, content: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of the report that a question rests on, ready to be shown beside it."""
    if not content:
        return {}
    make: dict[str, Any] = {
        "chains": lambda: chains_of(pack, content),
        "risks": lambda: {"risks": risks_of(pack, content)},
        "plan": lambda: {"plan": plan_of(pack, content)},
        "public": lambda: {"rows": public_reports_of(content)},
    }
    return {part: make[part]() for part in parts_behind(pack, question)}
