"""The purchase situations that the framework in force knows, told to the room that keeps organisations."""

from __future__ import annotations

from django.utils.translation import get_language

from toetssteen.covenant.queries import pack_of, years


def situation_choices() -> list[tuple[str, str]]:
    """The profiles of the latest covenant year's pack, in the language of the screen."""
    opened = years()
    if not opened:
        return []
    language = get_language() or "nl"
    return [(p.id, f"{p.id}: {p.title.in_(language)}") for p in pack_of(opened[-1]).framework.profiles]
