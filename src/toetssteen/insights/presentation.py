"""What the page of figures shows: targets, charts, areas and the whole list, in the language of the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.disclosure import threshold_for
from toetssteen.core.frameworks import Pack, Target, Text
from toetssteen.foundation.look import figures as look
from toetssteen.insights.compute import SUPPRESSED, UNKNOWN

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """One figure as the list shows it."""

    id: str
    text: str
    denominator: str
    said: str
    unit: str
    status: str
    as_of: dt.date
    parts: tuple[tuple[str, str], ...] = ()
    secret: bool = False


@dataclass(frozen=True)
class TargetRow:
    """A target beside what was realised."""

    indicator: str
    where: str
    target: str
    realised: str
    status: str
    reached: bool | None
    estimate: bool


@dataclass(frozen=True)
class Chart:
    """A chart with its rows; a row without a value is suppressed."""

    id: str
    kind: str
    title: str
    note: str
    unit: str
    rows: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Page:
    """Everything on the page of one year."""

    targets: tuple[TargetRow, ...]
    charts: tuple[Chart, ...]
    areas: tuple[str, ...]
    rows: tuple[Shown, ...]
    threshold: int
    has_hidden: bool
    has_kept: bool  # some figures stand as an earlier publication showed them


def page_of(rows: Sequence[Row], pack: Pack, number: int) -> Page:
    """The page of one covenant year from its figures."""
    source: Mapping[str, Any] = pack.raw.get("figures") or {}
    by_id = {row["id"]: row for row in rows}
    entries = [entry for entry in source.get("figures", ()) if entry["id"] in by_id]
    words = _words(source, pack)
    public = {entry["id"] for entry in entries if entry.get("public")}
    return Page(
        targets=tuple(_targets(source, by_id, pack, number)),
        charts=tuple(_charts(source, entries, by_id, words, number)),
        areas=_areas(entries, by_id, number),
        rows=tuple(_shown(row, words, row["id"] not in public) for row in rows),
        threshold=threshold_for(pack),
        has_hidden=any(row["status"] == SUPPRESSED for row in rows),
        has_kept=any("kept_until" in row for row in rows),
    )


def _in(row: Mapping[str, Any], name: str = "") -> str:
    """The nl or en text of a row in the language of the page."""
    prefix = f"{name}_" if name else ""
    return look.in_language(Text(row.get(f"{prefix}nl", ""), row.get(f"{prefix}en", "")))


def _words(source: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    words = {theme.id: look.in_language(theme.name) for theme in pack.themes}
    words |= {material.id: look.in_language(material.text) for material in pack.materials}
    words |= {country.code: look.country_name(country.code) for country in pack.countries}
    words |= {row["value"]: _in(row) for row in source.get("words", ())}
    return words


def _shown(row: Row, words: Mapping[str, str], secret: bool) -> Shown:
    value = row["value"]
    parts: tuple[tuple[str, str], ...] = ()
    if isinstance(value, dict):
        parts = tuple((words.get(key, key), look.number(number)) for key, number in value.items())
    return Shown(
        id=row["id"],
        text=_in(row, "definition"),
        denominator=_in(row, "denominator"),
        said="" if parts else _said(value, row["unit"], words),
        unit="" if row["unit"] == "%" else _unit(row["unit"]),
        status=row["status"],
        as_of=dt.date.fromisoformat(row["as_of"]),
        parts=parts,
        secret=secret,
    )


def _said(value: Any, unit: str, words: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | dict):
        return ", ".join(words.get(one, one) for one in value) or _("none")
    if isinstance(value, str):
        return words.get(value, value)
    return look.percent(str(value)) if unit == "%" else look.number(str(value))


def _unit(unit: str) -> str:
    """The unit in words."""
    units = {
        "companies": _("companies"),
        "authorities": _("authorities"),
        "municipalities": _("municipalities"),
        "memberships ended": _("memberships ended"),
        "countries": _("countries"),
        "areas": _("areas"),
        "chains": _("chains"),
        "materials": _("kinds of stone"),
        "risks": _("reports"),
        "answers": _("answers"),
        "tenders": _("tenders"),
        "actions": _("actions"),
        "complaints": _("complaints"),
    }
    return units.get(unit, unit)


def _targets(source: Mapping[str, Any], by_id: Mapping[str, Row], pack: Pack, number: int) -> list[TargetRow]:
    known = {target.id: target for target in pack.targets}
    found = []
    for entry in source.get("targets", ()):
        target = known.get(entry["id"])
        if target is not None and entry["year"] == number:
            found.append(_target(target, by_id.get(entry.get("figure", ""))))
    return found


def _target(target: Target, row: Row | None) -> TargetRow:
    value = row["value"] if row else None
    status = row["status"] if row else UNKNOWN
    counted = isinstance(value, int | float) and not isinstance(value, bool)
    if status != SUPPRESSED and not counted:
        status = UNKNOWN
    aim = target.target if isinstance(target.target, Fraction | int) else None
    reached = None
    if counted and aim is not None:
        reached = Fraction(str(value)) >= aim
    percent = target.unit.startswith("%")
    regions = {"NL": look.country_name("NL"), "Flanders": _("Flanders"), "all": _("everywhere")}
    return TargetRow(
        indicator=look.in_language(target.indicator),
        where=f"{regions.get(target.region or '', target.region or '')}, {_moment(target.moment)}",
        target=_number(aim, percent) if aim is not None else "",
        realised=_number(Fraction(str(value)), percent) if counted else "",
        status=status,
        reached=reached,
        estimate=target.is_estimate,
    )


def _number(value: Any, percent: bool) -> str:
    return look.percent(value, 0) if percent else look.number(value, 0)


def _moment(moment: str) -> str:
    """The moment of a target in the language of the page, for the wordings that the pack uses."""
    if (get_language() or "nl").startswith("en"):
        return moment
    return moment.replace("end year", "einde jaar").replace("start", "begin").replace("year", "jaar")


def _charts(
    source: Mapping[str, Any], entries: Sequence[Row], by_id: Mapping[str, Row], words: Mapping[str, str], number: int
) -> list[Chart]:
    found = []
    for chart in source.get("charts", ()):
        mine = [e for e in entries if e.get("chart") == chart["id"] and e.get("year") == number]
        rows: list[tuple[str, Any]] = []
        for entry in mine:
            value = by_id[entry["id"]]["value"]
            if isinstance(value, dict):
                rows += [(words.get(key, key), part) for key, part in value.items()]
            else:
                rows.append((_in(entry["label"]) if "label" in entry else entry["id"], value))
        if rows:
            unit = mine[0]["unit"]
            decimal = [(label, None if value is None else str(value)) for label, value in rows]
            found.append(Chart(chart["id"], chart["kind"], _in(chart), _in(chart["note"]), unit, tuple(decimal)))
    return found


def _areas(entries: Sequence[Row], by_id: Mapping[str, Row], number: int) -> tuple[str, ...]:
    names = [
        name
        for entry in entries
        if entry["measure"] == "shared_areas" and entry.get("year") == number
        for name in by_id[entry["id"]]["value"] or ()
    ]
    return tuple(names)
