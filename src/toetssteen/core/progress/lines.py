"""Lines of things that are carried over from year to year: each says which one of the year before it continues."""

from __future__ import annotations

from collections.abc import Mapping


def first_of_line(one: int, before: Mapping[int, int | None]) -> int:
    """The one with which a line began: back along what was carried over, as far as it is known."""
    seen = {one}
    while (earlier := before.get(one)) is not None and earlier in before and earlier not in seen:
        seen.add(earlier)
        one = earlier
    return one
