"""Proposals as the list shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.risks.presentation.words import chain_name, theme_name
from toetssteen.risks.proposals import Proposal
from toetssteen.risks.sources import source_name


def proposal_rows(proposals: Iterable[Proposal], pack: Pack) -> list[dict[str, Any]]:
    """Proposals as the list shows them."""
    found = []
    for row in proposals:
        profile = row.profile
        found.append(
            {
                "proposal": row,
                "theme": theme_name(pack, row.theme),
                "country": country_name(row.country) if row.country else "",
                "statement": in_language(profile.statement) if profile else row.earlier and row.earlier.description,
                "region": profile.region if profile and profile.region != "all" else "",
                "source": source_name(profile) if profile else "",
                "address": profile.source if profile and profile.source.startswith("https://") else "",
                "fits": ", ".join(dict.fromkeys(chain_name(chain, pack) for chain in row.chains[:3])),
                "date": profile.source_date if profile else "",
            }
        )
    return found
