"""The offline gazetteer, when it was built: towns and districts that the own list does not know."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from toetssteen.places import gazetteer

from .folding import key


@lru_cache(maxsize=1)
def is_there() -> bool:
    """Whether the gazetteer can be used; reading works without it and only knows less."""
    try:
        return gazetteer.available()
    except Exception:  # a help that is broken must not stop the reading
        return False


@lru_cache(maxsize=20_000)
def gazetteer_place(text: str, country: str | None) -> tuple[str, str | None, str, bool] | None:
    """Name, province, country and whether the spelling was corrected; None when nothing certain is known."""
    if country is None or len(text) < 3 or len(text) > 60 or any(c.isdigit() for c in text) or not is_there():
        return None
    try:
        found = gazetteer.resolve(text, country)
    except Exception:  # a help that is broken must not stop the reading
        return None
    if not isinstance(found, gazetteer.Place) or found.country != country:
        return None
    if found.kind not in (gazetteer.Kind.DISTRICT, gazetteer.Kind.TOWN):
        return None
    written = key(text)
    if written == key(found.name):
        return found.name, found.province or None, country, False
    if written in (key(found.matched), key(found.matched.replace("'", ""))):
        return text, found.province or None, country, False
    near = fuzz.ratio(written, key(found.name))
    if len(written) >= 5 and near >= 88 and written[0] == key(found.name)[0]:
        return found.name, found.province or None, country, True
    return None
