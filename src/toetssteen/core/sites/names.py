"""The name of a firm or quarry in parts: what is its own, what its trade says, and its legal form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .letters import script_of, skeleton, words_of
from .words import FILLERS, FIRM_WORDS, LEGAL_FORMS

_LONGEST_FORM = max(len(form.split()) for form in LEGAL_FORMS)
_LONG_WORDS = sorted({word for word in FIRM_WORDS if len(word) >= 6 and " " not in word})
_KNOWN = frozenset(
    {word for word in FIRM_WORDS if len(word) > 2} | {"ltd", "limited", "private", "pvt", "srl", "gmbh", "ltda"}
)
_SHORT_WORDS = {
    "".join(sorted(word)): word for word in ("ltd", "pvt", "sons", "rocks", "stone", "ltda", "gmbh", "mills")
}
_BRACKETS = re.compile(r"\(([^)]*)\)?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts; `core` is what no other firm of the trade would have, in the order written."""

    core: tuple[str, ...]
    joined: str
    firm: frozenset[str]
    legal: frozenset[str]
    asides: tuple[str, ...]
    full: str
    glued: bool
    script: str
    sound: str


EMPTY = Name((), "", frozenset(), frozenset(), (), "", False, "", "")


def name_of(text: str, original: str, places: frozenset[str]) -> Name:
    """The parts of a folded name without its numbers; `places` are words of places, which are no name of a firm."""
    asides: list[str] = []

    def aside(found: re.Match[str]) -> str:
        inner = found.group(1)
        words = words_of(inner)
        if words and all(word in places for word in words):
            asides.extend(words)
            return " "
        return f" {inner} "

    words, pulled_apart = _unspaced(words_of(_BRACKETS.sub(aside, text)))
    words, legal = _without_forms(_mended(words))
    full = "".join(word for word in words if word not in FILLERS)
    firm, core = _sorted_out(words)
    own = [word for word in core if word not in places]
    if own and sum(map(len, own)) >= 3:
        asides += [word for word in core if word in places]
        core = own
    if not core:
        core = asides or sorted(firm)
    joined = "".join(core)
    return Name(
        tuple(core),
        joined,
        frozenset(firm),
        frozenset(legal),
        tuple(asides),
        full,
        pulled_apart,
        script_of(original),
        skeleton(joined),
    )


def _unspaced(words: list[str]) -> tuple[list[str], bool]:
    """Put letters together that a machine pulled apart ("m e r c u r y"); true where that was needed."""
    body = list(words)
    for length in range(min(4, len(body) - 1), 0, -1):
        if " ".join(body[-length:]) in LEGAL_FORMS:
            body = body[:-length]
            break
    singles = sum(len(word) == 1 and word.isalpha() for word in body)
    if len(body) < 4 or singles < 2 or sum(map(len, body)) > 2.7 * len(body):
        return words, False
    return ["".join(body), *words[len(body) :]], True


def _mended(words: list[str]) -> list[str]:
    """Move a letter back over a space where that makes a known word ("rocksp rivate" is "rocks private")."""
    out = list(words)
    for position in range(len(out) - 1):
        first, second = out[position], out[position + 1]
        if len(first) < 2 or len(second) < 2 or second in _KNOWN:
            continue
        for one, other in ((first[:-1], first[-1] + second), (first + second[0], second[1:])):
            if other in _KNOWN and (one in _KNOWN or first not in _KNOWN):
                out[position], out[position + 1] = one, other
                break
    return out


def _without_forms(words: list[str]) -> tuple[list[str], set[str]]:
    """Words without legal forms anywhere, and the classes of the forms; never takes the whole name."""
    legal: set[str] = set()
    kept: list[str] = []
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST_FORM, len(words) - position), 0, -1):
            form = LEGAL_FORMS.get(" ".join(words[position : position + length]))
            if not form and length == 1 and len(words[position]) == 3 and position:
                form = LEGAL_FORMS.get(_SHORT_WORDS.get("".join(sorted(words[position])), ""))
            if form and (length > 1 or position or len(words[position]) > 2):
                legal.add(form)
                position += length
                break
        else:
            kept.append(words[position])
            position += 1
    return (kept, legal) if kept else (words, set())


def _sorted_out(words: list[str]) -> tuple[set[str], list[str]]:
    firm: set[str] = set()
    core: list[str] = []
    position = 0
    while position < len(words):
        pair = " ".join(words[position : position + 3])
        three, two = FIRM_WORDS.get(pair), FIRM_WORDS.get(" ".join(words[position : position + 2]))
        if (three and pair.count(" ") == 2) or (two and position + 1 < len(words)):
            firm.add(three or two or "")
            firm.discard("m-s")
            position += 3 if three and pair.count(" ") == 2 else 2
            continue
        word = words[position]
        position += 1
        if word in FILLERS:
            continue
        known = firm_word(word)
        if known:
            firm.add(known)
        else:
            core.append(word)
    return firm, core


@lru_cache(maxsize=200_000)
def firm_word(word: str) -> str:
    """The word of trade that this is, one slip of the pen allowed in long ones; empty for any other word."""
    known = FIRM_WORDS.get(word)
    if known or len(word) < 4:
        return known or ""
    if len(word) < 6:
        swapped = _SHORT_WORDS.get("".join(sorted(word)))
        return FIRM_WORDS.get(swapped, "") if swapped and OSA.distance(word, swapped) == 1 else ""
    close = process.extractOne(word, _LONG_WORDS, scorer=OSA.distance, score_cutoff=1)
    return FIRM_WORDS[close[0]] if close else ""
