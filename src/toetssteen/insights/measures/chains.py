"""Counting where stone comes from, in the chain lists frozen with the first decisions of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from toetssteen.core.disclosure import threshold_for
from toetssteen.insights.measures.register import Counted, measure
from toetssteen.insights.raw import Raw

Chain = Mapping[str, Any]


def _chains(raw: Raw, year: int, own_only: bool = True) -> Iterator[tuple[int, Chain]]:
    """Each company with each of its chains; own imports only, or all."""
    pack = raw.pack(year)
    for result in raw.results(year):
        for chain in result.own_chains(pack) if own_only else result.chains:
            yield result.organisation_id, chain


def _known(raw: Raw, year: int, link: Mapping[str, Any]) -> bool:
    return link["state"] in raw.pack(year).known_states


def _producing(raw: Raw, year: int) -> dict[str, set[int]]:
    """Per production country the companies with an own chain processed there."""
    found: dict[str, set[int]] = defaultdict(set)
    for organisation_id, chain in _chains(raw, year):
        if chain["processing_country"]:
            found[chain["processing_country"]].add(organisation_id)
    return found


@measure
def companies_in_country(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies with at least one own chain processed in a country."""
    found = _producing(raw, chosen["year"]).get(chosen["country"], set())
    return Counted(len(found), companies=len(found), who=frozenset(found))


@measure
def next_country(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The most companies in any one country besides those named."""
    others = [len(who) for code, who in _producing(raw, chosen["year"]).items() if code not in chosen["without"]]
    found = max(others, default=0)
    return Counted(found, companies=found)


@measure
def countries(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """How many countries the own chains are processed in."""
    found = _producing(raw, chosen["year"])
    return Counted(len(found), companies=len(set().union(*found.values())) if found else 0)


@measure
def shared_areas(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Quarry areas named by at least as many companies as the pack asks; a place counts in its district too."""
    year, level = chosen["year"], chosen["level"]
    buyers: dict[str, set[int]] = defaultdict(set)
    for organisation_id, chain in _chains(raw, year, own_only=False):
        for link in chain["links"]:
            area = raw.areas.get(link["quarry_area"] or "")
            if area is None or link["level"] != chosen["link_level"] or not _known(raw, year, link):
                continue
            for one in (area, area.parent):
                if one is not None and one.level == level:
                    buyers[one.code].add(organisation_id)
    minimum = threshold_for(raw.pack(year), areas=True)
    shared = sorted(raw.areas[code].name for code, who in buyers.items() if len(who) >= minimum)
    fewest = min((len(who) for who in buyers.values() if len(who) >= minimum), default=0)
    return Counted(shared, companies=fewest)


@measure
def chains_from(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Own chains with stone from some countries."""
    found = [who for who, chain in _chains(raw, chosen["year"]) if chain["extraction_country"] in chosen["countries"]]
    return Counted(len(found), companies=len(set(found)))


@measure
def chains_refused(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Chains from some countries of which the supplier refused to name every place beyond the first level."""
    first = raw.pack(chosen["year"]).coverage_levels[0].id
    found = [
        who
        for who, chain in _chains(raw, chosen["year"], own_only=False)
        if chain["extraction_country"] in chosen["countries"]
        and all(link["state"] == "refused" for link in chain["links"] if link["level"] != first)
    ]
    return Counted(len(found), companies=len(set(found)))


def _volume(raw: Raw, chosen: Mapping[str, Any], key: str) -> dict[str, dict[int, Fraction]]:
    """Tonnes per value of a field of the chain, per company."""
    found: dict[str, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for who, chain in _chains(raw, chosen["year"], chosen.get("own_only", True)):
        if chosen.get("material") in (None, chain["material"]):
            found[chain[key]][who] += Fraction(chain["volume_tonnes"] or 0)
    return found


def _largest(volumes: Mapping[str, Mapping[int, Fraction]]) -> list[tuple[str, Fraction]]:
    totals = [(key, sum(of.values(), Fraction(0))) for key, of in sorted(volumes.items())]
    return sorted(totals, key=lambda pair: -pair[1])


@measure
def materials(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The materials that companies import themselves."""
    return Counted(sorted(_volume(raw, chosen, "material")))


@measure
def top_material(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The material with the largest volume."""
    volumes = _volume(raw, chosen, "material")
    ranked = _largest(volumes)
    if not ranked:
        return Counted(None)
    amounts = tuple(volumes[ranked[0][0]].values())
    return Counted(ranked[0][0], companies=len(amounts), amounts=amounts)


@measure
def origin_share(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The percentage of a material's volume that comes from some countries."""
    volumes = {
        country: sum(of.values(), Fraction(0)) for country, of in _volume(raw, chosen, "extraction_country").items()
    }
    whole = sum(volumes.values(), Fraction(0))
    part = sum((volumes.get(country, Fraction(0)) for country in chosen["countries"]), Fraction(0))
    return Counted(100 * part / whole if whole else None)


@measure
def origin_top(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The countries with the largest volume of a material, in order of code."""
    ranked = _largest(_volume(raw, chosen, "extraction_country"))
    return Counted(sorted(country for country, _total in ranked[: chosen["first"]]))


@measure
def origin_count(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """A material comes from at least so many countries."""
    return Counted(len(_volume(raw, chosen, "extraction_country")) >= chosen["at_least"])


@measure
def hit_by_closure(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies with a chain through a site that was closed up to the end of the year."""
    end = raw.years[chosen["year"]].ends_on
    shut = {
        e.site.code for e in raw.site_events if e.event == chosen["event"] and e.event_on <= end and e.site.closed_on
    }
    hit = {
        who
        for who, chain in _chains(raw, chosen["year"], own_only=False)
        if any(link["site"] in shut for link in chain["links"])
    }
    return Counted(len(hit), companies=len(hit))
