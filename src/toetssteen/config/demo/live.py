"""Brings each company's chains up to what it knew in its last finished year, after the history was frozen."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Model

from toetssteen.config.demo.ground import HERO, Ground
from toetssteen.config.demo.places import Places, coverage_level
from toetssteen.config.demo.world import Row, copied, moment
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea, Site

LAST_FINISHED = 4
CLOSED_ON = dt.date(2022, 9, 1)
OPENED_ON = dt.date(2022, 11, 1)
CHECKED_ON = dt.date(2024, 9, 12)
SCANNED_ON = dt.date(2024, 6, 20)
ASKED_ON = dt.date(2024, 9, 3)
LEAST_SURE_FIRST = (LinkState.UNKNOWN, LinkState.ASKED, LinkState.REFUSED)
COLUMNS = ("direct_supplier", "factory", "quarry_area", "quarry")


@dataclass
class Pool:
    """Invented sites and areas by kind and country, to name in a chain."""

    sites: dict[tuple[str, str], list[Site]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[QuarryArea]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, ground: Ground, places: Places) -> Pool:
        pool = cls()
        level_of = {kind.id: kind.coverage_level for kind in ground.pack.site_kinds}
        for site in places.sites.values():
            for kind in site.kinds:
                level = level_of.get(kind)
                if site.closed_on is None and level is not None:
                    pool.sites[(level, site.country)].append(site)
        for area in places.areas.values():
            pool.areas[area.country].append(area)
        return pool


@dataclass
class Changes:
    """What has to be written in the end."""

    new_chains: list[Chain] = field(default_factory=list)
    new_links: list[ChainLink] = field(default_factory=list)
    chains: dict[int, Chain] = field(default_factory=dict)
    links: dict[int, ChainLink] = field(default_factory=dict)


def bring_up_to_date(ground: Ground, places: Places) -> None:
    """Close, open and name until the counts are those of the last finished year."""
    pool = Pool.of(ground, places)
    levels = [coverage_level(ground, column) for column in COLUMNS]
    links: dict[int, list[ChainLink]] = defaultdict(list)
    for link in ChainLink.objects.select_related("chain").order_by("pk"):
        links[link.chain_id].append(link)
    chains: dict[int, list[Chain]] = defaultdict(list)
    for chain in places.chains.values():
        chains[chain.organisation_id].append(chain)
    rows = [row for row in ground.world.rows("coverage_by_year") if int(row["covenant_year"]) == LAST_FINISHED]
    every = [chain for (copy, _key), chain in places.chains.items() if copy == 0]
    changes = Changes()
    for copy in range(ground.copies):
        for row in rows:
            company = _Company(ground, copy, row, levels, pool, random.Random(f"{row['org_id']} {copy}"), changes)  # noqa: S311
            company.update(chains[ground.of(copy, row["org_id"])], links, every)
    _write(changes)


class _Company:
    """One company's chains on their way to the counts of its row."""

    def __init__(
        self,
        ground: Ground,
        copy: int,
        row: Row,
        levels: list[str],
        pool: Pool,
        chance: random.Random,
        changes: Changes,
    ) -> None:
        self.ground, self.copy, self.row, self.levels = ground, copy, row, levels
        self.pool, self.chance, self.changes = pool, chance, changes
        self.own = ground.pack.own_situations

    def update(self, chains: list[Chain], links: dict[int, list[ChainLink]], every: list[Chain]) -> None:
        own_wanted = int(self.row["own_import_chains"])
        other_wanted = int(self.row["chains"]) - own_wanted
        mine = [chain for chain in chains if chain.situation in self.own]
        others = [chain for chain in chains if chain.situation not in self.own]
        situation = self._situation()
        mine = self._as_many(mine, own_wanted, mine or [c for c in every if c.situation == situation])
        others = self._as_many(others, other_wanted, others or [c for c in every if c.situation not in self.own])
        self._share([*mine, *others])
        for level, column in zip(self.levels, COLUMNS, strict=True):
            self._name(mine, level, int(self.row[f"{column}_known"]), links)
        for chain in [*mine, *others]:
            chain.confirmed_on = CHECKED_ON if self.chance.random() < 0.85 else chain.confirmed_on
            chain.risk_scan_on = SCANNED_ON if chain.situation in self.own else chain.risk_scan_on
            self._touch(chain)

    def _situation(self) -> str:
        rows = self.ground.world.rows("organisations")
        return next(row["purchase_situation"] for row in rows if row["org_id"] == self.row["org_id"])

    def _as_many(self, chains: list[Chain], wanted: int, models: list[Chain]) -> list[Chain]:
        """Close the last ones, or open new ones after the model of others."""
        for chain in chains[wanted:]:
            chain.closed_on, chain.close_reason = CLOSED_ON, "Wij kopen deze steen niet meer."
            self._touch(chain)
        kept = chains[:wanted]
        while len(kept) < wanted:
            kept.append(self._opened(self.chance.choice(models), len(kept)))
        return kept

    def _opened(self, model: Chain, number: int) -> Chain:
        reference = f"{self.row['org_id']}-N{number + 1}{'A' if model.situation not in self.own else ''}"
        chain = Chain(
            organisation_id=self.ground.of(self.copy, self.row["org_id"]),
            reference=copied(reference, self.copy),
            situation=model.situation if model.situation not in self.own else self._situation(),
            material=model.material,
            trade_name=model.trade_name,
            product_group=model.product_group,
            finish=model.finish,
            extraction_country=model.extraction_country,
            processing_country=model.processing_country,
            share_of_volume=None,
            opened_on=max(OPENED_ON, self.ground.joined[self.row["org_id"]]),
            confirmed_on=CHECKED_ON,
            changed_at=moment(CHECKED_ON),
        )
        self.changes.new_chains.append(chain)
        return chain

    def _touch(self, chain: Chain) -> None:
        chain.changed_at = moment(CHECKED_ON)
        if chain.pk:
            self.changes.chains[chain.pk] = chain

    def _share(self, chains: list[Chain]) -> None:
        """Shares of the volume that make 100 together."""
        weights = [chain.share_of_volume or Decimal(self.chance.randint(10, 60)) / 10 for chain in chains]
        whole = sum(weights, Decimal(0))
        if not chains or not whole:
            return
        tenth = Decimal("0.1")
        shares = [(100 * w / whole).quantize(tenth, ROUND_HALF_UP) for w in weights]
        shares[0] += Decimal(100) - sum(shares, Decimal(0))
        for chain, share in zip(chains, shares, strict=True):
            chain.share_of_volume = share

    def _name(self, chains: list[Chain], level: str, wanted: int, links: dict[int, list[ChainLink]]) -> None:
        """Name places of this level until so many chains have one; new chains get a link for it either way."""
        known, open_ones = [], []
        for chain in chains:
            here = [link for link in links.get(chain.pk or 0, []) if link.level == level]
            if any(link.state == LinkState.KNOWN for link in here):
                known.append(chain)
            else:
                open_ones.append((chain, here[0] if here else None))
        open_ones.sort(key=lambda pair: LEAST_SURE_FIRST.index(LinkState(pair[1].state)) if pair[1] else 0)
        for chain, link in open_ones:
            name_it = len(known) < wanted
            link = link or self._linked(chain, level)
            if name_it:
                self._known(chain, link)
                known.append(chain)
            elif self.row["org_id"] == HERO and self.copy == 0:
                self._gap(link, level)
            if link.pk:
                self.changes.links[link.pk] = link

    def _linked(self, chain: Chain, level: str) -> ChainLink:
        link = ChainLink(chain=chain, level=level, position=0, state=LinkState.UNKNOWN)
        self.changes.new_links.append(link)
        return link

    def _known(self, chain: Chain, link: ChainLink) -> None:
        """Write an invented place of the right kind and country."""
        country = chain.extraction_country if link.level in self.levels[2:] else chain.processing_country
        link.state, link.asked_on, link.answered_on = LinkState.KNOWN, ASKED_ON, CHECKED_ON
        link.country = country
        if link.level == self.levels[2] and self.pool.areas[country]:
            area = self.chance.choice(self.pool.areas[country])
            link.quarry_area, link.name = area, area.name
            return
        sites = self.pool.sites[(link.level, country)]
        if not sites:
            link.name = f"Voorbeeldplaats {self.chance.randint(10, 99)} ({country})"
            return
        site = self.chance.choice(sites)
        link.site, link.name, link.place, link.address = site, site.name, site.place, site.address
        link.quarry_area = site.quarry_area if link.level == self.levels[3] else None

    def _gap(self, link: ChainLink, level: str) -> None:
        """The company of the story has every kind of gap: asked, refused, and not asked yet."""
        states = (LinkState.ASKED, LinkState.REFUSED, LinkState.UNKNOWN)
        self.gaps = getattr(self, "gaps", 0) + 1
        state = states[(self.gaps - 1) % len(states)]
        link.state = state
        link.asked_on = None if state == LinkState.UNKNOWN else ASKED_ON
        link.answered_on = CHECKED_ON if state == LinkState.REFUSED else None


def _write(changes: Changes) -> None:
    Chain.objects.bulk_create(changes.new_chains, 500)
    for link in changes.new_links:
        link.chain_id = link.chain.pk
    ChainLink.objects.bulk_create(changes.new_links, 500)
    _rewrite(
        Chain,
        list(changes.chains.values()),
        ["closed_on", "close_reason", "confirmed_on", "risk_scan_on", "share_of_volume", "changed_at"],
    )
    _rewrite(
        ChainLink,
        list(changes.links.values()),
        ["state", "asked_on", "answered_on", "country", "name", "place", "address", "quarry_area", "site"],
    )


def _rewrite(model: type[Model], rows: list[Any], fields: list[str]) -> None:
    """Write changed rows by inserting them over themselves: many times quicker than an update per row."""
    model._default_manager.bulk_create(rows, 400, update_conflicts=True, update_fields=fields, unique_fields=["id"])
