"""Finding a site under any spelling: plain letters of all its names, places and numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from anyascii import anyascii

from toetssteen.core.sites import countries
from toetssteen.sites.models import Mention, SiteIdentifier, SiteName, SiteSearch
from toetssteen.supplychain.models import Site

BATCH = 400


def folded(text: str) -> str:
    """Plain small letters and figures, words divided by one space."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def country_code(text: str) -> str:
    """The code of a country as it was written, or nothing."""
    code = countries.country_code(text)
    return code if re.fullmatch("[A-Z]{2}", code) else ""


def refresh(site_ids: Iterable[int]) -> None:
    """Write again under which words these sites are found."""
    ids = sorted(set(site_ids))
    for start in range(0, len(ids), BATCH):
        _refresh(ids[start : start + BATCH])


def _refresh(ids: list[int]) -> None:
    words: dict[int, dict[str, None]] = defaultdict(dict)
    sites = Site.objects.filter(pk__in=ids)
    for site in sites:
        for text in (site.code, site.name, site.local_name, site.unit, site.place, site.admin2, site.admin1):
            words[site.pk][folded(text)] = None
        words[site.pk][folded(site.address)] = None
    for site_id, name in SiteName.objects.filter(site__in=ids).values_list("site_id", "name"):
        words[site_id][folded(name)] = None
    for site_id, value in SiteIdentifier.objects.filter(site__in=ids).values_list("site_id", "value"):
        words[site_id][folded(value)] = None
    for site_id, name in Mention.objects.filter(site__in=ids).values_list("site_id", "name"):
        words[site_id][folded(name)] = None
    merged = Site.objects.filter(merged_into__in=ids).values_list("merged_into_id", "code", "name", "local_name")
    for site_id, *texts in merged:
        words[site_id] |= {folded(text): None for text in texts}
    rows = [SiteSearch(site_id=pk, text=" | ".join(word for word in found if word)) for pk, found in words.items()]
    SiteSearch.objects.bulk_create(rows, BATCH, update_conflicts=True, unique_fields=["site"], update_fields=["text"])
