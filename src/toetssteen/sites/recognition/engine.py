"""What the matcher says about rows of the database; the only door to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any

from toetssteen.core import sites as core
from toetssteen.sites.matching.registry import Registry
from toetssteen.sites.models import Mention, SiteIdentifier, SiteName
from toetssteen.supplychain.models import Site

SAME, ASK = str(core.Verdict.SAME), str(core.Verdict.ASK)


@dataclass(frozen=True)
class Likeness:
    """Two rows that are or may be the same place: the mention, and the other mention or the site."""

    left: int
    right: int
    says: str  # same or ask
    probability: Decimal
    reasons: tuple[tuple[str, tuple[str, ...]], ...]

    def plain_reasons(self) -> list[list[Any]]:
        """The reasons as they are stored."""
        return [[code, list(values)] for code, values in self.reasons]


def among(mentions: Sequence[Mention], every: Sequence[Mention]) -> list[Likeness]:
    """Pairs of a mention and another one of the list that are or may be the same; each pair once."""
    if not mentions or len(every) < 2:
        return []
    found: dict[tuple[int, int], Likeness] = {}
    for row in _ask([as_core(m) for m in mentions], [as_core(m) for m in every]):
        if row.left == row.right:
            continue
        pair = (min(row.left, row.right), max(row.left, row.right))
        if pair not in found:
            found[pair] = row
    return [found[pair] for pair in sorted(found)]


def against(mentions: Sequence[Mention], registry: Sequence[core.Mention]) -> list[Likeness]:
    """Pairs of a mention and a site that are or may be the same; several records may stand for one site."""
    if not mentions or not registry:
        return []
    best: dict[tuple[int, int], Likeness] = {}
    for row in _ask([as_core(m) for m in mentions], registry):
        known = best.get((row.left, row.right))
        if known is None or (row.says == SAME, row.probability) > (known.says == SAME, known.probability):
            best[(row.left, row.right)] = row
    return [best[pair] for pair in sorted(best)]


def _ask(mentions: Sequence[core.Mention], others: Sequence[core.Mention]) -> list[Likeness]:
    # Not `match_against`: a mention that is looked for in its own list is the same as itself as well.
    registry, found = Registry(others), []
    for match in (match for mention in mentions for match in registry.matches(mention)):
        reasons = tuple((reason.code, tuple(reason.values)) for reason in match.answer.reasons)
        found.append(
            Likeness(
                left=int(match.mention_id),
                right=int(match.site_id),
                says=str(match.answer.verdict),
                probability=Decimal(f"{min(match.answer.probability, 1.0):.4f}"),
                reasons=reasons,
            )
        )
    return found


def as_core(mention: Mention) -> core.Mention:
    """A mention as the matcher reads it."""
    return core.Mention(
        id=str(mention.pk),
        name=mention.name,
        address=mention.address,
        place=mention.place,
        country=mention.country,
        lat=_degrees(mention.lat),
        lon=_degrees(mention.lon),
        kind=mention.level,
    )


def registry(sites: Iterable[Site]) -> list[core.Mention]:
    """The sites of the registry as the matcher reads them: one record, and one more for every other name."""
    rows = list(sites)
    names: Mapping[int, list[str]] = _grouped(SiteName.objects.values_list("site_id", "name"))
    numbers = _grouped(SiteIdentifier.objects.exclude(scheme="former").values_list("site_id", "value"))
    found = []
    for site in rows:
        other = names.get(site.pk, [])
        local = site.local_name or (other[0] if other else "")
        found += [_site(site, name, local, numbers.get(site.pk, [])) for name in (site.name, *other)]
    return found


def _site(site: Site, name: str, local: str, numbers: Sequence[str]) -> core.Mention:
    return core.Mention(
        id=str(site.pk),
        name=name,
        local_name=local,
        address=site.address,
        place=site.place,
        admin1=site.admin1,
        country=site.country,
        lat=_degrees(site.lat),
        lon=_degrees(site.lon),
        kind=" ".join(site.kinds),
        registry_numbers=tuple(numbers),
    )


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def _degrees(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def distance_km(a: Any, b: Any) -> Decimal | None:
    """The distance between two places in kilometres; nothing if one of them has no coordinates."""
    if None in (a.lat, a.lon, b.lat, b.lon):
        return None
    one, two = radians(a.lat), radians(b.lat)
    inner = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(b.lon - a.lon) / 2) ** 2
    return Decimal(f"{2 * 6371 * asin(min(1.0, sqrt(inner))):.2f}")
