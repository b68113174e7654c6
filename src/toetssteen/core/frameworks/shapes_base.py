"""The small shapes that all pack files are made of."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from .values import exact
from .years import MonthDay


def _number(value: object) -> Fraction:
    try:
        return exact(value)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _month_day(value: object) -> str:
    MonthDay.parse(str(value))
    return str(value)


def without_remarks(value: object) -> object:
    """Leave out a remark (only words) that stands between the bins."""
    if not isinstance(value, Mapping):
        return value
    return {key: item for key, item in value.items() if not (isinstance(item, Mapping) and set(item) <= {"nl", "en"})}


def _strict_text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {value!r}; put it between quotes")
    return value


def _strict_int(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"must be a whole number, not {value!r}")
    return value


Number = Annotated[Fraction, BeforeValidator(_number)]
Str = Annotated[str, BeforeValidator(_strict_text), Field(min_length=1)]
Int = Annotated[int, BeforeValidator(_strict_int)]
Year = Annotated[Int, Field(ge=1)]
DayOfYear = Annotated[str, BeforeValidator(_month_day)]


class Open(BaseModel):
    """An element that may say more than we read."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True)


class Closed(BaseModel):
    """An element where an unknown field is surely a typing error."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class TextIn(Closed):
    nl: Str
    en: Str


class Named(Open):
    id: Str
    nl: Str
    en: Str


class Cell(Open):
    status: Str
    source: str = ""


class NumberCell(Cell):
    value: Number | None


class PercentCell(Cell):
    value: Annotated[Number, Field(ge=0, le=100)]


class BoolCell(Cell):
    value: bool


class IntCell(Cell):
    value: Int


class ConditionIn(Closed):
    fact: Str
    op: Literal[">", ">=", "<", "<=", "==", "!="]
    value: Number
