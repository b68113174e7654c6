"""Which mentions stand in the chains of a company; the same words are the same mention, also after a new import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from toetssteen.core.frameworks import Pack
from toetssteen.sites import policies
from toetssteen.sites.choices import How
from toetssteen.sites.models import Mention, MentionLink
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import ChainLink
from toetssteen.supplychain.policies import area_levels

BATCH = 400
WRITTEN = ("level", "name", "address", "place", "country", "lat", "lon")


def site_levels(pack: Pack) -> frozenset[str]:
    """The levels at which a site is named, not an area."""
    return frozenset(level.id for level in pack.coverage_levels) - area_levels(pack)


def key_of(link: ChainLink) -> str:
    """The key of what a link says."""
    return policies.mention_key(link.level, link.name, link.address, link.place, link.country, link.lat, link.lon)


def read_mentions(organisation_id: int, levels: Collection[str], now: dt.datetime) -> None:
    """Make the mentions of a company equal to its chains; links with known words get their site at once."""
    links = list(
        ChainLink.objects.filter(chain__organisation_id=organisation_id, level__in=levels, state=LinkState.KNOWN)
        .exclude(name="")
        .only("pk", "site_id", *WRITTEN)
        .order_by("pk")
    )
    known = {mention.key: mention for mention in Mention.objects.filter(organisation_id=organisation_id)}
    keys = {link.pk: key_of(link) for link in links}
    fresh: dict[str, Mention] = {}
    for link in links:
        key = keys[link.pk]
        if key not in known and key not in fresh:
            fresh[key] = _mention(organisation_id, key, link, now)
    Mention.objects.bulk_create(fresh.values(), BATCH)
    known |= fresh
    _stand(organisation_id, {link.pk: known[keys[link.pk]].pk for link in links})
    _tie(links, {link.pk: known[keys[link.pk]].site_id for link in links})


def _mention(organisation_id: int, key: str, link: ChainLink, now: dt.datetime) -> Mention:
    written = {name: getattr(link, name) for name in WRITTEN}
    how = How.LOADED if link.site_id else How.OPEN
    return Mention(
        organisation_id=organisation_id, key=key, site_id=link.site_id, how=how, first_seen_at=now, **written
    )


def _stand(organisation_id: int, wanted: dict[int, int]) -> None:
    """Which mention stands in which link."""
    standing = MentionLink.objects.filter(mention__organisation_id=organisation_id)
    now = dict(standing.values_list("link_id", "mention_id"))
    wrong = [link for link, mention in now.items() if wanted.get(link) != mention]
    for start in range(0, len(wrong), BATCH):
        MentionLink.objects.filter(link_id__in=wrong[start : start + BATCH]).delete()
    MentionLink.objects.bulk_create(
        (MentionLink(link_id=link, mention_id=mention) for link, mention in wanted.items() if now.get(link) != mention),
        BATCH,
    )


def _tie(links: Iterable[ChainLink], wanted: dict[int, int | None]) -> None:
    changed = [link for link in links if wanted[link.pk] != link.site_id]
    for link in changed:
        link.site_id = wanted[link.pk]
    ChainLink.objects.bulk_update(changed, ["site"], BATCH)


def tie_links(mention_ids: Iterable[int]) -> None:
    """Give the links of these mentions the site of their mention."""
    ids = list(mention_ids)
    for start in range(0, len(ids), BATCH):
        rows = MentionLink.objects.filter(mention_id__in=ids[start : start + BATCH]).select_related("mention", "link")
        changed = []
        for row in rows:
            if row.link.site_id != row.mention.site_id:
                row.link.site_id = row.mention.site_id
                changed.append(row.link)
        ChainLink.objects.bulk_update(changed, ["site"], BATCH)
