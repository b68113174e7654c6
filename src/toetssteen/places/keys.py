"""One key for all spellings of a name: Latin letters without accents, spaces or signs; no Django."""

from __future__ import annotations

from anyascii import anyascii


def key_of(text: str) -> str:
    """Shui Tou, SHUITOU and 水头 have the key "shuitou"; a name without any letter has none."""
    if not text.isascii():
        text = anyascii(text)
    return "".join(filter(str.isalnum, text)).lower()


def inner_keys(text: str) -> list[str]:
    """The keys from each later word on: Aguiar finds Vila Pouca de Aguiar."""
    words = text.replace("-", " ").split()
    return [key_of(" ".join(words[n:])) for n in range(1, len(words)) if len(words[n]) > 3]
