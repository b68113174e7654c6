"""Checks on the questionnaire for suppliers: everything it refers to must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .findings import Finding
from .shapes_questionnaire import AskedQuestionIn, QuestionnaireIn, TestIn

FILE = "supplier_questionnaire"
LANGUAGES = frozenset({"nl", "en"})  # of the content texts of a pack


def check(source: QuestionnaireIn, levels: set[str], themes: set[str], library: set[str]) -> Iterator[Finding]:
    """All faults of the questionnaire."""
    questions = {question.id: question for question in source.questions}
    for name, kind in source.asks.items():
        yield from _refers(name, "coverage level", kind.levels, levels)
    for rule in source.becomes:
        yield from _refers(rule.question, "respondent", [rule.kind], source.asks)
        yield from _refers(rule.question, "question", [rule.question], questions)
        if rule.question in questions:
            yield from _refers(rule.question, "option", [rule.option], questions[rule.question].options)
    for language in sorted(set(source.languages) - LANGUAGES):
        yield Finding(FILE, language, "The texts of the questionnaire do not have this language.")
    if source.letter and source.letter.library:
        yield from _refers("letter", "library item", [source.letter.library], library)
    yield from _labels("always allowed", source.questionnaire.always_allowed_answers, source)
    earlier: set[str] = set()
    for question in source.questions:
        yield from _question(question, source, questions, earlier, levels, themes)
        earlier.add(question.id)


def _refers(element: str, what: str, wanted: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    there = set(known)
    for name in wanted:
        if name and name not in there:
            yield Finding(FILE, element, f"It refers to {what} '{name}', which does not exist.")


def _labels(element: str, keys: Iterable[str], source: QuestionnaireIn) -> Iterator[Finding]:
    for key in keys:
        if key not in source.labels and f"{element}.{key}" not in source.labels:
            yield Finding(FILE, element, f"There are no words for '{key}' in the labels.")


def _question(
    question: AskedQuestionIn,
    source: QuestionnaireIn,
    questions: dict[str, AskedQuestionIn],
    earlier: set[str],
    levels: set[str],
    themes: set[str],
) -> Iterator[Finding]:
    yield from _refers(question.id, "respondent", question.for_, source.asks)
    yield from _refers(question.id, "column", [*question.column_kinds, *question.column_options], question.columns)
    named = [*question.options, *question.columns, *question.rows]
    named += [option for options in question.column_options.values() for option in options]
    yield from _labels(question.id, named, source)
    for column, kind in question.column_kinds.items():
        if (kind == "option") != bool(question.column_options.get(column)):
            yield Finding(FILE, question.id, f"Column '{column}' needs options, or has options it does not use.")
    if question.kind in ("choice", "yes_no_unknown") and not question.options:
        yield Finding(FILE, question.id, "A choice needs options.")
    if question.kind in ("table", "number_pair") and not question.columns:
        yield Finding(FILE, question.id, "A table needs columns.")
    if question.show:
        yield from _refers(question.id, "earlier question", [question.show.question], earlier)
        asked = questions.get(question.show.question)
        yield from _refers(question.id, "option", question.show.any_of, asked.options if asked else ())
    if question.fills:
        fills = question.fills
        link_levels = [level for level in (fills.link, fills.area_link) if level != "own"]
        yield from _refers(question.id, "coverage level", link_levels, levels)
        columns = [fills.name, fills.place, fills.region, fills.address, fills.coordinates]
        yield from _refers(question.id, "column", columns, question.columns)
        if fills.nameless:
            yield from _refers(question.id, "column", [fills.nameless.column], question.columns)
    if question.signal:
        yield from _refers(question.id, "theme", [question.signal.theme], themes)
        for test in question.signal.any:
            yield from _test(question, test, source, questions)


def _test(
    question: AskedQuestionIn, test: TestIn, source: QuestionnaireIn, questions: dict[str, AskedQuestionIn]
) -> Iterator[Finding]:
    if test == TestIn():
        yield Finding(FILE, question.id, "A test of a signal says nothing.")
    yield from _refers(question.id, "question", [test.question], questions)
    yield from _refers(question.id, "stance", [test.stance], source.questionnaire.always_allowed_answers)
    yield from _refers(question.id, "column", [test.column, test.below_column, *test.columns], question.columns)
    yield from _refers(question.id, "row", [*test.rows, *test.of_rows], question.rows)
    about: Any = questions.get(test.question, question) if test.question else question
    options = about.column_options.get(test.column, ()) if test.column else about.options
    yield from _refers(question.id, "option", test.any_of, options)
