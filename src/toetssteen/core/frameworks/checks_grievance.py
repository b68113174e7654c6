"""What the file about complaining says about the rest of the pack, and whether every language says everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .findings import Finding
from .grievance import POSTER_WORDS
from .shapes_grievance import GrievanceIn, PostersIn

FILE = "grievance"


def check(source: GrievanceIn, levels: Collection[str]) -> Iterator[Finding]:
    """Levels and criteria exist, and each language of the posters has the same words."""
    known = {criterion.id for criterion in source.ungp_31.criteria}
    if source.made_known:
        yield from _levels("made_known", source.made_known.site_levels, levels)
    if source.own_mechanisms:
        yield from _levels("own_mechanisms", source.own_mechanisms.levels, levels)
        for criterion in source.own_mechanisms.criteria:
            if criterion not in known:
                yield Finding(FILE, "own_mechanisms", f"There is no criterion '{criterion}'.")
    if source.posters:
        yield from _posters(source.posters)


def _levels(element: str, named: Collection[str], levels: Collection[str]) -> Iterator[Finding]:
    for level in named:
        if level not in levels:
            yield Finding(FILE, element, f"There is no coverage level '{level}'.")


def _posters(posters: PostersIn) -> Iterator[Finding]:
    wanted = {
        "words": set(POSTER_WORDS),
        "promises": {promise.id for promise in posters.promises},
        "reach": {way.id for way in posters.reach},
    }
    seen: set[str] = set()
    for text in posters.texts:
        if text.code in seen:
            yield Finding(FILE, text.code, "This language is there twice.")
        seen.add(text.code)
        for part, keys in wanted.items():
            have = set(getattr(text, part))
            for key in sorted(keys - have):
                yield Finding(FILE, text.code, f"The words '{part}.{key}' are missing in this language.")
            for key in sorted(have - keys):
                yield Finding(FILE, text.code, f"The words '{part}.{key}' are used nowhere.")
