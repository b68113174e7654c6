"""Files that are zip archives inside: checked before anything is unpacked, and streamed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from .grid import Refused, protected, too_large, unreadable

MAX_ENTRIES = 3_000
MAX_PART = 120_000_000  # bytes of one part, unpacked
MAX_TOTAL = 300_000_000
_CHUNK = 1 << 16

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


def open_archive(path: str) -> zipfile.ZipFile:
    """The archive, when its contents are of a size that can be read."""
    try:
        archive = zipfile.ZipFile(path)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise unreadable("This file is damaged: it cannot be opened.") from error
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise too_large()
    if any(entry.file_size > MAX_PART for entry in entries):
        raise too_large()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise protected()
    return archive


def read_part(archive: zipfile.ZipFile, name: str, limit: int = 8_000_000) -> bytes:
    """One small part as bytes; empty when it is not there."""
    try:
        with archive.open(name) as part:
            content = part.read(limit + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise unreadable("This file is damaged: a part of it cannot be unpacked.") from error
    if len(content) > limit:
        raise too_large()
    return content


def stream_xml(
    archive: zipfile.ZipFile, name: str, start: StartHandler, end: EndHandler, text: TextHandler, limit: int = MAX_PART
) -> bool:
    """Walk through an XML part with little memory; False when it is not there."""
    try:
        with archive.open(name) as part:
            parse_xml(part, start, end, text, limit)
    except KeyError:
        return False
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise unreadable("This file is damaged: a part of it cannot be unpacked.") from error
    return True


def parse_xml(part: IO[bytes], start: StartHandler, end: EndHandler, text: TextHandler, limit: int = MAX_PART) -> None:
    """XML of strangers: no document types, no entities, names without their namespace prefix."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    names: dict[str, str] = {}

    def local(name: str) -> str:
        short = names.get(name)
        if short is None:
            short = names[name] = name.rpartition(":")[2]
        return short

    def on_start(name: str, attributes: dict[str, str]) -> None:
        start(names.get(name) or local(name), attributes)

    def on_end(name: str) -> None:
        end(names.get(name) or local(name))

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.EntityDeclHandler = _no_doctype
    taken = 0
    try:
        while chunk := part.read(_CHUNK):
            taken += len(chunk)
            if taken > limit:
                raise too_large()
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise unreadable("This file is damaged: what is inside is not complete.") from error


def _no_doctype(*_args: object) -> None:
    raise Refused("unreadable_file", "This file holds declarations that no spreadsheet program writes. It is not read.")


def attribute(attributes: dict[str, str], name: str, default: str = "") -> str:
    """An attribute whatever its namespace prefix."""
    if name in attributes:
        return attributes[name]
    ending = ":" + name
    return next((value for key, value in attributes.items() if key.endswith(ending)), default)
