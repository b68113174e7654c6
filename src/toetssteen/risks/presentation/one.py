"""One risk, its rating and its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.core.frameworks.rules import ScaleDimension
from toetssteen.foundation.look.figures import day, in_language
from toetssteen.risks.choices import RESPONSES, Involvement
from toetssteen.risks.models import Risk, RiskSource
from toetssteen.risks.presentation.words import chain_name, place_of, source_kind, theme_name
from toetssteen.risks.ratings import severity_of
from toetssteen.risks.sources import age_of


def ratings(risk: Risk, pack: Pack) -> list[dict[str, Any]]:
    """What was rated, one line per dimension with the pack's example; nothing where nobody rated."""
    if pack.severity is None:
        return []
    lines: list[tuple[ScaleDimension, int | None]] = [
        (row, getattr(risk, row.id, None)) for row in (*pack.severity.dimensions,)
    ]
    return [_rating(row, score) for row, score in lines] + [
        _rating(pack.severity.likelihood, risk.likelihood) | {"label": "", "is_likelihood": True}
    ]


def _rating(row: ScaleDimension, score: int | None) -> dict[str, Any]:
    return {
        "label": in_language(row.text).split(":")[0],
        "score": score,
        "most": row.max,
        "example": _example(row, score) if score is not None else "",
    }


def _example(row: ScaleDimension, score: int) -> str:
    """The pack's words for a score; between two of its examples where it has none for this one."""
    if score in row.anchors:
        return in_language(row.anchors[score])
    below = [known for known in row.anchors if known < score]
    above = [known for known in row.anchors if known > score]
    if not below or not above:
        return ""
    return _("between “%(less)s” and “%(more)s”") % {
        "less": in_language(row.anchors[max(below)]),
        "more": in_language(row.anchors[min(above)]),
    }


def about(
    risk: Risk, pack: Pack, chains: Sequence[Any], sources: Sequence[RiskSource], today: dt.date | None = None
) -> dict[str, Any]:
    """One risk as its page shows it."""
    involvement = Involvement(risk.involvement) if risk.involvement in Involvement.values else None
    theme = next((row for row in pack.themes if row.id == risk.theme), None)
    return {
        "risk": risk,
        "theme": theme_name(pack, risk.theme),
        "place": place_of(risk, chains, pack),
        "chains": [chain_name(chain, pack) for chain in chains],
        "ratings": ratings(risk, pack),
        "severity": severity_of(risk, pack),
        "sources": [_source(row, pack, today) for row in sources] if today else [],
        "involvement": involvement.label if involvement else risk.involvement,
        "response": RESPONSES[involvement] if involvement else "",
        "parts": [{"value": k.value, "label": k.label, "text": RESPONSES[k]} for k in Involvement]
        + [{"value": "", "label": _("We do not know yet")}],
        "definition": in_language(theme.definition) if theme else "",
        "signals": [in_language(text) for text in theme.signals.values()] if theme else [],
    }


def source_words(source: RiskSource) -> str:
    """A source in one line."""
    return ", ".join(word for word in (str(source_kind(source.kind)), day(source.said_on) if source.said_on else "")
                     if word)  # fmt: skip


def _source(source: RiskSource, pack: Pack, today: dt.date) -> dict[str, Any]:
    profile = next((row for row in pack.risk_profiles if source.profile and row.id == source.profile), None)
    link = profile.source if profile else ""
    return {
        "row": source,
        "kind": source_kind(source.kind),
        "age": age_of(source, pack, today),
        "address": link if link.startswith("https://") else "",
        "is_profile": profile is not None,
    }


def initial_of(risk: Risk) -> dict[str, Any]:
    """A stored risk as the form shows it; the chains in their order."""
    names = ("theme", "description", "country", "quarry_area_id", "site_text", "harmed", "involvement", "row_version")
    chains = [risk.chain_id, *(chain.pk for chain in risk.other_chains.all())]
    return {name: getattr(risk, name) for name in names} | {
        "is_actual": "yes" if risk.is_actual else "no",
        "chain_ids": [pk for pk in chains if pk],
    }


def source_initial(source: RiskSource) -> dict[str, Any]:
    """A stored source as the form shows it."""
    return {name: getattr(source, name) for name in ("kind", "said_on", "text", "evidence_id", "row_version")}


def view_initial(view: Any) -> dict[str, Any]:
    """A recorded view as the form shows it."""
    return {name: getattr(view, name) for name in ("who", "said_on", "said", "changed")}
