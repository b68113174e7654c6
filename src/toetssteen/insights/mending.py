"""What does not fit in the chains of all companies: questions, never corrections."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.pages import demand
from toetssteen.insights import permissions
from toetssteen.insights.chain_queries import open_chains
from toetssteen.supplychain.doubts import KINDS, Doubt, doubts_in, elsewhere, says, sorted_doubts
from toetssteen.supplychain.models import QuarryArea

__all__ = ["KINDS", "Finding", "findings"]


@dataclass(frozen=True)
class Finding:
    """One thing to ask or to mend, with where that is done."""

    doubt: Doubt
    url: str
    mend: str
    ask: str

    @property
    def kind(self) -> str:
        return self.doubt.kind

    @property
    def company_id(self) -> int:
        return self.doubt.company_id

    @property
    def company(self) -> str:
        return self.doubt.company

    @property
    def chain(self) -> str:
        return self.doubt.chain

    @property
    def text(self) -> str:
        return self.doubt.text


def findings(actor: Actor, pack: Pack, today: dt.date) -> list[Finding]:
    """Everything that contradicts itself or is stale in the open chains of all companies; five queries."""
    demand(permissions.can_view_all_chains(actor))
    areas = {area.pk: area for area in QuarryArea.objects.all()}
    found = doubts_in(open_chains(actor, today), pack, today, sites=True, areas=areas)
    return [_finding(doubt) for doubt in sorted_doubts([*found, *_areas(areas)])]


def _finding(doubt: Doubt) -> Finding:
    if doubt.kind == "area":
        url = mend = reverse("quarry_area_edit", args=[doubt.site_id])
        return Finding(doubt, url, mend, "")
    mend = reverse("site_detail", args=[doubt.site_id]) if doubt.site_id else ""
    ask = "" if mend else f"{reverse('chain_ask', args=[doubt.chain_id])}?kind={doubt.kind}&key={doubt.key}"
    return Finding(doubt, reverse("chain_detail", args=[doubt.chain_id]), mend, ask)


def _areas(areas: dict[int, QuarryArea]) -> list[Doubt]:
    """Areas of the list whose coordinates lie in another country; the row is the area itself."""
    found = []
    for area in areas.values():
        if area.lat is not None and area.lon is not None and area.merged_into_id is None:
            there = elsewhere(area.country, area.lat, area.lon)
            if there is not None:
                found.append(Doubt("area", "", 0, 0, "", area.name, says(area.name, there), area.pk))
    return found
