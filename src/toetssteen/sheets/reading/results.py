"""What reading a spreadsheet gives: sheets and columns as understood, chains, and problems at their cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Field(StrEnum):
    """What a column can mean."""

    ROW_NUMBER = "row_number"
    DATE = "date"
    MATERIAL = "material"
    TRADE_NAME = "trade_name"
    PRODUCT_GROUP = "product_group"
    SUPPLIER = "supplier"
    SUPPLIER_CODE = "supplier_code"
    SUPPLIER_PLACE = "supplier_place"
    SUPPLIER_ADMIN1 = "supplier_admin1"
    SUPPLIER_COUNTRY = "supplier_country"
    SUPPLIER_COORDINATES = "supplier_coordinates"
    SUPPLIER_LAT = "supplier_lat"
    SUPPLIER_LON = "supplier_lon"
    FACTORY = "factory"
    FACTORY_CODE = "factory_code"
    FACTORY_PLACE = "factory_place"
    FACTORY_ADMIN1 = "factory_admin1"
    FACTORY_COUNTRY = "factory_country"
    FACTORY_COORDINATES = "factory_coordinates"
    FACTORY_LAT = "factory_lat"
    FACTORY_LON = "factory_lon"
    QUARRY_AREA = "quarry_area"
    QUARRY_AREA_ADMIN1 = "quarry_area_admin1"
    QUARRY_AREA_COUNTRY = "quarry_area_country"
    QUARRY_AREA_COORDINATES = "quarry_area_coordinates"
    QUARRY_AREA_LAT = "quarry_area_lat"
    QUARRY_AREA_LON = "quarry_area_lon"
    QUARRY = "quarry"
    QUARRY_CODE = "quarry_code"
    QUARRY_PLACE = "quarry_place"
    QUARRY_ADMIN1 = "quarry_admin1"
    QUARRY_COUNTRY = "quarry_country"
    QUARRY_COORDINATES = "quarry_coordinates"
    QUARRY_LAT = "quarry_lat"
    QUARRY_LON = "quarry_lon"
    COUNTRY = "country"  # of the whole row
    ADMIN1 = "admin1"  # of the whole row
    PLACE = "place"  # of the whole row
    COORDINATES = "coordinates"  # of the deepest known site
    LAT = "lat"
    LON = "lon"
    VOLUME = "volume"
    UNIT = "unit"
    SHARE = "share"
    REMARK = "remark"


LEVELS = ("direct_supplier", "factory", "quarry_area", "quarry")


class Role(StrEnum):
    """What a sheet of a workbook holds."""

    CHAINS = "chains"
    PURCHASE_LINES = "purchase lines"
    LOOKUP = "lookup"
    IGNORED = "ignored"


class Severity(StrEnum):
    """How much a problem asks of the user."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Status(StrEnum):
    """What is known of one level of a chain."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    ASKED_REFUSED = "asked_refused"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header as written and what it is taken to mean."""

    index: int  # from 0
    header: str  # two header rows joined by a space; never twice the same within a sheet
    field: Field | None  # None: not used
    confidence: float  # 0 to 1; 1 when the caller's mapping said so
    samples: tuple[str, ...] = ()
    unit: str | None = None  # of the header: t, kg, m2 ...
    decimal: str = ""  # the sign that writes decimals in this column, when its cells tell
    scale: int = 1  # 100 for shares written as 0.25


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook and what it is taken for; header_row counts from 1."""

    name: str
    role: Role
    header_row: int | None = None
    columns: tuple[Column, ...] = ()
    language: str = ""  # of the headers: nl, en, fr, de
    total_tonnes: Decimal | None = None  # of all rows, when the sheet says so beside its rows


@dataclass(frozen=True, slots=True)
class Site:
    """A supplier, factory, quarry area or quarry as a cell names it."""

    name: str | None = None
    place: str | None = None
    admin1: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    lat: Decimal | None = None  # decimal degrees, 4 places
    lon: Decimal | None = None
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """What a row says about one level of its chain."""

    status: Status = Status.UNKNOWN
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """An amount as written with its unit, and in tonnes when it can be converted."""

    value: Decimal
    unit: str | None  # t, kg, m2, m3, m, pieces, containers, %
    tonnes: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReadChain:
    """One row of a sheet as it is understood."""

    sheet: str
    row: int  # from 1, as the user sees it
    material: str | None
    trade_name: str | None
    product_group: str | None
    volume: Volume | None
    levels: Mapping[str, Level]  # keys: LEVELS
    cells: Mapping[str, str]  # raw text per column header


@dataclass(frozen=True, slots=True)
class Problem:
    """Something at a cell, a row or a column that the user may have to look at."""

    sheet: str | None
    row: int | None
    column: str | None  # the header
    code: str
    severity: Severity
    values: Mapping[str, str] = field(default_factory=dict)  # for sentences: usually "written" and "read_as"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Purchase lines of one supplier and one stone together."""

    supplier: str
    supplier_country: str | None
    trade_name: str | None
    lines: int
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All that one file said."""

    result: str  # parsed or rejected
    reject_code: str | None = None  # password_protected, unreadable_file, too_large_when_unpacked
    message: str = ""  # one English sentence for the command line when rejected
    sheets: tuple[Sheet, ...] = ()
    chains: tuple[ReadChain, ...] = ()  # for purchase lines too: one per line
    problems: tuple[Problem, ...] = ()
    rows_read: int = 0
    aggregates: tuple[Aggregate, ...] = ()  # only for purchase lines
    tonnes_total: Decimal = Decimal(0)
    reporting_company: str | None = None
    reporting_year: int | None = None
