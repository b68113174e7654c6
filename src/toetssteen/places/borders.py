"""In which country a point lies, from rows of latitude cut along the borders; no Django."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator

ROWS_PER_DEGREE = 40  # a row is about 2.8 km high
COLUMNS_PER_DEGREE = 100
ROWS = 180 * ROWS_PER_DEGREE
RUN = "<HHB"  # west and east in columns, number of the country
RUN_SIZE = struct.calcsize(RUN)
KM_PER_DEGREE = 111.2

Rows = Callable[[int], bytes]  # gives the runs of a row


def unpack(content: bytes) -> tuple[list[str], Iterator[tuple[int, bytes]]]:
    """The codes of the countries, and the rows that hold any land."""
    (count,) = struct.unpack_from("<H", content)
    codes = [content[2 + 2 * i : 4 + 2 * i].decode() for i in range(count)]

    def rows() -> Iterator[tuple[int, bytes]]:
        at = 2 + 2 * count
        for row in range(ROWS):
            (runs,) = struct.unpack_from("<H", content, at)
            at += 2
            if runs:
                yield row, content[at : at + runs * RUN_SIZE]
            at += runs * RUN_SIZE

    return codes, rows()


def countries_within(rows: Rows, codes: list[str], lat: float, lon: float, km: float) -> dict[str, float]:
    """The countries that lie within so many km of a point, each with about how far its land is."""
    found: dict[str, float] = {}
    here = (lat + 90) * ROWS_PER_DEGREE
    reach = math.ceil(km / KM_PER_DEGREE * ROWS_PER_DEGREE)
    for row in range(max(int(here) - reach, 0), min(int(here) + reach, ROWS - 1) + 1):
        up = 0.0 if row == int(here) else (abs(row + 0.5 - here) - 0.5) / ROWS_PER_DEGREE * KM_PER_DEGREE
        if up > km:
            continue
        width = KM_PER_DEGREE * max(math.cos(math.radians((row + 0.5) / ROWS_PER_DEGREE - 90)), 0.01)
        for west, east, number in struct.iter_unpack(RUN, rows(row)):
            side = _beside(west / COLUMNS_PER_DEGREE - 180, east / COLUMNS_PER_DEGREE - 180, lon) * width
            away = math.hypot(up, side)
            if away <= km and away < found.get(codes[number], km + 1):
                found[codes[number]] = away
    return found


def _beside(west: float, east: float, lon: float) -> float:
    """How many degrees a longitude lies beside a run, also across the date line."""
    if west <= lon <= east:
        return 0.0
    return min(min(abs(lon - edge), 360 - abs(lon - edge)) for edge in (west, east))
