"""The shape of the questionnaire for suppliers, factories and quarries."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .shapes_base import Closed, Int, Number, Open, Str, TextIn


class KindIn(Closed):
    levels: list[Str]
    text: TextIn


class BecomesIn(Closed):
    question: Str
    option: Str
    kind: Str


class ShowIn(Closed):
    question: Str
    any_of: Annotated[list[Str], Field(min_length=1)]


class TestIn(Closed):
    any_of: list[Str] = []
    question: str = ""
    column: str = ""
    below_column: str = ""
    above: Number | None = None
    blank: bool = False
    empty: bool = False
    answered: bool = False
    stance: str = ""
    rows: list[Str] = []
    columns: list[Str] = []
    of_rows: list[Str] = []
    more_than_percent: Number | None = None


class SignalIn(Closed):
    theme: str = ""
    says: TextIn
    any: Annotated[list[TestIn], Field(min_length=1)]


class NamelessIn(Closed):
    column: Str
    options: Annotated[list[Str], Field(min_length=1)]


class FillsIn(Closed):
    link: Str
    name: Str
    place: Str
    region: str = ""
    address: str = ""
    coordinates: str = ""
    area_link: str = ""
    nameless: NamelessIn | None = None


ColumnKind = Literal["text", "option", "row", "percent", "count", "amount", "hours", "day", "coordinates"]


class AskedQuestionIn(Open):
    id: Str
    for_: Annotated[list[Str], Field(alias="for", min_length=1)]
    kind: Literal["choice", "table", "text", "yes_no_unknown", "number_pair"]
    text: TextIn
    multiple: bool = False
    options: list[Str] = []
    columns: list[Str] = []
    rows: list[Str] = []
    column_kinds: dict[str, ColumnKind] = {}
    column_options: dict[str, list[Str]] = {}
    show: ShowIn | None = None
    signal: SignalIn | None = None
    fills: FillsIn | None = None
    about_customer: Literal["", "confirm", "never"] = ""


class HeadIn(Open):
    id: Str
    version: Str
    minutes: Int
    intro: TextIn
    always_allowed_answers: Annotated[list[Str], Field(min_length=1)]


class AttachmentsIn(Open):
    optional: bool = True
    examples: TextIn | None = None


class LetterIn(Open):
    library: str = ""
    subject: TextIn
    paragraphs: Annotated[list[TextIn], Field(min_length=1)]


class RemindersIn(Open):
    after_days: list[Int] = []
    valid_days: Annotated[Int, Field(ge=1)] = 60
    read_days: Annotated[Int, Field(ge=1)] = 365


class QuestionnaireIn(Open):
    questionnaire: HeadIn
    asks: Annotated[dict[str, KindIn], Field(min_length=1)]
    becomes: list[BecomesIn] = []
    languages: Annotated[list[Str], Field(min_length=1)] = ["nl", "en"]
    labels: dict[str, TextIn] = {}
    questions: Annotated[list[AskedQuestionIn], Field(min_length=1)]
    attachments: AttachmentsIn | None = None
    letter: LetterIn | None = None
    reminders: RemindersIn = RemindersIn()
