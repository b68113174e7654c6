"""Many new rows written at once, without an object for each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import connection, models

PART = 5000
Save = Callable[[Any], Any]


def blank(model: type[models.Model]) -> dict[str, Any]:
    """The values of a row in which nothing was filled in yet, by the names of its fields."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields if not field.primary_key}


def insert_rows(rows: Sequence[models.Model | SimpleNamespace], model: type[models.Model] | None = None) -> None:
    """Write new rows of one model without asking for their numbers: much quicker than bulk_create.

    `model` tells what the rows are when they are plain values and no objects of it.
    """
    if not rows:
        return
    kind: Any = model or type(rows[0])
    meta = kind._meta
    fields: list[Any] = [field for field in meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    columns = [(field.attname, _saver(field)) for field in fields]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), PART):
            part = rows[start : start + PART]
            values = [[save(getattr(row, name)) for row in part] for name, save in columns]
            cursor.executemany(sql, list(zip(*values, strict=True)))


def _saver(field: Any) -> Save:
    """How a value of this field goes into the database; what needs no change is not looked at twice."""
    if type(field) is models.CharField or type(field) is models.TextField:
        return _plain_text
    if isinstance(field, models.ForeignKey | models.IntegerField):
        return _as_it_is
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    known: dict[Any, Any] = {}

    def save(value: Any) -> Any:
        if value is None:
            return None
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return save


def _plain_text(value: Any) -> Any:
    return value if value is None or type(value) is str else str(value)


def _as_it_is(value: Any) -> Any:
    return None if value is None else int(value)
