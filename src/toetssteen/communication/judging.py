"""Which criterion each part of a report meets, what is missing, and which words promise too much; it only warns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.communication.compose import shown_goals, shown_risks, steps
from toetssteen.communication.sections import LANGUAGES, SECTIONS
from toetssteen.communication.selection import Selection
from toetssteen.communication.source import GoalRow, Source, committee
from toetssteen.core.frameworks import FoundClaim, Level, Question, ReportCriterion
from toetssteen.plans.choices import PublicField, StepState

CLOSED = frozenset({StepState.DONE, StepState.STOPPED})
# What can be seen in a report, with what to do when it is not there.
PARTS: dict[str, Any] = {
    "policy_words": _("Write in a few sentences what your policy is."),
    "responsible_words": _("Say who is responsible; a role is enough."),
    "steps": _("Show what you did this year."),
    "coverage": _("Show which part of your chain you know, in percent."),
    "risks_any": _("Show your risks, or write about them."),
    "risks_own": _("Show the risks of your own chains, with theme and country."),
    "risks_reason": _("Write why these risks come first."),
    "goals_any": _("Show at least one goal of your plan."),
    "actions": _("Show your actions."),
    "progress_half": _("Show how far you are for at least half of the goals."),
    "progress_all": _("Show for every goal where it began, what was measured and the target."),
    "failed_words": _("Write what failed, or that nothing failed."),
    "complaint_contact": _("Say how people reach you with a complaint."),
    "complaint_rules": _("Show the complaints committee and who may complain."),
    "complaint_counts": _("Say how many complaints there were this year, also if there were none."),
    "no_wrong_claim": _("Change the words that promise too much."),
    "who_did_what": _("Say who did what: you, others, or together."),
    "other_language": _("Write your own words in English as well."),
}


@dataclass(frozen=True)
class Marked:
    """A claim in a text of the report, and where that text is written."""

    section: str
    place: Any
    found: FoundClaim


@dataclass(frozen=True)
class Judged:
    """One criterion with the level that the report can reach, and what the next level needs."""

    question: Question
    section: str
    level: Level
    is_best: bool
    missing: tuple[Any, ...]


def texts_of(source: Source, selection: Selection) -> Iterator[tuple[str, Any, str]]:
    """Every text in the report that a person wrote: the part it stands in, what it is, and the words."""
    for section in SECTIONS:
        for slot in section.slots:
            for language in LANGUAGES:
                yield section.id, slot.label, selection.says(slot.id, language)
    for goal in shown_goals(source, selection):
        yield "goals", _("Goal"), goal.text
        if selection.shows("actions") and PublicField.ACTIONS in goal.shown:
            for action in goal.actions:
                yield "goals", _("Action"), action.text
    if selection.shows("last_year"):
        for goal in source.last_goals:
            yield "goals", _("Goal"), goal.text
    if selection.shows("risk_explanations"):
        for risk in shown_risks(source, selection):
            yield "risks", _("Your own explanation of the severity"), risk.explanation
    for key, said in selection.words.items():
        if ":" in key:
            for language in LANGUAGES:
                yield _section_of(key), _("Translation"), str(said.get(language, ""))


def _section_of(key: str) -> str:
    return "risks" if key.startswith("risk:") else "goals"


def claims(source: Source, selection: Selection) -> list[Marked]:
    """The words in the report that promise too much; a company may keep them, but it has been told."""
    rules = source.pack.public_report
    if rules is None:
        return []
    found: dict[tuple[str, str, str], Marked] = {}
    for section, place, text in texts_of(source, selection):
        for claim in rules.claims_in(text):
            key = (section, str(place), claim.words.casefold())
            found.setdefault(key, Marked(section, place, claim))
    return list(found.values())


def parts_of(source: Source, selection: Selection) -> frozenset[str]:
    """What can be seen in the report, as the ids of `PARTS`."""
    goals, risks = shown_goals(source, selection), shown_risks(source, selection)
    has_actions = selection.shows("actions") and any(g.actions and PublicField.ACTIONS in g.shown for g in goals)
    there = {
        "policy_words": selection.says_anything("policy"),
        "responsible_words": selection.says_anything("responsible"),
        "steps": selection.shows("steps") and bool(steps(source)),
        "coverage": selection.shows("coverage") and bool(source.coverage),
        "risks_any": bool(risks) or selection.says_anything("reason"),
        "risks_own": any(row.country for row in risks),
        "risks_reason": bool(risks) and selection.says_anything("reason"),
        "goals_any": bool(goals),
        "actions": has_actions,
        "progress_half": bool(goals) and 2 * sum(_moves(g, selection) for g in goals) >= len(goals),
        "progress_all": bool(goals) and all(_is_measured(g, selection) for g in goals),
        "failed_words": selection.says_anything("learned"),
        "complaint_contact": selection.says_anything("contact"),
        "complaint_rules": selection.shows("mechanism") and committee(source.pack)[0] is not None,
        "complaint_counts": selection.says_anything("received")
        or (selection.shows("complaint_count") and source.complaints is not None),
        "no_wrong_claim": not claims(source, selection),
        "who_did_what": selection.says_anything("done_by") or _says_who(goals, selection),
        "other_language": is_in_both(selection),
    }
    return frozenset(part for part, is_there in there.items() if is_there)


def is_in_both(selection: Selection) -> bool:
    """Everything that the company wrote itself stands there in both languages."""
    own = [slot.id for section in SECTIONS for slot in section.slots if selection.says_anything(slot.id)]
    return bool(own) and all(selection.says(slot, language) for slot in own for language in LANGUAGES)


def _moves(goal: GoalRow, selection: Selection) -> bool:
    """The report shows how far a goal is: a figure that was measured, or an action that was begun."""
    measured = selection.shows("progress") and PublicField.PROGRESS in goal.shown and bool(goal.readings)
    shown = selection.shows("actions") and PublicField.ACTIONS in goal.shown
    return measured or (shown and any(a.progress or a.state in CLOSED for a in goal.actions))


def _is_measured(goal: GoalRow, selection: Selection) -> bool:
    fields = {PublicField.BASELINE, PublicField.PROGRESS, PublicField.TARGET}
    holds = bool(goal.baseline and goal.target and goal.readings)
    return holds and selection.shows("progress") and fields <= goal.shown


def _says_who(goals: Iterable[GoalRow], selection: Selection) -> bool:
    if not (selection.shows("contribution") and selection.shows("actions")) or selection.is_short:
        return False
    shown = [a for g in goals if {PublicField.ACTIONS, PublicField.CONTRIBUTION} <= g.shown for a in g.actions]
    return bool(shown) and all(action.contribution for action in shown)


def judge(source: Source, selection: Selection) -> list[Judged]:
    """Per criterion of the pack the level that these parts can reach; how good they are, people judge."""
    rules = source.pack.public_report
    if rules is None:
        return []
    there = parts_of(source, selection)
    asked = _asked(source)
    return [_judged(row, asked[row.question], source, there) for row in rules.criteria if row.question in asked]


def _asked(source: Source) -> Mapping[str, Question]:
    """The questions of this company: those of the lighter variant where it has one."""
    pack = source.pack
    if source.variant in pack.variants:
        base = pack.variant(source.variant).base_profile
        return {question.id: question for question in pack.questions_for(base, source.variant)}
    return pack.framework.questions


def _judged(row: ReportCriterion, question: Question, source: Source, there: frozenset[str]) -> Judged:
    framework = source.pack.framework
    order = [level.id for level in framework.levels]
    reached = row.level(there, order)
    missing = row.missing(there, order)
    return Judged(
        question=question,
        section=row.section,
        level=framework.level(reached),
        is_best=reached == order[-1],
        missing=tuple(PARTS.get(part, part) for part in missing),
    )
