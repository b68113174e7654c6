"""The offline gazetteer, when it was built: towns and districts that the own list does not know."""

from __future__ import annotations


def gazetteer_place(text: str, country: str | None) -> tuple[str, str | None, str, bool] | None:
    """Name, province, country and whether the spelling was corrected; None when nothing certain is known."""
    del text, country
    return None
