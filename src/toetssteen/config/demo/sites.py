"""Recognises the sites of the demonstration: most are tied, some are left in doubt for a person to answer."""

from __future__ import annotations

from toetssteen.config.demo.ground import HERO, Ground
from toetssteen.config.demo.places import Places
from toetssteen.config.demo.world import moment
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.sites.choices import How, Scheme
from toetssteen.sites.models import Mention, SiteIdentifier
from toetssteen.sites.recognition import numbers, runs, searching
from toetssteen.sites.recognition.mentions import read_mentions, site_levels, tie_links
from toetssteen.supplychain.models import ChainLink, Site

TODAY = "2024-10-21"
EVERY = 14  # of the mentions that were tied before, one in so many is looked for again
EVERY_BARE = 4  # and of those without an address
HERO_DOUBTS = 3


def recognise(ground: Ground) -> None:
    """Number the sites, and let recognition look at what companies wrote."""
    now = moment(TODAY, 8)
    levels = site_levels(pack_of(current_year(now.date())))
    companies = runs.companies_with_chains()
    _shorten(ground.of(0, HERO))
    for organisation_id in companies:
        read_mentions(organisation_id, levels, now)
    # Copies of the world name the same sites in the same words: the doubts of the first one are enough.
    first = sorted({organisation.pk for (copy, _ref), organisation in ground.organisations.items() if copy == 0})
    _forget_some(first)
    runs.recognise_companies(first, now=now, today=now.date())


def number_sites(places: Places) -> None:
    """Registry numbers, before any report is frozen with them; the codes of the files stay as former ones."""
    sites = sorted(places.sites.values(), key=lambda site: site.code)
    formers = [SiteIdentifier(site=site, scheme=Scheme.FORMER, value=site.code) for site in sites]
    for site, code in zip(sites, numbers.next_codes(len(sites)), strict=True):
        site.code = code
    Site.objects.bulk_update(sites, ["code"], 200)
    SiteIdentifier.objects.bulk_create(formers, 200)
    searching.refresh(site.pk for site in sites)


def _shorten(organisation_id: int) -> None:
    """The hero wrote a few factories twice, once with no more than the name: enough for a question to itself."""
    factories = ChainLink.objects.filter(
        chain__organisation_id=organisation_id, chain__closed_on__isnull=True, level="factories", site__isnull=False
    )
    links = list(factories.exclude(address="").order_by("pk"))
    known = {link.name: link for link in links}
    full, short = list(known.values())[:HERO_DOUBTS], list(known.values())[HERO_DOUBTS:][-HERO_DOUBTS:]
    for one, other in zip(full, short, strict=False):
        other.name, other.site, other.country = one.name, one.site, one.country
        other.address, other.place, other.lat, other.lon = "", "", None, None
    ChainLink.objects.bulk_update(short, ["name", "site", "country", "address", "place", "lat", "lon"])


def _forget_some(companies: list[int]) -> None:
    """Take the tie away from some mentions, as if they had just been written."""
    loaded = list(Mention.objects.filter(how=How.LOADED, organisation_id__in=companies).order_by("pk"))
    chosen = {mention.pk: mention for mention in loaded[::EVERY]}
    chosen |= {mention.pk: mention for mention in [m for m in loaded if not m.address][::EVERY_BARE]}
    _untie(list(chosen.values()))


def _untie(chosen: list[Mention]) -> None:
    for mention in chosen:
        mention.site_id, mention.how = None, How.OPEN
    Mention.objects.bulk_update(chosen, ["site", "how"], 200)
    tie_links(mention.pk for mention in chosen)
