"""Reading back what stands on a PDF, without a library: its fonts say which letter each sign is."""

from __future__ import annotations

import re
import zlib


def words_of(pdf: bytes) -> str:
    """The text of a PDF in the order in which it is drawn, without spaces."""
    objects = objects_of(pdf)
    letters = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(\S+) (\d+) 0 R", body):
            found = re.search(rb"/ToUnicode (\d+) 0 R", objects.get(int(number), b""))
            if found:
                letters[name] = _map(_stream(objects[int(found.group(1))]))
    said: list[str] = []
    for body in objects.values():
        content = _stream(body)
        if b" Tf" not in content:
            continue
        font: dict[str, str] = {}
        for name, signs in re.findall(rb"/(\S+) [\d.]+ Tf|<([0-9a-fA-F]+)>", content):
            if name:
                font = letters.get(name, {})
            else:
                text = signs.decode().lower()
                said += [font.get(text[at : at + 4], "") for at in range(0, len(text), 4)]
    return re.sub(r"\s+", "", "".join(said))


def objects_of(pdf: bytes) -> dict[int, bytes]:
    """The objects of a PDF by their number, also those that are packed together."""
    found = {int(n): body for n, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", pdf, re.S)}
    for body in list(found.values()):
        first = re.search(rb"/First (\d+)", body)
        if first and b"/ObjStm" in body:
            packed = _stream(body)
            numbers = [int(n) for n in packed[: int(first.group(1))].split()]
            starts = [int(first.group(1)) + at for at in numbers[1::2]]
            for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(packed)], strict=True):
                found[number] = packed[start:end]
    return found


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S)
    if not found:
        return b""
    try:
        return zlib.decompress(found.group(1)) if b"FlateDecode" in body else found.group(1)
    except zlib.error:
        return b""


def _map(table: bytes) -> dict[str, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
    return {sign.decode().lower(): bytes.fromhex(letter.decode()).decode("utf-16-be") for sign, letter in pairs}
