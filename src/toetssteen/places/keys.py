"""One key for all spellings of a name: Latin letters without accents, spaces or signs; no Django."""

from __future__ import annotations

from anyascii import anyascii


class _Latin(dict[int, str]):
    """Each character as small Latin letters and digits, worked out once."""

    def __missing__(self, point: int) -> str:
        latin = "".join(filter(str.isalnum, anyascii(chr(point)))).lower()
        self[point] = latin
        return latin


_LATIN = _Latin()
# The dot of Indian scripts is the n of Bundi more often than an m.
_LATIN.update(dict.fromkeys((0x902, 0x982, 0xA02, 0xA82, 0xB02, 0xC02, 0xC82, 0xD02), "n"))


def key_of(text: str) -> str:
    """Shui Tou, SHUITOU and 水头 have the key "shuitou"; a name without any letter has none."""
    return text.translate(_LATIN)


def inner_keys(text: str) -> list[str]:
    """The keys from each later word on: Aguiar finds Vila Pouca de Aguiar."""
    words = text.replace("-", " ").split()
    return [key_of(" ".join(words[n:])) for n in range(1, len(words)) if len(words[n]) > 3]
