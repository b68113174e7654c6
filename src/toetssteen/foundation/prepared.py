"""Queries whose SQL is worked out once per process; making it again for every page costs more than answering it.

    @prepared
    def _links(report_id: int) -> QuerySet[Link]:
        return Link.objects.filter(report_id=report_id).order_by("pk")

    _links(12)  # a list, like list(Link.objects.filter(report_id=12).order_by("pk"))

The function is called once with stand-ins, so it may not look at its values: no `if`, no slices. A value is a whole
number, a text, a day, a moment, or a list of whole numbers, as its annotation says; anything else is an ordinary query.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

from django.db import connections, models

Row = TypeVar("Row")
Given = ParamSpec("Given")

LONGEST = 64  # a longer list of numbers is an ordinary query
FIRST = 31_000  # stand-ins: numbers that fit in the smallest columns and stand in no query of ours
APART = 100


class _OnServer:
    """A connection whose cursors let PostgreSQL keep the plan of a query, for as long as the connection lives."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> Any:
        """Values go beside the query instead of into it, so that the query stays the same text."""
        from django.db.backends.postgresql.base import ServerBindingCursor

        self._connection.ensure_connection()
        raw = self._connection.connection
        ordinary, raw.cursor_factory = raw.cursor_factory, ServerBindingCursor
        try:
            return self._connection.cursor()
        finally:
            raw.cursor_factory = ordinary


class _Shape:
    """The worked-out query for one database and one length of every list."""

    def __init__(self, rows: models.QuerySet[Any], stand_ins: list[Any]) -> None:
        self.rows, query = rows, rows.query
        self.compiler = query.get_compiler(rows.db)
        connection = connections[rows.db]
        self.sql, params = self.compiler.as_sql()
        self.converters: dict[Any, Any] | None = None
        plain = [self._plain(connection, value) for value in stand_ins]
        # Per parameter: which value it takes and how it is given to the database, or the constant itself.
        self.slots: list[tuple[int | None, Any]] = []
        for param in params:
            number = next(
                (n for n, value in enumerate(plain) if type(value) in type(param).__mro__ and param == value), None
            )
            self.slots.append((number, type(param) if number is not None else param))
        missing = set(range(len(plain))) - {number for number, _how in self.slots}
        if missing:
            raise ValueError(f"a value does not reach the query of {rows.model.__name__}")

    @staticmethod
    def _plain(connection: Any, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, dt.date):
            return connection.ops.adapt_datefield_value(value)
        return value

    def run(self, values: list[Any]) -> list[Any]:
        """The rows for these values, with everything that Django does to rows."""
        rows = self.rows
        connection = connections[rows.db]
        plain = [self._plain(connection, value) for value in values]
        params = tuple(how if number is None else _as(how, plain[number]) for number, how in self.slots)
        compiler = copy.copy(self.compiler)
        compiler.connection = _OnServer(connection) if connection.vendor == "postgresql" else connection
        compiler.as_sql = lambda *_args, **_more: (self.sql, params)
        compiler.get_converters = self._converters
        query: Any = copy.copy(rows.query)
        query.get_compiler = lambda *_args, **_more: compiler
        mine: Any = object.__new__(type(rows))
        mine.__dict__.update(rows.__dict__)
        mine._query, mine._result_cache, mine._prefetch_done = query, None, False
        return list(mine)

    def _converters(self, expressions: Any) -> dict[Any, Any]:
        if self.converters is None:
            self.converters = self.compiler.get_converters(expressions)
        return self.converters


def _as(kind: type, value: Any) -> Any:
    return value if type(value) is kind else kind(value)


def _stand_in(kind: Any, number: int, length: int) -> list[Any]:
    if get_origin(kind) is not None and get_args(kind) == (int,):
        return [FIRST + APART * number + n for n in range(length)]
    made: dict[Any, Any] = {
        int: FIRST + APART * number,
        str: f"stand-in {FIRST + number}",
        dt.date: dt.date(9900 + number, 3, 7),
        dt.datetime: dt.datetime(9900 + number, 3, 7, 11, 13, 17, tzinfo=dt.UTC),
    }
    return [made[kind]]


def _fits(kind: Any, value: Any) -> bool:
    if get_origin(kind) is not None:
        return isinstance(value, list | tuple) and 0 < len(value) <= LONGEST and all(type(v) is int for v in value)
    return type(value) is kind


def attach(parents: Iterable[models.Model], name: str, children: Sequence[models.Model], field: str) -> None:
    """Give rows the rows that point at them, as `prefetch_related(name)` does; `field` is the key that points."""
    by_parent: dict[Any, list[Any]] = defaultdict(list)
    for child in children:
        by_parent[getattr(child, f"{field}_id")].append(child)
    for parent in parents:
        mine = by_parent.get(parent.pk, [])
        for child in mine:
            setattr(child, field, parent)
        manager: Any = getattr(type(parent), name).rel.related_model
        rows: Any = models.QuerySet(model=manager)
        rows._result_cache, rows._prefetch_done = mine, True
        kept = parent.__dict__.setdefault("_prefetched_objects_cache", {})
        kept[name] = rows


def prepared(make: Callable[Given, models.QuerySet[Any, Row]]) -> Callable[Given, list[Row]]:
    """A function that gives the rows of the query as a list; see the top of this file."""
    shapes: dict[Any, _Shape] = {}
    signature = inspect.signature(make)
    names = list(signature.parameters)
    kinds: list[Any] = []

    @functools.wraps(make)
    def inner(*args: Given.args, **kwargs: Given.kwargs) -> list[Row]:
        if not kinds:
            hints = get_type_hints(make)
            kinds.extend(hints[name] for name in names)
        given = list(args) if not kwargs else list(signature.bind(*args, **kwargs).arguments.values())
        if len(given) != len(kinds) or not all(map(_fits, kinds, given)):
            return list(make(*args, **kwargs))
        values: list[Any] = []
        lengths: list[int] = []
        for value in given:
            many: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
            values += many
            lengths.append(len(many))
        key = (connections["default"].vendor, *lengths)
        shape = shapes.get(key)
        if shape is None:
            stand_ins = [
                _stand_in(kind, n, length) for n, (kind, length) in enumerate(zip(kinds, lengths, strict=True))
            ]
            as_given: list[Any] = [
                row if isinstance(value, list | tuple) else row[0] for row, value in zip(stand_ins, given, strict=True)
            ]
            rows: Any = make(*as_given)  # type: ignore[call-arg]
            shape = shapes[key] = _Shape(rows, [one for row in stand_ins for one in row])
        return shape.run(values)

    return inner
