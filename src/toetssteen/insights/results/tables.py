"""The tables as plain content: complete for the secretariat, or protected as they may become public."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from toetssteen.core.disclosure import (
    LOWEST_THRESHOLD,
    Group,
    companies_in,
    group,
    hidden_groups,
    may_show_small,
    threshold_for,
    told_by_change,
)
from toetssteen.core.frameworks import Pack, Text
from toetssteen.foundation.look.figures import country_name
from toetssteen.insights.results import definitions, facts
from toetssteen.insights.results.definitions import PARTS, TABLES, Column, Table
from toetssteen.insights.results.sources import YearSaid

Row = dict[str, Any]
Companies = Mapping[str, Mapping[Group, AbstractSet[int]]]  # per source: who is behind every count


@dataclass(frozen=True)
class Earlier:
    """What an earlier publication showed, and which companies were behind its counts."""

    content: Mapping[str, Any]
    said: YearSaid


def complete(year: YearSaid) -> dict[str, Any]:
    """Every count with small groups, for the secretariat only."""
    data = facts.facts_of(year)
    counted = {source: companies_in(data[source], definitions.views_of(source)) for source in data}
    extras = facts.extras_of(year)
    places = {facts.place_of(risk.country) for company in year.companies for risk in company.risks}
    who = counted[definitions.RISK]
    countries = sorted(places, key=lambda code: (code == facts.OTHER, -len(who.get(group(country=code), ())), code))
    tables = [_table(table, year.pack, counted, {}, countries, extras) for table in TABLES]
    return {**_head(year), "from_rows": year.from_rows, "tables": tables}


def public(year: YearSaid, earlier: Iterable[Earlier] = ()) -> dict[str, Any]:
    """What may become public of the companies with a decision: no count from which a small group follows.

    Not from this publication, and not from it together with an earlier one of this or any other year.
    """
    decided = year.decided()
    threshold = safe_threshold(year.pack)
    named = facts.shared_countries(decided, threshold)
    data = facts.facts_of(decided, named)
    counted: Companies = {source: companies_in(data[source], definitions.views_of(source)) for source in data}
    countries = sorted(named)
    if any((facts.OTHER in dict(name).values()) for name in counted[definitions.RISK]):
        countries.append(facts.OTHER)
    also = _told_by_others(counted, list(earlier), threshold)
    hidden = {
        source: hidden_groups(
            data[source],
            definitions.views_of(source),
            threshold,
            also_hide=also[source] - _agreed(source, counted[source], year.pack),
            parts=PARTS[source],
            open_to_all=_agreed(source, counted[source], year.pack),
            of_nobody=_cells(source, year.pack, countries),
        )
        for source in data
    }
    extras = facts.extras_of(decided)
    small = {
        source: {name for name, companies in who.items() if 0 < len(companies) < threshold} | also[source]
        for source, who in counted.items()
    }
    tables = [_table(table, year.pack, counted, hidden, countries, extras, small) for table in TABLES]
    return {**_head(decided), "tables": tables}


def _cells(source: str, pack: Pack, countries: Sequence[str]) -> frozenset[Group]:
    """Every count that the tables of a source show, also those of nobody."""
    return frozenset(
        table.group(row, column)
        for table in TABLES
        if table.source == source
        for column in _columns(table, countries)
        for row in (*(row for row, _label in _rows(table, pack, countries, ())), *([None] if table.total else []))
    )


def safe_threshold(pack: Pack) -> int:
    """The fewest companies behind a count that is shown; never so few that a hidden count could only be one."""
    return max(threshold_for(pack), LOWEST_THRESHOLD)


def _agreed(source: str, counted: Mapping[Group, AbstractSet[int]], pack: Pack) -> frozenset[Group]:
    """The counts that the parties agreed to show however small, and those that are public elsewhere.

    How many companies reported risks is one of the covenant's figures, and who has a plan stands in the register.
    """
    found: set[Group] = set()
    if source in (definitions.RISK, definitions.PLAN) and len(counted.get((), ())) >= safe_threshold(pack):
        found.add(())
    for table in TABLES:
        if table.source == source and table.allow and may_show_small(pack, table.allow):
            found |= {name for name in counted if tuple(attribute for attribute, _v in name) == (table.row,)}
    if source == definitions.SETBACK and may_show_small(pack, definitions.CLOSURE_ALLOWED):
        found.add(definitions.CLOSURE)
    return frozenset(found)


def _told_by_others(counted: Companies, earlier: Sequence[Earlier], threshold: int) -> dict[str, frozenset[Group]]:
    found: dict[str, frozenset[Group]] = {source: frozenset() for source in counted}
    for one in earlier:
        countries = frozenset(
            row["id"]
            for table in one.content["tables"]
            if table["id"] == "risks_by_country"
            for row in table["rows"]
            if row["id"] not in (facts.OTHER, "")
        )
        data = facts.facts_of(one.said, countries)
        shown = shown_groups(one.content)
        for source, now in counted.items():
            before = companies_in(data[source], definitions.views_of(source))
            found[source] |= told_by_change(before, now, shown[source], threshold)
    return found


def shown_groups(content: Mapping[str, Any]) -> dict[str, frozenset[Group]]:
    """The counts that a publication shows, by source."""
    found: dict[str, set[Group]] = {source: set() for source in PARTS}
    known = {table.id: table for table in TABLES}
    for said in content["tables"]:
        table = known.get(said["id"])
        if table is None:
            continue
        columns = _columns(table, [c["id"] for c in said["columns"] if c["id"] != "companies"])
        for row in said["rows"]:
            cells = dict(zip((c["id"] for c in said["columns"]), row["cells"], strict=True))
            for column in columns:
                if cells.get(column.id) is not None:
                    found[table.source].add(table.group(row["id"] or None, column))
    return {source: frozenset(names) for source, names in found.items()}


def _head(year: YearSaid) -> dict[str, Any]:
    return {
        "year": year.year.number,
        "as_of": year.as_of.isoformat(),
        "companies": len(year.companies),
        "threshold": safe_threshold(year.pack),
    }


def _columns(table: Table, across: Iterable[str]) -> list[Column]:
    if not table.across:
        return list(table.columns)
    return [*(Column(code, code, {table.across: code}) for code in across), Column("companies", _("Companies"))]


def _table(
    table: Table,
    pack: Pack,
    counted: Companies,
    hidden: Mapping[str, AbstractSet[Group]],
    countries: Sequence[str],
    extras: Mapping[tuple[str, str], Mapping[str, int]],
    small: Mapping[str, AbstractSet[Group]] | None = None,
) -> dict[str, Any]:
    """One table; a cell is a number, or None when it is hidden.

    In public, `small` names the counts of too few companies, or that differ by too few from an earlier publication:
    what is counted beside them is hidden even where the parties agreed to show how many companies they are.
    """
    every = small is None
    few = frozenset() if small is None else small[table.source]
    who, unseen = counted[table.source], hidden.get(table.source, frozenset())
    columns = _columns(table, countries)
    shown_extras = [extra for extra in table.extras if every or extra.public]

    def cells(row: str | None) -> list[int | str | None]:
        found: list[int | str | None] = []
        for column in columns:
            name = table.group(row, column)
            found.append(None if name in unseen else len(who.get(name, ())))
        for extra in shown_extras:
            number = _extra(table, extra.id, row or "", extras)
            found.append(None if found[0] is None or table.group(row, columns[0]) in few else number)
        return found

    named = _rows(table, pack, countries, who if every else ())
    rows = [{"id": row, **label, "cells": cells(row)} for row, label in named]
    if table.total:
        rows.append({"id": "", **both(_("All together")), "cells": cells(None)})
    return {
        "id": table.id,
        **{f"title_{key}": text for key, text in both(table.title).items()},
        **{f"definition_{key}": text for key, text in both(table.definition).items()},
        **{
            f"denominator_{key}": text
            for key, text in both(definitions.HANDED_IN if every else table.denominator).items()
        },
        **{f"head_{key}": text for key, text in both(table.head).items()},
        "columns": [
            *({"id": c.id, "unit": "companies", **_column_words(table, c)} for c in columns),
            *({"id": e.id, "unit": "%" if e.id.endswith("_share") else e.id, **both(e.label)} for e in shown_extras),
        ],
        "rows": rows,
    }


def _column_words(table: Table, column: Column) -> dict[str, str]:
    return country_words(column.id) if table.across and column.id != "companies" else both(column.label)


def _extra(table: Table, extra: str, row: str, extras: Mapping[tuple[str, str], Mapping[str, int]]) -> int | str:
    if extra != "smart_share":
        return extras.get((table.id, extra), {}).get(row, 0)
    goals = extras.get((table.id, "goals"), {}).get(row, 0)
    smart = extras.get((table.id, "smart_goals"), {}).get(row, 0)
    return f"{Decimal(100 * smart) / goals:.1f}" if goals else ""


def _rows(
    table: Table, pack: Pack, countries: Sequence[str], who: Collection[Group]
) -> list[tuple[str, dict[str, str]]]:
    if table.row == "country":
        return [(code, country_words(code)) for code in countries]
    if table.row in definitions.FIXED_ROWS:
        return [(value, both(label)) for value, label in definitions.FIXED_ROWS[table.row]]
    known = {theme.id: _words(theme.name) for theme in pack.themes}
    met = {dict(name)["theme"] for name in who if "theme" in dict(name)}
    return [*known.items(), *((theme, {"nl": theme, "en": theme}) for theme in sorted(met - known.keys()))]


def country_words(code: str) -> dict[str, str]:
    """A country in both languages; several small ones stand together."""
    if code == facts.OTHER:
        return both(_("Other or unknown country"))
    found = {}
    for language in ("nl", "en"):
        with override(language):
            found[language] = country_name(code)
    return found


def both(label: Any) -> dict[str, str]:
    """Words in both languages."""
    found = {}
    for language in ("nl", "en"):
        with override(language):
            found[language] = str(label)
    return found


def _words(text: Text) -> dict[str, str]:
    return {"nl": text.in_("nl"), "en": text.in_("en")}
