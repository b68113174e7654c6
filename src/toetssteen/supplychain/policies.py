"""What a chain and a link allow, whoever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.core.frameworks import Pack
from toetssteen.supplychain.choices import LinkState

if TYPE_CHECKING:
    from toetssteen.supplychain.data import LinkData
    from toetssteen.supplychain.models import Chain

# Which state speaks for a level with several links.
LOUDEST_FIRST = (LinkState.KNOWN, LinkState.REFUSED, LinkState.ASKED, LinkState.UNKNOWN)


def level_state(states: Iterable[str]) -> str:
    """What a level comes to: known as soon as one link is known, else refused, asked or unknown."""
    found = set(states)
    return next((str(state) for state in LOUDEST_FIRST if state in found), str(LinkState.UNKNOWN))


def is_open(chain: Chain, on: dt.date) -> bool:
    """The company buys through this chain on that day."""
    return chain.opened_on <= on and (chain.closed_on is None or chain.closed_on > on)


def editable(chain: Chain) -> Verdict:
    """A closed chain stays as it was."""
    if chain.closed_on is not None:
        return no(_("This chain is closed. Reopen it, or copy it to start a new one."))
    return YES


def closable(chain: Chain) -> Verdict:
    """A chain can be closed once."""
    return no(_("This chain is closed already.")) if chain.closed_on is not None else YES


def reopenable(chain: Chain, *, frozen: bool) -> Verdict:
    """Closing can be undone as long as no report that was handed in says so."""
    if chain.closed_on is None:
        return no(_("This chain is open."))
    if frozen:
        return no(_("A report that was handed in says that this chain is closed. Copy it to start a new one."))
    return YES


def area_levels(pack: Pack) -> frozenset[str]:
    """The levels that are areas, published together: a place is chosen there instead of a firm."""
    return frozenset(
        kind.coverage_level for kind in pack.site_kinds if kind.public == "aggregated" and kind.coverage_level
    )


def eea_status(pack: Pack, code: str) -> bool | None:
    """Inside the free area, outside it, or None when the pack does not say."""
    return pack.is_inside(code) if code else None


def proposed_situation(pack: Pack, extraction: str, processing: str, *, imports: bool = True) -> str | None:
    """The situation that follows from the two countries; None when the pack does not know one of them.

    Of the situations of own imports the lightest needs every country inside the free area.
    """
    profiles = pack.framework.profiles
    if not imports:
        others = [profile.id for profile in profiles if profile.id not in pack.own_situations]
        return others[-1] if others else None
    own = [profile.id for profile in profiles if profile.id in pack.own_situations]
    inside = [eea_status(pack, code) for code in (extraction, processing) if code]
    if not own or not inside:
        return None
    if False in inside:
        return own[0]
    if None in inside or not (extraction and processing):
        return None
    return own[-1]


def link_flaws(link: LinkData, today: dt.date, *, is_area: bool) -> dict[str, str]:
    """What is missing or wrong in one link, per field, in the words the user reads."""
    flaws: dict[str, str] = {}
    if link.state == LinkState.KNOWN:
        if is_area and not (link.quarry_area_id or link.place_id or link.place or link.name):
            flaws["quarry_area"] = _("Choose the area, or type its name.")
        if not is_area and not link.name:
            flaws["name"] = _("Enter the name.")
    if link.state in (LinkState.ASKED, LinkState.REFUSED):
        if link.asked_on is None:
            flaws["asked_on"] = _("Enter the day on which you asked.")
        elif link.asked_on > today:
            flaws["asked_on"] = _("This day is still to come.")
    if link.answered_on is not None:
        if link.answered_on > today:
            flaws["answered_on"] = _("This day is still to come.")
        elif link.asked_on is not None and link.answered_on < link.asked_on:
            flaws["answered_on"] = _("The answer cannot come before the question.")
    if (link.lat is None) != (link.lon is None):
        flaws["lat"] = _("Enter both numbers, or neither.")
    if link.lat is not None and not -90 <= link.lat <= 90:
        flaws["lat"] = _("Latitude runs from -90 to 90.")
    if link.lon is not None and not -180 <= link.lon <= 180:
        flaws["lon"] = _("Longitude runs from -180 to 180.")
    return flaws


def volume_warning(shares: Iterable[Decimal | None]) -> tuple[Decimal, int] | None:
    """Total and number without a share, when the shares of the open chains do not add up to 100; never a refusal."""
    every = list(shares)
    total = sum((share for share in every if share is not None), Decimal(0))
    missing = sum(share is None for share in every)
    if not every or missing == len(every) or (total == 100 and not missing):
        return None
    return total, missing


def heaviest_situation(pack: Pack, situations: Iterable[str]) -> str | None:
    """The company's situation as its chains show it: the heaviest one that occurs."""
    known: Mapping[str, bool] = {profile.id: True for profile in pack.framework.profiles}
    return pack.heaviest(situation for situation in set(situations) if situation in known)
