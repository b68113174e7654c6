"""The name of a firm or quarry in parts: what is its own, what its trade says, and its legal form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from .letters import folded, script_of, skeleton, words_of
from .words import FILLERS, FIRM_WORDS, LEGAL_FORMS, ONLY_FIRST, SLIPPED

_BRACKETS = re.compile(r"\(([^)]*)\)?")
_LOST_SPACE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAN_PROVINCE = re.compile(
    "^(?:中国)?(?:福建|山东|山東|广东|廣東|浙江|江苏|江西|湖北|湖南|河北|河南|广西|四川|云南|贵州|安徽|辽宁|吉林|黑龙江|内蒙古|新疆|山西|陕西|上海|北京|"
    "厦门|廈門|泉州|南安|晋江|莱州|烟台|青岛|云浮|深圳|广州)(?![省市县])"
)
_HAN_TOWN = re.compile("^[㐀-鿿]{2,4}?[省市县縣镇鎮区區州乡鄉]")
_LONGEST = 6
_FORMER = re.compile(
    r"(?:[(\[,;-]?\s*\b(?:formerly|previously|voorheen|vormals|anciennement|f[./]k[./]a)|[(\[]\s*(?:ex|eski|antes|gia)\b)"
    r"(?:\s+known)?(?:\s+as)?[\s.:-]+([a-z0-9][^)\];,]{2,})[)\]]?"
)
# Forms and words of trade by their letters without spaces: "rocksp rivate" and "doanhnghiep tu nhan" are found as well.
_BY_LETTERS: dict[str, tuple[str, str]] = {
    **{word.replace(" ", ""): ("firm", firm) for word, firm in FIRM_WORDS.items()},
    **{form.replace(" ", ""): ("legal", legal) for form, legal in LEGAL_FORMS.items()},
}


def _fewer(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


_PHRASES = frozenset(phrase.replace(" ", "") for phrase in (*FIRM_WORDS, *LEGAL_FORMS) if " " in phrase)
_LONG = {word: found for word, found in _BY_LETTERS.items() if len(word) >= 6}
_ONE_LESS: dict[str, list[str]] = {}
for _word in _LONG:
    for _shorter in _fewer(_word) | {_word}:
        _ONE_LESS.setdefault(_shorter, []).append(_word)
_TRADE_INSIDE = re.compile(
    "(" + "|".join(sorted((w for w, (sort, _) in _LONG.items() if sort == "firm"), key=len, reverse=True)) + ")"
)
_SWAPPED = {
    word[:at] + word[at + 1] + word[at] + word[at + 2 :]: _BY_LETTERS[word]
    for word in ("ltd", "pvt", "sons", "rocks", "stone", "ltda", "gmbh", "mills", "srl")
    for at in range(len(word) - 1)
    if word[at] != word[at + 1]
}
_SHORTENED = {less: FIRM_WORDS.get(word, word) for word in SLIPPED for less in _fewer(word) if len(less) >= 4}


class Name(NamedTuple):
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


def spaced(text: str) -> str:
    """A space where a small letter is followed by a capital, which is a space that was lost."""
    if text.isascii():
        return _LOST_SPACE.sub(" ", text)
    out: list[str] = []
    small = False
    for letter in text:
        if small and letter.isupper():
            out.append(" ")
        out.append(letter)
        small = letter.islower()
    return "".join(out)


def without_town(text: str) -> tuple[str, list[str]]:
    """A Chinese name without the town it begins with, and the sounds of that town."""
    towns: list[str] = []
    for _ in range(4):
        found = _HAN_PROVINCE.match(text)
        if found and len(text) - found.end() >= 4:
            towns.append("".join(words_of(folded(found.group()))))
            text = text[found.end() :]
        found = _HAN_TOWN.match(text)
        if not found or len(text) - found.end() < 3:
            break
        towns.append("".join(words_of(folded(found.group()[:-1]))))
        text = text[found.end() :]
    return text, towns


def without_former(text: str) -> tuple[str, str]:
    """A folded name without the name it had before, and that name ("rem (formerly alperen)")."""
    found = _FORMER.search(text)
    if not found or not text[: found.start()].strip():
        return text, ""
    return text[: found.start()] + " " + text[found.end() :], found.group(1).strip()


def name_of(text: str, original: str, places: frozenset[str], own_places: frozenset[str]) -> Name:
    """The parts of a folded name without its numbers.

    `places` are towns that the whole list knows, written without spaces, `own_places` those of this mention.
    """
    asides: list[str] = []

    def aside(found: re.Match[str]) -> str:
        town = "".join(words_of(found.group(1)))
        if town in places or town in own_places or any(_slip(town, place) for place in own_places):
            asides.append(town)
            return " "
        return f" {found.group(1)} "

    words, pulled_apart = _unspaced(words_of(_BRACKETS.sub(aside, text)))
    core, firm, legal, full = _sorted_out(words)
    core = _without_places(core, asides, places, own_places)
    if len(core) > 1:
        slipped = [word for word in core if word in _SHORTENED]
        if slipped and sum(len(word) for word in core if word not in _SHORTENED) >= 4:
            firm |= {_SHORTENED[word] for word in slipped}
            core = [word for word in core if word not in _SHORTENED]
    if not core:
        core = asides or sorted(firm) or words_of(folded(original))
    joined = "".join(core)
    return Name(
        core=tuple(core),
        joined=joined,
        firm=frozenset(firm),
        legal=frozenset(legal),
        asides=tuple(asides),
        full=full,
        glued=pulled_apart,
        script=script_of(original),
        sound=skeleton(joined),
    )


def _unspaced(words: list[str]) -> tuple[list[str], bool]:
    """Put letters together that a machine pulled apart ("m e r c u r y"); true where that was needed."""
    body = list(words)
    for length in range(min(_LONGEST, len(body) - 1), 0, -1):
        if " ".join(body[-length:]) in LEGAL_FORMS:
            body = body[:-length]
            break
    singles = sum(len(word) == 1 and word.isalpha() for word in body)
    if len(body) < 4 or singles < 2 or sum(map(len, body)) > 2.8 * len(body):
        return words, False
    letters = _without_form("".join(words))
    return [*_trade_apart(letters[0]), *letters[1:]], True


def _trade_apart(letters: str) -> list[str]:
    """Letters without spaces, with the long words of trade in them as words of their own."""
    return [part for part in _TRADE_INSIDE.split(letters) if part]


def _without_form(letters: str) -> tuple[str, ...]:
    """Letters without spaces, and the legal form they end with as words of their own."""
    for length in range(min(20, len(letters) - 4), 1, -1):
        if _BY_LETTERS.get(letters[-length:], ("", ""))[0] == "legal":
            return *_without_form(letters[:-length]), letters[-length:]
    return (letters,)


def _sorted_out(words: list[str]) -> tuple[list[str], set[str], set[str], str]:
    """Own words, words of trade, classes of legal forms, and all letters but those of the forms."""
    core: list[str] = []
    firm: set[str] = set()
    legal: set[str] = set()
    full = ""
    position = 0
    while position < len(words):
        length, sort, value = _known_at(words, position, not core and not firm)
        if sort == "legal":
            legal.add(value)
        elif sort == "firm":
            firm.add(value)
        elif words[position] not in FILLERS:
            core.append(words[position])
        if sort != "legal" and words[position] not in FILLERS and value not in ("branch", "general"):
            full += "".join(words[position : position + length])
        position += length
    return core, firm, legal, full


def _known_at(words: list[str], position: int, first: bool) -> tuple[int, str, str]:
    """How many words from here are a form or a word of trade, which, and what it stands for."""
    for length in range(min(_LONGEST, len(words) - position), 0, -1):
        part = words[position : position + length]
        letters = part[0] if length == 1 else "".join(part)
        found = _known(letters, length)
        if not found or (letters in ONLY_FIRST and not first):
            continue
        if length > 1 and letters not in _PHRASES and part[0] in _BY_LETTERS:
            continue  # "granit s" is no "granits"
        if found[0] == "legal" and length == 1 and len(letters) <= 2 and (first or position + 2 < len(words)):
            continue  # "As Mermer", "Sa Pa Stone": two letters are a legal form only near the end
        return length, found[0], found[1]
    return 1, "", ""


@lru_cache(maxsize=400_000)
def _known(letters: str, length: int) -> tuple[str, str] | None:
    """What letters stand for, one slip of the pen allowed in long words."""
    found = _BY_LETTERS.get(letters) or _SWAPPED.get(letters)
    if found or len(letters) < 6 or (length > 1 and len(letters) < 7):
        return found
    candidates: set[str] = set(_ONE_LESS.get(letters, ()))
    for less in _fewer(letters):
        candidates.update(_ONE_LESS.get(less, ()))
    if length > 1:
        candidates &= _PHRASES  # "textil s" is no "textiles"
    close = sorted(word for word in candidates if OSA.distance(word, letters) <= 1 and word[0] == letters[0])
    return _LONG[close[0]] if close else None


def _without_places(core: list[str], asides: list[str], places: frozenset[str], own: frozenset[str]) -> list[str]:
    """Own words without towns, as long as something is left; a town of the mention may have a slip of the pen."""
    kept: list[str] = []
    taken: list[str] = []
    position = 0
    while position < len(core):
        for length in range(min(4, len(core) - position), 0, -1):
            town = "".join(core[position : position + length])
            if len(town) > 2 and (
                town in own or town in places or (len(town) >= 5 and any(_slip(town, o) for o in own))
            ):
                taken.append(town)
                position += length
                break
        else:
            kept.append(core[position])
            position += 1
    if sum(map(len, kept)) < 3:
        return core
    asides.extend(taken)
    return kept


def _slip(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 1 and len(other) >= 5 and OSA.distance(one, other, score_cutoff=1) <= 1


del _word, _shorter
