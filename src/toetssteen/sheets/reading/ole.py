"""Files of the older Office kind: a small file system in one file, read only as far as needed."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .grid import unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFA


@dataclass(frozen=True)
class Stream:
    """One file inside: its name, where it begins and how long it is."""

    name: str
    start: int
    size: int
    kind: int


class OleFile:
    """The streams of one file; damaged ones raise unreadable_file."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise unreadable("This file is damaged: it cannot be opened.") from error

    def _open(self) -> None:
        head = self.content[:512]
        self.size = 1 << struct.unpack_from("<H", head, 30)[0]
        self.small_size = 1 << struct.unpack_from("<H", head, 32)[0]
        if self.size not in (512, 4096) or self.small_size != 64:
            raise ValueError("sector size")
        directory, _, self.cutoff, small_fat = struct.unpack_from("<IIII", head, 48)
        more, more_count = struct.unpack_from("<II", head, 68)
        tables = [s for s in struct.unpack_from("<109I", head, 76) if s < _FREE]
        for _ in range(min(more_count, 10_000)):
            if more >= _FREE:
                break
            entries = struct.unpack(f"<{self.size // 4}I", self._sector(more))
            tables += [s for s in entries[:-1] if s < _FREE]
            more = entries[-1]
        self.fat: list[int] = []
        for table in tables:
            self.fat += struct.unpack(f"<{self.size // 4}I", self._sector(table))
        self.streams = self._directory(self._chain(directory))
        root = next((s for s in self.streams if s.kind == 5), None)
        self.small = self._chain(root.start, root.size) if root else b""
        packed = self._chain(small_fat)
        self.small_fat = struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        sector = self.content[start : start + self.size]
        if len(sector) < self.size:
            sector = sector.ljust(self.size, b"\xff") if sector else b""
        if not sector:
            raise ValueError("sector outside the file")
        return sector

    def _chain(self, start: int, size: int | None = None) -> bytes:
        parts: list[bytes] = []
        seen = 0
        while start < _FREE:
            parts.append(self._sector(start))
            start = self.fat[start]
            seen += 1
            if seen > len(self.fat):
                raise ValueError("circle")
        joined = b"".join(parts)
        return joined if size is None else joined[:size]

    def _directory(self, content: bytes) -> list[Stream]:
        streams = []
        for offset in range(0, len(content) - 127, 128):
            entry = content[offset : offset + 128]
            length = struct.unpack_from("<H", entry, 64)[0]
            kind = entry[66]
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = entry[: length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<IQ", entry, 116)
                streams.append(Stream(name, start, size & 0xFFFFFFFF, kind))
        return streams

    def has(self, name: str) -> bool:
        """Whether a stream or folder of that name is inside."""
        return any(stream.name.lower() == name.lower() for stream in self.streams)

    def read(self, name: str) -> bytes:
        """One stream; empty when it is not there."""
        stream = next((s for s in self.streams if s.name.lower() == name.lower() and s.kind == 2), None)
        if stream is None:
            return b""
        try:
            if stream.size >= self.cutoff:
                return self._chain(stream.start, stream.size)
            parts, start, seen = [], stream.start, 0
            while start < _FREE and seen <= len(self.small_fat):
                parts.append(self.small[start * 64 : start * 64 + 64])
                start = self.small_fat[start]
                seen += 1
            return b"".join(parts)[: stream.size]
        except (ValueError, IndexError) as error:
            raise unreadable("This file is damaged: it cannot be opened.") from error
