"""What it undoes when a site closes: which chains lean on it, and which companies fall under their demand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from toetssteen.core import coverage as core
from toetssteen.core.access import Actor
from toetssteen.core.coverage import level_known
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import hooks
from toetssteen.foundation.look.figures import in_language, percent
from toetssteen.organisations.models import Organisation
from toetssteen.organisations.queries import histories, report_numbers, situations_on
from toetssteen.sites.models import Mention
from toetssteen.sites.permissions import visible_sites
from toetssteen.supplychain.models import Chain, ChainLink, Site
from toetssteen.supplychain.queries import chains_on


@dataclass(frozen=True)
class LevelEffect:
    """The coverage of a company on one level, now and without the site."""

    label: str
    now: str
    after: str
    need: str
    falls_under: bool
    placeholder: bool


@dataclass(frozen=True)
class CompanyEffect:
    """What one company loses."""

    id: int
    name: str
    chains: tuple[tuple[int, str, str, bool], ...]  # chain, title, level, whether it has nothing else there
    levels: tuple[LevelEffect, ...]
    has_mention: bool

    @property
    def falls_under(self) -> bool:
        return any(level.falls_under for level in self.levels)


@dataclass(frozen=True)
class ClosingEffect:
    """What closing a site undoes."""

    companies: tuple[CompanyEffect, ...]
    plans: tuple[dict[str, Any], ...]

    @property
    def chains(self) -> int:
        return sum(len({chain for chain, *_ in company.chains}) for company in self.companies)

    @property
    def lost(self) -> int:
        """Chains that know nothing else at that level."""
        return sum(len({c for c, _t, _l, alone in company.chains if alone}) for company in self.companies)

    @property
    def marked(self) -> bool:
        """A norm that is shown is provisional."""
        return any(level.placeholder for company in self.companies for level in company.levels)

    @property
    def falling(self) -> int:
        return sum(company.falls_under for company in self.companies)


def closing_effect(actor: Actor, site: Site, *, pack: Pack, year: CovenantYear, today: dt.date) -> ClosingEffect:
    """The effect on the open chains of today; the same number of queries however many companies there are."""
    if not visible_sites(actor).filter(pk=site.pk).exists():
        return ClosingEffect((), ())
    ids = sorted(
        set(ChainLink.objects.filter(site=site).order_by().values_list("chain__organisation_id", flat=True).distinct())
    )
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    known = histories(ids)
    numbers, situations = report_numbers(year, pack, known), situations_on(min(today, year.ends_on), ids)
    mentioned = set(Mention.objects.filter(site=site).values_list("organisation_id", flat=True))
    chains: dict[int, list[Chain]] = defaultdict(list)
    for chain in chains_on(ids, today):
        chains[chain.organisation_id].append(chain)
    rows = []
    for pk in ids:
        rule = None
        if pk in numbers and situations.get(pk) and pack.has_rule(situations[pk]):
            rule = pack.rule(situations[pk], numbers[pk])
        touched = _touched(chains[pk], site, pack)
        if touched:
            levels = _levels(chains[pk], site, pack, rule)
            rows.append(CompanyEffect(pk, names[pk], touched, levels, pk in mentioned))
    rows.sort(key=lambda row: (not row.falls_under, row.name))
    plans = _plans(site, [chain for row in rows for chain, *_ in row.chains], ids)
    return ClosingEffect(tuple(rows), plans)


def _touched(chains: list[Chain], site: Site, pack: Pack) -> tuple[tuple[int, str, str, bool], ...]:
    labels = {level.id: in_language(level.text) for level in pack.coverage_levels}
    found = []
    for chain in chains:
        links = list(chain.links.all())
        for level in dict.fromkeys(link.level for link in links if link.site_id == site.pk):
            left = [link.state for link in links if link.level == level and link.site_id != site.pk]
            alone = not level_known(left, pack.known_states)
            found.append((chain.pk, str(chain), labels.get(level, level), alone))
    return tuple(found)


def _cover(chains: list[Chain], pack: Pack, without: int | None) -> core.ChainCoverage:
    rows = []
    for chain in chains:
        states: dict[str, list[str]] = defaultdict(list)
        for link in chain.links.all():
            states[link.level].append("unknown" if without and link.site_id == without else link.state)
        rows.append(core.Chain(situation=chain.situation, links=states, volume=chain.share_of_volume))
    return core.cover(pack, rows)


def _levels(chains: list[Chain], site: Site, pack: Pack, rule: Any) -> tuple[LevelEffect, ...]:
    """The levels on which something changes."""
    before, after = _cover(chains, pack, None), _cover(chains, pack, site.pk)
    found = []
    for level in pack.coverage_levels:
        now, then = before.shares[level.id], after.shares[level.id]
        if now == then:
            continue
        cell = rule.coverage.get(level.id) if rule else None
        need = cell.value if cell else None
        falls = need is not None and now.reaches(need) and not then.reaches(need)
        found.append(
            LevelEffect(
                label=in_language(level.text),
                now=_said(now),
                after=_said(then),
                need=percent(need) if need is not None else "",
                falls_under=falls,
                placeholder=bool(cell and cell.placeholder),
            )
        )
    return tuple(found)


def _said(share: Any) -> str:
    return f"{share.part} / {share.whole}"


def _plans(site: Site, chain_ids: list[int], organisation_ids: list[int]) -> tuple[dict[str, Any], ...]:
    """What the apps above say about plans that name the site or lean on these chains."""
    names = [name for name in (site.name, site.local_name) if name]
    names += Mention.objects.filter(site=site).values_list("name", flat=True)
    said = hooks.said("site.in_plans", names=sorted(set(names)), chain_ids=chain_ids, organisation_ids=organisation_ids)
    return tuple(row for rows in said for row in rows)
