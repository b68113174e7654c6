"""Turning the questionnaire of a pack into what the rest of the software works with."""

from __future__ import annotations

from typing import Any

from .questionnaire import (
    AskedColumn,
    AskedKind,
    AskedQuestion,
    Becomes,
    Fills,
    Letter,
    Questionnaire,
    ShowRule,
    Signal,
    SignalTest,
)
from .shapes_base import TextIn
from .shapes_questionnaire import AskedQuestionIn, FillsIn, LetterIn, QuestionnaireIn, SignalIn, TestIn
from .values import Text


def load_questionnaire(source: QuestionnaireIn) -> Questionnaire:
    """The questionnaire from its checked shape."""
    head = source.questionnaire
    examples = source.attachments.examples if source.attachments else None
    return Questionnaire(
        id=head.id,
        version=head.version,
        intro=_text(head.intro),
        minutes=head.minutes,
        stances=tuple(head.always_allowed_answers),
        languages=tuple(source.languages),
        kinds=_kinds(source),
        becomes=tuple(Becomes(rule.question, rule.option, rule.kind) for rule in source.becomes),
        questions=tuple(_question(question, number) for number, question in enumerate(source.questions, 1)),
        labels={key: _text(label) for key, label in source.labels.items()},
        attachments=_text(examples) if examples else None,
        letter=_letter(source.letter) if source.letter else None,
        remind_after_days=tuple(sorted(source.reminders.after_days)),
        valid_days=source.reminders.valid_days,
        read_days=source.reminders.read_days,
    )


def _kinds(source: QuestionnaireIn) -> tuple[AskedKind, ...]:
    """Who can be asked, in the order in which the questions name them: a stored mapping keeps no order."""
    named = list(dict.fromkeys(kind for question in source.questions for kind in question.for_))
    order = sorted(
        source.asks.items(), key=lambda pair: (named.index(pair[0]) if pair[0] in named else len(named), pair[0])
    )
    return tuple(AskedKind(name, tuple(kind.levels), _text(kind.text)) for name, kind in order)


def _text(value: TextIn) -> Text:
    return Text(value.nl, value.en)


def _letter(source: LetterIn) -> Letter:
    return Letter(source.library, _text(source.subject), tuple(_text(words) for words in source.paragraphs))


def _question(source: AskedQuestionIn, number: int) -> AskedQuestion:
    columns = tuple(
        AskedColumn(
            column,
            source.column_kinds.get(column, "coordinates" if column == "coordinates" else "text"),
            tuple(source.column_options.get(column, ())),
        )
        for column in source.columns
    )
    return AskedQuestion(
        id=source.id,
        number=number,
        kinds=tuple(source.for_),
        kind=source.kind,
        text=_text(source.text),
        multiple=source.multiple,
        options=tuple(source.options),
        columns=columns,
        rows=tuple(source.rows),
        show=ShowRule(source.show.question, tuple(source.show.any_of)) if source.show else None,
        signal=_signal(source.signal) if source.signal else None,
        fills=_fills(source.fills) if source.fills else None,
        about_customer=source.about_customer,
    )


def _signal(source: SignalIn) -> Signal:
    return Signal(source.theme, _text(source.says), tuple(_test(test) for test in source.any))


def _test(source: TestIn) -> SignalTest:
    lists: dict[str, Any] = {name: tuple(getattr(source, name)) for name in ("any_of", "rows", "columns", "of_rows")}
    rest = ("question", "column", "below_column", "above", "blank", "empty", "answered", "stance", "more_than_percent")
    return SignalTest(**lists, **{name: getattr(source, name) for name in rest})


def _fills(source: FillsIn) -> Fills:
    return Fills(
        link=source.link,
        name=source.name,
        place=source.place,
        region=source.region,
        address=source.address,
        coordinates=source.coordinates,
        area_link=source.area_link,
        nameless_column=source.nameless.column if source.nameless else "",
        nameless_options=tuple(source.nameless.options) if source.nameless else (),
    )
