"""The chain seen, by a company and by the secretariat: drawing, map, and the coverage of this year and the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.pages import page, show
from toetssteen.supplychain import graph, outlook, permissions, queries
from toetssteen.supplychain.choices import LevelState
from toetssteen.supplychain.queries import routes
from toetssteen.supplychain.queries.chains import capitalised
from toetssteen.supplychain.views.ground import Ground

FEW_CHAINS = 14  # so many are shown without folding the groups


@dataclass(frozen=True)
class Seen:
    """Whose chains are shown, read once."""

    ground: Ground
    organisation_id: int
    company: str
    own: bool
    every: list[Any]

    @property
    def chains(self) -> list[Any]:
        """What is open today."""
        return routes.open_on(self.every, self.ground.today)

    def address(self, view: str) -> str:
        """The same company on another of these pages."""
        return reverse(view) if self.own else self._of_company(f"company_{view}")

    def _of_company(self, view: str) -> str:
        return reverse(view, args=[self.organisation_id])

    def context(self, current: str) -> dict[str, Any]:
        """What the head of every page of these needs."""
        ways = [
            ("chain_list", _("List"), reverse("chain_list") if self.own else self._of_company("company_chains")),
            ("chain_graph", _("Drawing"), self.address("chain_graph")),
            ("chain_map", _("Map"), self.address("chain_map")),
            ("chain_coverage", _("This year and the next"), self.address("chain_coverage")),
        ]
        return {
            "own": self.own,
            "company": {"id": self.organisation_id, "name": self.company},
            "ways": [{"label": label, "url": url, "current": view == current} for view, label, url in ways],
            "year": self.ground.year,
            "chain_count": len(self.chains),
        }


def _own(actor: Actor) -> Seen:
    return _seen(actor, actor.company_id or 0, actor.organisation_name, own=True)


def _of_company(actor: Actor, pk: int) -> Seen:
    company = queries.company_with_chains(actor, pk)
    if company is None:
        raise Http404
    return _seen(actor, pk, company.name, own=False)


def _seen(actor: Actor, pk: int, name: str, *, own: bool) -> Seen:
    ground = Ground.now()
    return Seen(ground, pk, name, own, queries.chains(actor, pk))


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def chain_graph(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The own chains as a drawing per product group, with the same in a table."""
    return _graph(request, _own(actor))


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def company_chain_graph(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The chains of one company as a drawing, to read."""
    return _graph(request, _of_company(actor, pk))


def _graph(request: HttpRequest, seen: Seen) -> HttpResponse:
    pack = seen.ground.pack
    every, names = routes.routes(seen.chains, pack), _levels(pack)
    wanted, fold = request.GET.get("group"), request.GET.get("all") != "1"
    sections: list[dict[str, Any]] = []
    for key, label, mine in routes.groups(pack, every):
        if wanted is not None and key != wanted:
            continue
        sections.append(
            {
                "key": key,
                "label": label,
                "routes": mine,
                "rows": [(route, list(zip(names, route.stops, strict=True))) for route in mine],
                "gaps": sum(route.has_gap for route in mine),
                "graph": graph.drawn(mine, seen.company, names, _words(), fold=fold),
                "open": wanted is not None or len(every) <= FEW_CHAINS or not sections,
            }
        )
    if request.GET.get("as") == "svg" and len(sections) == 1:
        return _picture(sections[0])
    context = seen.context("chain_graph") | {
        "sections": sections,
        "one": wanted is not None,
        "fold": fold,
        "levels": names,
    }
    return show(request, "supplychain/chain_graph.html", context)


def _levels(pack: Any) -> list[str]:
    return [capitalised(in_language(level.text)) for level in pack.coverage_levels]


def _words() -> dict[str, str]:
    said = {value: str(label)[:1].upper() + str(label)[1:] for value, label in LevelState.choices}
    return {**said, "fold": _("%(n)s more")}


def _picture(section: dict[str, Any]) -> HttpResponse:
    """The drawing of one group as a file of its own."""
    content = render_to_string(
        "supplychain/_graph.svg", {"graph": section["graph"], "label": section["label"], "alone": True}
    )
    response = HttpResponse(content, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("chain")}-{section["key"] or "0"}.svg"'
    return response


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def chain_map(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The own factories, quarry areas and quarries on a map, with the same in a table."""
    return _map(request, _own(actor))


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def company_chain_map(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The places of one company's chains on a map, to read."""
    return _map(request, _of_company(actor, pk))


def _map(request: HttpRequest, seen: Seen) -> HttpResponse:
    context = seen.context("chain_map") | {"places": routes.company_places(seen.chains, seen.ground.pack)}
    return show(request, "supplychain/chain_map.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def chain_coverage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the company knows beside what this year and the next one ask, and the least to name to get there."""
    may_edit = permissions.can_add_chain(actor, actor.company_id or 0)
    return _coverage(request, _own(actor), may_edit=bool(may_edit))


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def company_chain_coverage(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The coverage of one company beside this year's and next year's demands, to read."""
    return _coverage(request, _of_company(actor, pk), may_edit=False)


def _coverage(request: HttpRequest, seen: Seen, *, may_edit: bool) -> HttpResponse:
    ground = seen.ground
    number, rule = ground.rule(seen.organisation_id)
    following = outlook.following_number(seen.organisation_id, ground.year, ground.pack, number)
    next_rule = outlook.rule_for(seen.organisation_id, ground.today, ground.pack, following)
    context = seen.context("chain_coverage") | outlook.coverage_page(
        seen.every,
        ground.pack,
        this_year=(number, rule, ground.on),
        next_year=(following, next_rule, ground.today),
        may_edit=may_edit,
    )
    return show(request, "supplychain/chain_coverage.html", context)
