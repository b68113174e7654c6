"""Two versions of a chain side by side, when two people changed it at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, day, in_language, number
from toetssteen.foundation.look.forms import Difference
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import ChainData


def differences(pack: Pack, stored: Any, entered: ChainData) -> list[Difference]:
    """What is stored now beside what was entered, for everything that differs."""
    materials = {m.id: in_language(m.text) for m in pack.materials}
    products = {p.id: in_language(p.text) for p in pack.product_forms}
    pairs = [
        (_("Material"), materials.get(stored.material, ""), materials.get(entered.material, "")),
        (_("Name you use for it"), stored.trade_name, entered.trade_name),
        (_("Product"), products.get(stored.product_group, ""), products.get(entered.product_group, "")),
        (_("Share of your volume, in %"), number(stored.share_of_volume), number(entered.share_of_volume)),
        (_("Quarried in"), country_name(stored.extraction_country), country_name(entered.extraction_country)),
        (_("Processed in"), country_name(stored.processing_country), country_name(entered.processing_country)),
        (_("Situation"), stored.situation, entered.situation),
        (_("Since"), day(stored.opened_on), day(entered.opened_on)),
    ]
    for level in pack.coverage_levels:
        now = [link for link in stored.links.all() if link.level == level.id]
        mine = [link for link in entered.links if link.level == level.id]
        pairs.append((in_language(level.text), _links_in_words(now), _links_in_words(mine)))
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _links_in_words(links: Iterable[Any]) -> str:
    said = []
    for link in links:
        word = str(LinkState(link.state).label)
        parts = [word, link.name, link.place, day(link.asked_on) if link.asked_on else "", link.note]
        if link.quarry_area_id:
            area = getattr(link, "quarry_area", None)
            parts.insert(1, area.name if area else _("area %(n)s") % {"n": link.quarry_area_id})
        said.append(", ".join(part for part in parts if part))
    return "; ".join(said) or str(LinkState.UNKNOWN.label)
