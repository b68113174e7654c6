"""Turning the raw files of a pack into what the rest of the software works with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .checks import Shapes, read_shapes
from .files import pack_digest
from .findings import PackError
from .loading_lists import load_lists
from .loading_rules import load_rules
from .pack import Pack
from .questions import (
    AnswerSpec,
    EvidenceRule,
    Framework,
    Level,
    PlatformFact,
    Profile,
    Question,
    QuestionMarks,
    ScoringRule,
    Step,
    SubStep,
    WeightGroup,
)
from .rules import Drop, Eligible, Variant
from .shapes_base import ConditionIn, TextIn
from .shapes_framework import EligibleIn, FactIn, FrameworkIn, QuestionBase, VariantBodyIn, WeightGroupIn
from .values import PLACEHOLDER, Condition, Marked, Text

_MARKS = ("points_status", "criteria_status", "key_status", "from_year_status", "evidence_status")


def load_pack(raw: Mapping[str, Any]) -> Pack:
    """A checked pack from its raw files; PackError with all findings when it cannot be used.

    Years keep their pack for ever, so a pack of an older form loads too: it has no questionnaire to ask others.
    Whoever stores a new pack asks `check_pack` first, which accepts today's form alone.
    """
    shapes, findings = read_shapes({name: content for name, content in raw.items() if not _is_older(name, content)})
    if findings or shapes is None:
        raise PackError(findings)
    framework = _framework(shapes)
    variants = [file.variant for file in shapes.variants.values()]
    merged = {q.id: q for variant in variants for q in _merged(variant, shapes.framework, framework)}
    return Pack(
        id=shapes.framework.pack,
        version=shapes.framework.framework.version,
        framework=framework,
        variants={variant.id: _variant(variant) for variant in variants},
        variant_questions=merged,
        digest=pack_digest(raw),
        raw=raw,
        **load_rules(shapes.framework, shapes.years),
        **load_lists(shapes.framework, shapes.others),
    )


def _is_older(name: str, content: Any) -> bool:
    """A questionnaire from before it could be asked through the site: a list to print, which software cannot read."""
    return name == "supplier_questionnaire" and isinstance(content, Mapping) and "asks" not in content


def text(value: TextIn | None) -> Text:
    """A text of the pack; a text that is not there is empty."""
    return Text(nl=value.nl, en=value.en) if value else Text(nl="", en="")


def _framework(shapes: Shapes) -> Framework:
    source = shapes.framework
    head = source.framework
    steps = tuple(sorted((_step(step) for step in source.steps), key=lambda step: step.number))
    facts = [*source.platform_facts]
    for variant in shapes.variants.values():
        facts += variant.variant.extra_platform_facts
    return Framework(
        id=head.id,
        version=head.version,
        is_official=head.is_official,
        title=text(head.title),
        short_title=text(head.short_title or head.title),
        summary=text(head.summary),
        disclaimer=text(head.disclaimer),
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        levels=tuple(
            Level(level.id, level.factor, Text(level.nl, level.en), rank)
            for rank, level in enumerate(source.scoring.levels)
        ),
        scoring=_scoring(source),
        steps=steps,
        questions=_questions(source),
        profiles=_profiles(source),
        platform_facts={fact.id: _fact(fact) for fact in facts},
        answer_labels={key: text(label) for key, label in source.answer_labels.items()},
    )


def _fact(fact: FactIn) -> PlatformFact:
    return PlatformFact(fact.id, fact.unit, Text(fact.nl, fact.en))


def _step(step: Any) -> Step:
    timing = step.timing.text
    return Step(
        id=step.id,
        number=step.number,
        weight=step.weight,
        title=text(step.title),
        timing=Text(timing, timing) if isinstance(timing, str) else text(timing),
        sub_steps=tuple(SubStep(sub.id, step.id, step.number, text(sub.title), sub.timing) for sub in step.sub_steps),
        status=step.status,
        source=step.source,
    )


def _scoring(source: FrameworkIn) -> ScoringRule:
    scoring = source.scoring
    rule = scoring.evidence_rule
    return ScoringRule(
        formula=scoring.formula.text,
        in_words=text(scoring.formula.in_words),
        unanswered_level=scoring.unanswered.level,
        rescale_empty_group=True,
        decimals=scoring.rounding.decimals,
        key_min_level=Marked(scoring.key_questions.min_level, scoring.key_questions.status),
        evidence_rule=EvidenceRule(rule.mode, rule.cap_level, text(rule.rule))
        if rule
        else EvidenceRule("advise", None, text(None)),
        status=scoring.status,
    )


def _questions(source: FrameworkIn) -> dict[str, Question]:
    places: dict[str, int] = {}
    found: dict[str, Question] = {}
    for question in source.questions:
        places[question.sub_step] = places.get(question.sub_step, 0) + 1
        number = f"{question.sub_step}.{places[question.sub_step]}"
        found[question.id] = _question(question, number, source, tuple(question.applies_to), question.from_year)
    return found


def _question(
    question: QuestionBase,
    number: str,
    source: FrameworkIn,
    applies_to: tuple[str, ...],
    from_year: int,
    replaces: tuple[str, ...] = (),
) -> Question:
    return Question(
        id=question.id,
        sub_step=question.sub_step,
        number=number,
        text=text(question.text),
        help=text(question.help),
        answer=AnswerSpec(
            kind=question.answer.kind,
            multiple=question.answer.multiple,
            options=tuple(question.answer.options),
            options_from=question.answer.options_from,
            columns=tuple(question.answer.columns),
        ),
        max_points=question.max_points,
        criteria={level.id: text(question.criteria[level.id]) for level in source.scoring.levels},
        applies_to=applies_to,
        from_year=from_year,
        key_from_year=question.key_from_year,
        marks=_marks(question, source),
        evidence=tuple(question.evidence),
        library=tuple(question.library),
        visible_if=condition(question.visible_if),
        derived_from=question.derived_from,
        auto_level=_bounds(question.auto_level, source),
        auto_level_reverse=_bounds(question.auto_level_reverse, source),
        auto_level_missing=question.auto_level_missing,
        replaces=replaces,
        status=question.status,
        source=question.source,
    )


def _marks(question: QuestionBase, source: FrameworkIn) -> QuestionMarks:
    defaults = source.question_defaults
    values = {name: getattr(question, name) or defaults.get(name, PLACEHOLDER) for name in _MARKS}
    return QuestionMarks(**{name.removesuffix("_status"): value for name, value in values.items()})


def condition(value: ConditionIn | None) -> Condition | None:
    """A condition of the pack, if there is one."""
    return Condition(value.fact, value.op, value.value) if value else None


def _bounds(bounds: Mapping[str, Fraction], source: FrameworkIn) -> tuple[tuple[str, Fraction], ...]:
    """Bounds from the lowest level to the highest."""
    return tuple((level.id, bounds[level.id]) for level in source.scoring.levels if level.id in bounds)


def _profiles(source: FrameworkIn) -> tuple[Profile, ...]:
    step_of = {sub.id: step.number for step in source.steps for sub in step.sub_steps}
    shared = {group.id: group for group in source.weight_groups}
    profiles = []
    for rank, profile in enumerate(source.profiles):
        groups = profile.weight_groups_override
        if groups is None:
            groups = [shared[group_id] for group_id in profile.weight_groups or []]
        profiles.append(
            Profile(
                id=profile.id,
                title=text(profile.title),
                definition=text(profile.definition),
                duties=text(profile.duties),
                report_required=profile.report_required,
                scored=profile.scored,
                groups=tuple(_group(group, step_of) for group in groups),
                rank=rank,
            )
        )
    return tuple(profiles)


def _group(group: WeightGroupIn, step_of: Mapping[str, int]) -> WeightGroup:
    members = tuple(group.members)
    return WeightGroup(group.id, group.weight, members, step_of[members[0]], group.status, group.source)


def _merged(variant: VariantBodyIn, source: FrameworkIn, framework: Framework) -> list[Question]:
    """The merged questions of a variant; each is asked from the first year of what it replaces."""
    found = []
    for question in variant.merged:
        olds = [framework.questions[old] for old in question.replaces]
        from_year = min(old.from_year for old in olds)
        replaces = tuple(question.replaces)
        found.append(_question(question, olds[0].number, source, (variant.base_profile,), from_year, replaces))
    return found


def _variant(variant: VariantBodyIn) -> Variant:
    return Variant(
        id=variant.id,
        base_profile=variant.base_profile,
        title=text(variant.title),
        status=variant.status,
        active_by_default=variant.active_by_default,
        merged=tuple(question.id for question in variant.merged),
        drops=tuple(
            Drop(drop.id, text(drop.reason), condition(drop.keep_if), condition(drop.drop_if))
            for drop in variant.dropped
        ),
        point_rule=text(variant.point_rule),
        reasoning=tuple(text(reason) for reason in variant.reasoning),
        all_of=_eligible(variant.eligibility.all_of if variant.eligibility else []),
        none_of=_eligible(variant.eligibility.none_of if variant.eligibility else []),
        unchanged=tuple(Text(row.nl, row.en) for row in variant.unchanged),
    )


def _eligible(rows: list[EligibleIn]) -> tuple[Eligible, ...]:
    return tuple(Eligible(row.id, row.op, row.value, Text(row.nl, row.en)) for row in rows)
