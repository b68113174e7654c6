"""What a company chose for its report: which fields are shown, which risks are named, and its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toetssteen.communication.models import ReportDraft
from toetssteen.communication.sections import FIELDS, LANGUAGES, NOT_ON_ONE_PAGE


@dataclass(frozen=True)
class Selection:
    """The choices of one draft; a field that nobody chose is as it was proposed."""

    fields: Mapping[str, bool] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_short: bool = False

    def shows(self, field_id: str) -> bool:
        """The field is part of the report."""
        if self.is_short and field_id in NOT_ON_ONE_PAGE:
            return False
        return bool(self.fields.get(field_id, FIELDS[field_id].proposed))

    def says(self, slot_id: str, language: str) -> str:
        """The company's own words in one language; empty when it wrote none."""
        return str(self.words.get(slot_id, {}).get(language, "")).strip()

    def says_anything(self, slot_id: str) -> bool:
        """The company wrote something in at least one language."""
        return any(self.says(slot_id, language) for language in LANGUAGES)


def selection_of(draft: ReportDraft) -> Selection:
    """The choices of a stored draft; anything that is no choice of ours is ignored."""
    stored: Any = draft.fields if isinstance(draft.fields, dict) else {}
    return Selection(
        fields={name: bool(value) for name, value in stored.items() if name in FIELDS},
        left_out=frozenset(int(pk) for pk in draft.left_out),
        words=draft.words,
        is_short=draft.is_short,
    )
