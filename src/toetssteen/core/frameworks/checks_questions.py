"""Checks on the framework: levels, steps, weights, questions and the lighter variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .findings import Finding
from .shapes_framework import FrameworkIn, ProfileIn, QuestionBase, QuestionIn, VariantBodyIn, VariantIn, WeightGroupIn

FRAMEWORK = "framework"


@dataclass(frozen=True)
class Known:
    """Everything that a question may refer to."""

    levels: tuple[str, ...]
    sub_steps: frozenset[str]
    profiles: frozenset[str]
    evidence: frozenset[str]
    facts: frozenset[str]
    answer_kinds: frozenset[str]
    library: frozenset[str] | None
    lists: frozenset[str]


def check(framework: FrameworkIn, variants: Mapping[str, VariantIn], others: Mapping[str, Any]) -> Iterator[Finding]:
    """All faults in the framework and its variants."""
    known = _known(framework, others)
    yield from _levels(framework)
    yield from _steps(framework)
    yield from _weights(framework)
    for question in framework.questions:
        yield from _question(FRAMEWORK, question, known)
        yield from _timing(FRAMEWORK, question.id, question.from_year, question.key_from_year)
        for profile in question.applies_to:
            if profile not in known.profiles:
                yield Finding(FRAMEWORK, question.id, f"It applies to profile '{profile}', which does not exist.")
    yield from _counted(framework)
    for name, file in variants.items():
        yield from _variant(name, file.variant, framework, known)


def _known(framework: FrameworkIn, others: Mapping[str, Any]) -> Known:
    library, models = others.get("library"), others.get("model_documents")
    texts = {document.id for document in models.documents} if models else set()
    return Known(
        levels=tuple(level.id for level in framework.scoring.levels),
        sub_steps=frozenset(sub.id for step in framework.steps for sub in step.sub_steps),
        profiles=frozenset(profile.id for profile in framework.profiles),
        evidence=frozenset(kind.id for kind in framework.evidence_kinds),
        facts=frozenset(fact.id for fact in framework.platform_facts),
        answer_kinds=frozenset(framework.answer_kinds),
        library=frozenset({item.id for item in library.items} | texts) if library else None,
        lists=frozenset(others),
    )


def _levels(framework: FrameworkIn) -> Iterator[Finding]:
    levels = framework.scoring.levels
    ids = [level.id for level in levels]
    for before, after in pairwise(levels):
        if after.factor <= before.factor:
            yield Finding(
                FRAMEWORK, after.id, f"Its factor must be higher than that of '{before.id}', the level below it."
            )
    if levels[-1].factor != 1:
        yield Finding(
            FRAMEWORK, levels[-1].id, "The highest level must have factor 1, so that all points can be earned."
        )
    rules = [
        ("unanswered", framework.scoring.unanswered.level),
        ("key_questions", framework.scoring.key_questions.min_level),
    ]
    evidence = framework.scoring.evidence_rule
    if evidence:
        if evidence.mode == "cap" and evidence.cap_level is None:
            yield Finding(FRAMEWORK, "evidence_rule", "Mode 'cap' needs a cap_level.")
        rules += [("evidence_rule", evidence.cap_level)] if evidence.cap_level else []
    for place, level in rules:
        if level not in ids:
            yield Finding(FRAMEWORK, place, f"It names level '{level}', which does not exist.")


def _steps(framework: FrameworkIn) -> Iterator[Finding]:
    for number, count in Counter(step.number for step in framework.steps).items():
        if count > 1:
            yield Finding(FRAMEWORK, f"step {number}", "Two steps have the same number.")
    for sub, count in Counter(sub.id for step in framework.steps for sub in step.sub_steps).items():
        if count > 1:
            yield Finding(FRAMEWORK, sub, "The sub-step stands under more than one step.")
    for group, count in Counter(group.id for group in framework.weight_groups).items():
        if count > 1:
            yield Finding(FRAMEWORK, group, "Two weight groups have the same id.")


def _groups(framework: FrameworkIn, profile: ProfileIn) -> list[WeightGroupIn]:
    if profile.weight_groups_override is not None:
        return profile.weight_groups_override
    wanted = profile.weight_groups or []
    return [group for group in framework.weight_groups if group.id in wanted]


def _weights(framework: FrameworkIn) -> Iterator[Finding]:
    step_of = {sub.id: step.id for step in framework.steps for sub in step.sub_steps}
    ids = {group.id for group in framework.weight_groups}
    for profile in framework.profiles:
        if profile.weight_groups is not None and profile.weight_groups_override is not None:
            yield Finding(FRAMEWORK, profile.id, "Give weight_groups or weight_groups_override, not both.")
        for missing in [group for group in profile.weight_groups or [] if group not in ids]:
            yield Finding(FRAMEWORK, profile.id, f"It names weight group '{missing}', which does not exist.")
        groups = _groups(framework, profile)
        total = sum((group.weight for group in groups), Fraction(0))
        if (profile.scored or groups) and total != 100:
            yield Finding(FRAMEWORK, profile.id, f"The weights of this profile add up to {float(total):g}, not 100.")
        for sub, count in Counter(member for group in groups for member in group.members).items():
            if count > 1:
                yield Finding(FRAMEWORK, profile.id, f"Sub-step '{sub}' is in more than one weight group.")
        for group in groups:
            yield from _members(group, step_of)
    yield from _step_weights(framework, step_of)


def _members(group: WeightGroupIn, step_of: Mapping[str, str]) -> Iterator[Finding]:
    for member in group.members:
        if member not in step_of:
            yield Finding(FRAMEWORK, group.id, f"Its member '{member}' is not a sub-step.")
    if len({step_of[member] for member in group.members if member in step_of}) > 1:
        yield Finding(FRAMEWORK, group.id, "Its members belong to different steps; a weight group lies in one step.")


def _step_weights(framework: FrameworkIn, step_of: Mapping[str, str]) -> Iterator[Finding]:
    for step in framework.steps:
        if step.weight is None or not framework.weight_groups:
            continue
        mine = [group for group in framework.weight_groups if step_of.get(group.members[0]) == step.id]
        total = sum((group.weight for group in mine), Fraction(0))
        if total != step.weight:
            reason = f"The step has weight {float(step.weight):g}, its weight groups add up to {float(total):g}."
            yield Finding(FRAMEWORK, step.id, reason)


def _counted(framework: FrameworkIn) -> Iterator[Finding]:
    """Every question counts somewhere, and every weight group of a scored profile has a question."""
    for profile in framework.profiles:
        groups = _groups(framework, profile)
        if not groups:
            continue
        members = {member for group in groups for member in group.members}
        mine = [question for question in framework.questions if profile.id in question.applies_to]
        for question in mine:
            if question.sub_step not in members:
                reason = (
                    f"It applies to profile '{profile.id}', but sub-step '{question.sub_step}' has no weight there."
                )
                yield Finding(FRAMEWORK, question.id, reason)
        for group in groups:
            if not any(question.sub_step in group.members for question in mine):
                yield Finding(FRAMEWORK, group.id, f"Profile '{profile.id}' has no question in this weight group.")


def _timing(file: str, element: str, from_year: int, key_from_year: int | None) -> Iterator[Finding]:
    if key_from_year is not None and key_from_year < from_year:
        reason = f"It is a key question from year {key_from_year}, but is asked only from year {from_year}."
        yield Finding(file, element, reason)


def _question(file: str, question: QuestionBase, known: Known) -> Iterator[Finding]:
    missing = [level for level in known.levels if level not in question.criteria]
    extra = [level for level in question.criteria if level not in known.levels]
    for level in missing:
        yield Finding(file, question.id, f"The criterion for level '{level}' is missing.")
    for level in extra:
        yield Finding(file, question.id, f"It has a criterion for level '{level}', which does not exist.")
    if question.sub_step not in known.sub_steps:
        yield Finding(file, question.id, f"Its sub-step '{question.sub_step}' does not exist.")
    if known.answer_kinds and question.answer.kind not in known.answer_kinds:
        yield Finding(file, question.id, f"Its answer kind '{question.answer.kind}' is not in answer_kinds.")
    for kind in question.evidence:
        if kind not in known.evidence:
            yield Finding(file, question.id, f"It asks for evidence '{kind}', which is not in evidence_kinds.")
    for item in question.library if known.library is not None else []:
        if item not in (known.library or ()):
            yield Finding(file, question.id, f"It refers to library item '{item}', which does not exist.")
    if question.answer.options_from and question.answer.options_from not in known.lists:
        yield Finding(
            file, question.id, f"Its options come from '{question.answer.options_from}', a file that is missing."
        )
    if question.visible_if and question.visible_if.fact not in known.facts:
        yield Finding(file, question.id, f"visible_if uses fact '{question.visible_if.fact}', which does not exist.")
    yield from _derived(file, question, known)


def _derived(file: str, question: QuestionBase, known: Known) -> Iterator[Finding]:
    bounds = bool(question.auto_level) + bool(question.auto_level_reverse)
    if question.derived_from is None:
        if bounds or question.auto_level_missing:
            yield Finding(file, question.id, "It has bounds for a derived level, but no derived_from.")
        if question.answer.kind == "derived":
            yield Finding(file, question.id, "Its answer kind is 'derived', but derived_from is empty.")
        return
    if question.derived_from not in known.facts:
        yield Finding(file, question.id, f"It is derived from fact '{question.derived_from}', which does not exist.")
    if bounds != 1:
        yield Finding(file, question.id, "A derived question needs either auto_level or auto_level_reverse.")
    for name, mapping, sign in (
        ("auto_level", question.auto_level, 1),
        ("auto_level_reverse", question.auto_level_reverse, -1),
    ):
        for level in [level for level in mapping if level not in known.levels]:
            yield Finding(file, question.id, f"{name} names level '{level}', which does not exist.")
        ordered = [sign * mapping[level] for level in known.levels if level in mapping]
        if any(after <= before for before, after in pairwise(ordered)):
            yield Finding(file, question.id, f"The bounds of {name} must get stricter with every level.")
    if question.auto_level_missing is not None and question.auto_level_missing not in known.levels:
        reason = f"auto_level_missing names level '{question.auto_level_missing}', which does not exist."
        yield Finding(file, question.id, reason)


def _variant(name: str, variant: VariantBodyIn, framework: FrameworkIn, known: Known) -> Iterator[Finding]:
    base: dict[str, QuestionIn] = {
        question.id: question for question in framework.questions if variant.base_profile in question.applies_to
    }
    if variant.base_profile not in known.profiles:
        yield Finding(name, variant.id, f"Its base profile '{variant.base_profile}' does not exist.")
        return
    facts = known.facts | {fact.id for fact in variant.extra_platform_facts}
    known = Known(**{**known.__dict__, "facts": facts})
    touched = Counter(
        [old for merged in variant.merged for old in merged.replaces] + [drop.id for drop in variant.dropped]
    )
    for question_id, count in touched.items():
        if question_id not in base:
            reason = (
                f"The variant changes question '{question_id}', which profile '{variant.base_profile}' does not have."
            )
            yield Finding(name, question_id, reason)
        if count > 1:
            yield Finding(name, question_id, "The variant merges or drops this question more than once.")
    for merged in variant.merged:
        if any(merged.id == question.id for question in framework.questions):
            yield Finding(name, merged.id, "The merged question has the id of a question in the framework.")
        yield from _question(name, merged, known)
        olds = [base[old] for old in merged.replaces if old in base]
        points = sum((old.max_points for old in olds), Fraction(0))
        if len(olds) == len(merged.replaces) and points != merged.max_points:
            reason = f"It gives {float(merged.max_points):g} points, the questions it replaces give {float(points):g}."
            yield Finding(name, merged.id, reason)
        if any(old.sub_step != merged.sub_step for old in olds):
            yield Finding(name, merged.id, "It replaces a question of another sub-step.")
        yield from _timing(name, merged.id, min((old.from_year for old in olds), default=1), merged.key_from_year)
    for drop in variant.dropped:
        for condition in (drop.keep_if, drop.drop_if):
            if condition and condition.fact not in known.facts:
                yield Finding(name, drop.id, f"Its condition uses fact '{condition.fact}', which does not exist.")
