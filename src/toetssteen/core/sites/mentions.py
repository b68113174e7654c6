"""A site as somebody wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One site in the words of one source; a row of the registry is compared in the same form.

    `kind` is free text ("supplier", "quarry", "groeve"); `lat` and `lon` are degrees; empty means not known.
    """

    id: str
    name: str = ""
    local_name: str = ""
    address: str = ""
    place: str = ""
    admin1: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: str = ""
    registry_numbers: tuple[str, ...] = ()
    source: str = ""
