"""What this year and the next one ask of a company's chains, and the least it has to name to get there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.coverage import ChainCoverage, ToName, links_to_name
from toetssteen.core.frameworks import Pack, YearRule
from toetssteen.covenant.queries import year_by_number
from toetssteen.foundation.look.figures import in_language, percent
from toetssteen.organisations.queries import report_year_number, situation_on
from toetssteen.supplychain import policies
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.meters import meter_rows
from toetssteen.supplychain.models import Chain
from toetssteen.supplychain.queries.chains import capitalised
from toetssteen.supplychain.queries.coverage import as_core_chain, coverage_of_rows
from toetssteen.supplychain.queries.routes import routes

HARD = (LinkState.REFUSED,)


def following_number(organisation_id: int, year: Any, pack: Pack, number: int | None) -> int | None:
    """Which report of the company the next one will be; as far as that can be known today."""
    if number is not None:
        return number + 1
    following = year_by_number(year.number + 1)
    return report_year_number(organisation_id, following, pack) if following else None


def rule_for(organisation_id: int, on: dt.date, pack: Pack, number: int | None) -> YearRule | None:
    """What a report with this number must reach, by the situation that the company has today."""
    situation = situation_on(organisation_id, on)
    if number is None or not situation or not pack.has_rule(situation):
        return None
    return pack.rule(situation, number)


def outlook(pack: Pack, chains: Sequence[Chain], number: int | None, rule: YearRule | None) -> dict[str, Any]:
    """One year: the meters, and what naming would do for it."""
    coverage = coverage_of_rows(pack, chains)
    rows = meter_rows(pack, rule, coverage)
    demands = {level: cell.value for level, cell in rule.coverage.items()} if rule else {}
    gaps = {level: coverage.levels[level].missing for level in demands}
    found = links_to_name(pack, {chain.pk: as_core_chain(chain) for chain in chains}, demands, HARD)
    marked = any(row["mark"] for row in rows)
    return {
        "number": number,
        "rule": rule,
        "coverage": coverage,
        "meters": rows,
        "marked": marked,
        "naming": found,
        "choice": any(gaps[level] > len(found.of_level(level)) > 0 for level in demands),
        "sentence": sentence(pack, found, number) if rule else "",
        "short": [in_language(level.text) for level in pack.coverage_levels if level.id in found.out_of_reach],
    }


def sentence(pack: Pack, found: ToName, number: int | None) -> str:
    """The least to name in one sentence; empty when nothing has to be named, or naming is not enough."""
    if not found.links or not found.is_enough:
        return ""
    parts = []
    for level in pack.coverage_levels:
        many = len(found.of_level(level.id))
        if many:
            words = ngettext("the %(what)s of %(n)s chain", "the %(what)s of %(n)s chains", many)
            parts.append(words % {"what": singular(pack, level.id), "n": many})
    listed = parts[0] if len(parts) == 1 else _("%(first)s and %(last)s") % {
        "first": ", ".join(parts[:-1]), "last": parts[-1]}  # fmt: skip
    return _("Name %(links)s, and you know as much of your chain as year %(year)s asks.") % {
        "links": listed, "year": number}  # fmt: skip


def singular(pack: Pack, level: str) -> str:
    """One thing of a level: a factory, a quarry."""
    kind = next((kind for kind in pack.site_kinds if kind.coverage_level == level), None)
    return in_language(kind.text) if kind else next(in_language(x.text) for x in pack.coverage_levels if x.id == level)


def to_name_rows(pack: Pack, chains: Sequence[Chain], found: ToName, *, may_edit: bool) -> list[dict[str, Any]]:
    """What to name, one row per chain and level, with whom to ask and what is known of the asking."""
    by_id = {chain.pk: chain for chain in chains}
    drawn = {route.id: route for route in routes(chains, pack)}
    places = {level.id: place for place, level in enumerate(pack.coverage_levels)}
    rows = []
    for chain_id, level in found.links:
        chain, route = by_id[int(str(chain_id))], drawn[int(str(chain_id))]
        stop = route.stops[places[level]][0]
        asked = [s.name for stops in route.stops[: places[level]] for s in stops if s.state == LinkState.KNOWN]
        rows.append(
            {
                "what": capitalised(singular(pack, level)),
                "chain": f"{route.title}, {route.trade_name}" if route.trade_name else route.title,
                "ask": asked[-1] if asked else "",
                "state": stop.state,
                "day": stop.day,
                "share": chain.share_of_volume,
                "url": reverse("chain_level", args=[chain.pk, level]) if may_edit else "",
                "detail": reverse("chain_detail", args=[chain.pk]),
            }
        )
    return rows


def coverage_page(
    chains: Sequence[Chain],
    pack: Pack,
    *,
    this_year: tuple[int | None, YearRule | None, dt.date],
    next_year: tuple[int | None, YearRule | None, dt.date],
    may_edit: bool,
) -> dict[str, Any]:
    """Both years beside each other: the chains that count on the day of each, its demands, and what to name."""
    years = []
    for number, rule, on in (this_year, next_year):
        counting = [chain for chain in chains if policies.is_open(chain, on)]
        year = outlook(pack, counting, number, rule)
        year["to_name"] = to_name_rows(pack, counting, year["naming"], may_edit=may_edit)
        years.append(year)
    same = years[0]["rule"] is not None and years[0]["to_name"] == years[1]["to_name"]
    return {
        "years": years,
        "lists": years[:1] if same else years,
        "same": same,
        "table": _table(pack, years),
        "marked": any(year["marked"] for year in years),
        "outside": years[0]["coverage"].outside_scope,
        "unit": pack.settings.coverage_unit.value,
    }


def _table(pack: Pack, years: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per level both ways of counting, and both demands."""
    rows = []
    now: ChainCoverage = years[0]["coverage"]
    for place, level in enumerate(pack.coverage_levels):
        found = now.levels[level.id]
        rows.append(
            {
                "label": years[0]["meters"][place]["label"],
                "by_chain": found.by_chain,
                "by_volume": percent(found.by_volume) if found.total_volume else "",
                "demands": [year["meters"][place] for year in years],
            }
        )
    return rows
