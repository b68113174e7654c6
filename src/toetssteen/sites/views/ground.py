"""What several pages about sites need: the pack, its kinds of sites, and a site or a 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import in_language
from toetssteen.sites import queries


def pack_now() -> Pack:
    """The pack of the year that is reported now."""
    return pack_of(current_year(clock.today()))


def kind_words(pack: Pack) -> dict[str, str]:
    """The kinds of sites in the language of the page; areas are not sites."""
    return {kind.id: in_language(kind.text) for kind in pack.site_kinds if kind.public != "aggregated"}


def site_or_404(actor: Actor, pk: int) -> Any:
    """The site, or a page that does not exist."""
    site = queries.site_or_none(actor, pk)
    if site is None:
        raise Http404
    return site
