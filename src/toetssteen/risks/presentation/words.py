"""Names of themes, chains and places."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.risks.choices import Involvement, SourceKind
from toetssteen.risks.models import Risk


def theme_name(pack: Pack, theme: str) -> str:
    """A theme by its name; one that this version of the framework does not have keeps its own."""
    return next((in_language(row.name) for row in pack.themes if row.id == theme), theme)


def points_of_reasons(pack: Pack) -> Fraction:
    """The points that a full rating with its reason can bring, where the framework asks for that."""
    asked = (q for q in pack.framework.questions.values() if q.derived_from == "risks.severity_complete_share")
    return max((Fraction(question.max_points) for question in asked), default=Fraction(0))


def chain_name(chain: Any, pack: Pack) -> str:
    """A chain by its trade name, else by its material."""
    material = next((in_language(row.text) for row in pack.materials if row.id == chain.material), chain.material)
    return str(chain.trade_name or material[:1].upper() + material[1:])


def place_of(risk: Risk, chains: Sequence[Any], pack: Pack) -> str:
    """Where a risk plays, in a few words."""
    area = risk.quarry_area.name if risk.quarry_area else ""
    words = [
        chain_name(chains[0], pack) if chains else "",
        risk.site_text or area,
        country_name(risk.country) if risk.country else "",
    ]
    more = f" (+{len(chains) - 1})" if len(chains) > 1 else ""
    return ", ".join(word for word in (words[0] + more, *words[1:]) if word)


def countries_of(risk: Risk, chains: Sequence[Any]) -> list[str]:
    """The countries in which a risk plays, for what the library has on them."""
    codes = [risk.country, *(chain.extraction_country for chain in chains)]
    return list(dict.fromkeys(code for code in codes if code))


def source_kind(kind: str) -> Any:
    """The kind of a source in words."""
    return SourceKind(kind).label if kind in SourceKind.values else kind


def part_words(involvement: str) -> Any:
    """How a company is tied to a harm, in words."""
    return Involvement(involvement).label if involvement in Involvement.values else involvement
