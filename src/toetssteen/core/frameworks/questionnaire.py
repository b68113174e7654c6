"""The questionnaire for those who stand in a chain: what it asks, what an answer fills and when it is a signal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .values import Text


@dataclass(frozen=True)
class AskedKind:
    """A kind of respondent, and the levels of a chain at which it stands."""

    id: str
    levels: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class Becomes:
    """An answer that makes the respondent another kind too: an exporter that also has a factory."""

    question: str
    option: str
    kind: str


@dataclass(frozen=True)
class AskedColumn:
    """One column of a table: text, option, row, percent, count, amount, hours, day or coordinates."""

    id: str
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShowRule:
    """A question shows when an earlier answer holds one of these options."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class SignalTest:
    """One way in which an answer is a signal; only the fields of one test are filled."""

    any_of: tuple[str, ...] = ()
    question: str = ""
    column: str = ""
    below_column: str = ""
    above: Fraction | None = None
    blank: bool = False
    empty: bool = False
    answered: bool = False
    stance: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    of_rows: tuple[str, ...] = ()
    more_than_percent: Fraction | None = None


@dataclass(frozen=True)
class Signal:
    """What an answer may point at: a possible risk of a theme, or something to talk about when there is no theme."""

    theme: str
    says: Text
    any: tuple[SignalTest, ...]


@dataclass(frozen=True)
class Fills:
    """Which link of a chain a row of the answer names; `own` is the place of the respondent itself."""

    link: str
    name: str
    place: str
    region: str = ""
    address: str = ""
    coordinates: str = ""
    area_link: str = ""
    nameless_column: str = ""
    nameless_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedQuestion:
    """One question of the questionnaire."""

    id: str
    number: int
    kinds: tuple[str, ...]
    kind: str  # choice, table, text, yes_no_unknown, number_pair
    text: Text
    multiple: bool
    options: tuple[str, ...]
    columns: tuple[AskedColumn, ...]
    rows: tuple[str, ...]
    show: ShowRule | None
    signal: Signal | None
    fills: Fills | None
    about_customer: str  # "", confirm or never


@dataclass(frozen=True)
class Letter:
    """The model letter to whoever sells stone that a company does not import itself."""

    library: str
    subject: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True)
class Questionnaire:
    """What a supplier, factory or quarry is asked, by a link and without an account."""

    id: str
    version: str
    intro: Text
    minutes: int
    stances: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[AskedKind, ...]
    becomes: tuple[Becomes, ...]
    questions: tuple[AskedQuestion, ...]
    labels: Mapping[str, Text]
    attachments: Text | None
    letter: Letter | None
    remind_after_days: tuple[int, ...]
    valid_days: int
    read_days: int

    def question(self, question_id: str) -> AskedQuestion:
        """One question; LookupError when the questionnaire does not have it."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise LookupError(f"The questionnaire has no question '{question_id}'.")

    def kind_at(self, level: str) -> str:
        """The kind of respondent that stands at a level of the chain; the first kind when the pack does not say."""
        return next((kind.id for kind in self.kinds if level in kind.levels), self.kinds[0].id)

    def label(self, key: str, question: str = "") -> Text:
        """The words for an option, column or row; the key itself when the pack has none."""
        return self.labels.get(f"{question}.{key}") or self.labels.get(key) or Text(key, key)
