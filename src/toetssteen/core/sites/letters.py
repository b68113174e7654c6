"""Any script as plain Latin letters, so that two spellings can be laid side by side."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_HAN = re.compile("[㐀-鿿豈-﫿]+")
_WORD = re.compile(r"[a-z0-9]+")
_JOINED_ELISION = re.compile(r"\b([dl])['’´`](?=\w)", re.IGNORECASE)
_INNER_MARK = re.compile(r"(?<=\w)['’‘`´ʼʻ](?=\w)")
# What stands in Chinese and Japanese names, as the word that says the same elsewhere; longest first when replaced.
HAN_WORDS = {
    "有限责任公司": " ltd ",
    "股份有限公司": " joint stock ",
    "有限公司": " co ltd ",
    "集团": " group ",
    "公司": " co ",
    "株式会社": " ltd ",
    "采石场": " quarry ",
    "采石廠": " quarry ",
    "石料厂": " quarry ",
    "石料场": " quarry ",
    "石矿": " quarry ",
    "礦": " quarry ",
    "矿山": " quarry ",
    "矿业": " mining ",
    "矿": " quarry ",
    "石材": " stone ",
    "石业": " stone ",
    "石业有限": " stone ",
    "大理石": " marble ",
    "花岗岩": " granite ",
    "花岗石": " granite ",
    "进出口": " import export ",
    "贸易": " trading ",
    "商贸": " trading ",
    "实业": " industry ",
    "工业园": " industrial park ",
    "工业区": " industrial zone ",
    "工贸": " industry trading ",
    "建材": " building materials ",
    "加工厂": " factory ",
    "工厂": " factory ",
    "石厂": " stone factory ",
    "厂": " factory ",
    "第一": " 1 ",
    "第二": " 2 ",
    "第三": " 3 ",
    "二厂": " factory 2 ",
    "号": " ",
    "號": " ",
    "省": " ",
    "市": " ",
    "县": " ",
    "縣": " ",
    "镇": " ",
    "鎮": " ",
    "区": " ",
    "村": " village ",
    "路": " road ",
    "街": " street ",
}
_HAN_SPLIT = re.compile("|".join(sorted(map(re.escape, HAN_WORDS), key=len, reverse=True)))
_ALIKE = str.maketrans({"ı": "i", "İ": "i", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"})


def is_han(text: str) -> bool:
    """Whether Chinese characters are in the text."""
    return _HAN.search(text) is not None


def script_of(text: str) -> str:
    """The script most letters are in, as the first word of their Unicode names ("LATIN", "CJK", "CYRILLIC")."""
    if text.isascii():
        return "LATIN" if text else ""
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = "LATIN" if character.isascii() else _script(character)
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else ""


@lru_cache(maxsize=20_000)
def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split(" ")[0].split("-")[0]


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Small plain letters, digits and the marks between them; Chinese words of trade in English, the rest by sound."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if is_han(text):
            text = _HAN.sub(lambda found: _HAN_SPLIT.sub(lambda word: HAN_WORDS[word.group()], found.group()), text)
            text = _HAN.sub(lambda found: " " + anyascii(found.group()).lower() + " ", text)
        text = anyascii(text.translate(_ALIKE))
    if "'" in text or "`" in text:
        text = _INNER_MARK.sub("", _JOINED_ELISION.sub(r"\1", text))
    return text.lower()


_INITIALS = re.compile(r"\b([a-z])\s?&\s?([a-z])\b")
_NOUGHTS = re.compile(r"\bd\W?0\W{0,2}0\b")
_DIGITS_WORD = re.compile(r"(?<=\d)(?=[a-z]{3})|(?<=[a-z]{3})(?=\d)|(?<=\bst)(?=\d{2})")
_NUMBER_SIGN = re.compile(r"\bn(?:0\W{0,2}|deg\W{0,2})(?=\d)")
_LETTER_APART = re.compile(r"(?:\b([bdfghjkqxz])|(?<![^,(])\s*\b([a-z])) (?=\d)")
_LETTER_BEHIND = re.compile(r"(?<=\d) ([a-d])(?=\s[a-z]{4}|\s*,|\s*$)")
_NOUGHT = re.compile(r"(?<=\d\d)o\b")


def mended_name(text: str) -> str:
    """A folded name with initials together ("m & v" is "mv") and a legal form whose letters became noughts."""
    if "&" in text:
        text = _INITIALS.sub(r"\1\2", text)
    return _NOUGHTS.sub("doo", text) if "0" in text else text


def mended_address(text: str) -> str:
    """A folded address with spaces between its words and numbers, and its misread numbers set right."""
    if not any(map(str.isdigit, text)):
        return text
    text = _LETTER_APART.sub(lambda found: " " + (found.group(1) or found.group(2)), _NUMBER_SIGN.sub("no ", text))
    text = _LETTER_BEHIND.sub(r"\1", text)
    return _NOUGHT.sub("0", _DIGITS_WORD.sub(" ", text))


def words_of(text: str) -> list[str]:
    """The words and numbers of folded text."""
    return _WORD.findall(text)


_ALIKE_SOUNDS = (
    ("ph", "f"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("sh", "s"), ("zh", "j"), ("ch", "k"),
    ("qu", "k"), ("x", "ks"),
)  # fmt: skip
_LETTERS_ALIKE = str.maketrans({"w": "v", "z": "s", "q": "k", "c": "k", "y": "i"})
_VOWELS = re.compile(r"(?<=.)[aeiouh]+")
_DOUBLE = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """What stays of a word when scripts and ears disagree: first letter and consonants, alike sounds as one letter."""
    text = word
    for pair, letter in _ALIKE_SOUNDS:
        if pair in text:
            text = text.replace(pair, letter)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", text.translate(_LETTERS_ALIKE)))
