"""Reading imports for the pages: what waits for a choice, what will happen, and what builds on what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language, number
from toetssteen.sheets.choices import Change, Decision, Grade
from toetssteen.sheets.converting import levels_of
from toetssteen.sheets.lines import understood_of
from toetssteen.sheets.models import ImportedChain, SheetImport, SheetRow
from toetssteen.sheets.permissions import visible_sheet_imports
from toetssteen.sheets.understanding import product_of
from toetssteen.sheets.wording import sentence_of
from toetssteen.supplychain.models import Chain

PER_PAGE = 25
DOUBLE = "possible_duplicate_site"


def sheet_imports(actor: Actor, *, most: int = 20) -> list[SheetImport]:
    """The spreadsheets of the own company, newest first; one query."""
    found = visible_sheet_imports(actor).select_related("uploaded_by")
    return list(found.order_by("-uploaded_at", "-pk")[:most])


def sheet_import(actor: Actor, pk: int) -> SheetImport | None:
    """One spreadsheet that the actor may see."""
    return visible_sheet_imports(actor).select_related("uploaded_by", "imported_by").filter(pk=pk).first()


# --- counts


@dataclass(frozen=True)
class Counts:
    """How the rows of an import stand."""

    rows: int = 0
    fine: int = 0
    look: int = 0  # warnings
    wrong: int = 0
    blocked: int = 0
    out: int = 0
    waiting: int = 0  # need a choice before anything can be taken over
    changes: Mapping[str, int] = field(default_factory=dict)  # chains, not rows
    gone: int = 0
    doubles: int = 0  # names that may be another spelling of a name in the same file

    @property
    def chains(self) -> int:
        return sum(self.changes.values())

    @property
    def does_something(self) -> int:
        return self.changes.get(Change.NEW, 0) + self.changes.get(Change.CHANGED, 0)


def counts_of(kept: SheetImport) -> Counts:
    """The counts of an import; two queries and those for what is gone."""
    grades: dict[tuple[int, str], int] = {}
    rows = SheetRow.objects.filter(sheet_import=kept).order_by()
    for grade, decision, n in rows.values_list("grade", "decision").annotate(n=Count("pk")):
        grades[(grade, decision)] = n

    def total(*which: int, open_only: bool = False) -> int:
        return sum(
            n
            for (grade, decision), n in grades.items()
            if grade in which and decision != Decision.OUT and (not open_only or decision == Decision.OPEN)
        )

    taken = _taken(rows)
    changes = dict(taken.values_list("change").annotate(n=Count("group", distinct=True)))
    return Counts(
        rows=sum(grades.values()),
        fine=total(Grade.FINE, Grade.INFO),
        look=total(Grade.WARNING),
        wrong=total(Grade.ERROR),
        blocked=total(Grade.BLOCKED),
        out=sum(n for (_grade, decision), n in grades.items() if decision == Decision.OUT),
        waiting=total(Grade.ERROR, Grade.BLOCKED, open_only=True),
        changes=changes,
        gone=len(gone_ids(kept)),
        doubles=_doubles(kept.rows.exclude(decision=Decision.OUT)).count(),
    )


def _taken(rows: QuerySet[SheetRow]) -> QuerySet[SheetRow]:
    """The rows that go along when the import is started now."""
    return rows.filter(grade__lt=Grade.BLOCKED).exclude(decision=Decision.OUT)


def open_choices(kept: SheetImport) -> int:
    """How many rows wait for a choice of the user."""
    return kept.rows.filter(grade__gte=Grade.ERROR, decision=Decision.OPEN).count()


def refused_without_day(kept: SheetImport) -> int:
    """How many rows say that somebody refused to tell, while the day of the question is not known."""
    if kept.asked_on is not None or kept.facts.get("own"):
        return 0
    said = Q()
    for level in ("direct_supplier", "factory", "quarry_area", "quarry"):
        said |= Q(**{f"understood__levels__{level}__status": "asked_refused"})
    return _taken(kept.rows.filter(said)).exclude(change=Change.SAME).count()


def gone_ids(kept: SheetImport) -> list[int]:
    """The open chains that an earlier sheet like this one brought, and that this one does not name."""
    matched = set(kept.rows.filter(chain__isnull=False).order_by().values_list("chain_id", flat=True).distinct())
    open_ones = Chain.objects.filter(organisation_id=kept.organisation_id, closed_on__isnull=True)
    if kept.facts.get("own"):
        there = open_ones.filter(changed_at__lt=kept.uploaded_at)
    else:
        earlier = ImportedChain.objects.filter(sheet_import__organisation_id=kept.organisation_id).exclude(
            sheet_import=kept
        )
        like_it = set(
            earlier.filter(chain__in=kept.rows.filter(chain__isnull=False).values("chain_id"))
            .order_by()
            .values_list("sheet_import_id", flat=True)
            .distinct()
        )
        if not like_it:
            return []
        there = open_ones.filter(pk__in=earlier.filter(sheet_import_id__in=like_it).values("chain_id"))
    return sorted(set(there.order_by().values_list("pk", flat=True)) - matched)


@dataclass(frozen=True)
class GoneChain:
    """A chain that the sheet does not name any more."""

    id: int
    title: str
    detail: str
    opened_on: dt.date
    closing: bool


def gone_chains(kept: SheetImport, pack: Pack) -> list[GoneChain]:
    """The chains that are gone from the sheet, in words."""
    materials = {material.id: in_language(material.text) for material in pack.materials}
    first = pack.coverage_levels[0].id if pack.coverage_levels else ""
    found = Chain.objects.filter(pk__in=gone_ids(kept)[:500]).prefetch_related("links")
    return [
        GoneChain(
            id=chain.pk,
            title=", ".join(part for part in (_capital(materials.get(chain.material, "")), chain.trade_name) if part),
            detail=", ".join(link.name for link in chain.links.all() if link.level == first and link.name),
            opened_on=chain.opened_on,
            closing=chain.pk in kept.closing,
        )
        for chain in found
    ]


# --- rows in words


@dataclass(frozen=True)
class CellView:
    """A cell with what is wrong in it."""

    id: str
    header: str
    value: str
    was: str | None
    problems: Sequence[Mapping[str, str]]
    severity: str
    one: str = ""  # the cell with the other spelling, to make two names one


@dataclass(frozen=True)
class RowView:
    """One row as the review shows it."""

    id: int
    version: int
    sheet: str
    number: int
    stone: str
    volume: str
    levels: Sequence[Mapping[str, str]]
    problems: Sequence[Mapping[str, str]]
    cells: Sequence[CellView]
    grade: int
    decision: str
    change: str
    differences: Sequence[str]
    chain_id: int | None
    lines: int = 1
    tonnes: Any = None

    @property
    def out(self) -> bool:
        return self.decision == Decision.OUT

    @property
    def kept(self) -> bool:
        return self.decision == Decision.KEPT

    @property
    def blocked(self) -> bool:
        return self.grade == Grade.BLOCKED

    @property
    def wrong(self) -> bool:
        return self.grade >= Grade.ERROR

    @property
    def look(self) -> bool:
        return self.grade == Grade.WARNING

    @property
    def to_mend(self) -> Sequence[CellView]:
        return [
            cell for cell in self.cells if cell.severity in ("error", "warning") or cell.was is not None or cell.one
        ]


@dataclass(frozen=True)
class RowFilter:
    """Which rows the review shows."""

    show: str = "help"  # help, all, wrong, look, out, new, changed, same
    search: str = ""


def rows_of(kept: SheetImport, wanted: RowFilter) -> QuerySet[SheetRow]:
    """The rows that pass the filter; of purchase lines the review of all shows one row per chain."""
    rows = kept.rows.order_by("position")
    if wanted.show == "help":
        rows = rows.filter(grade__gte=Grade.WARNING)
    elif wanted.show == "wrong":
        rows = rows.filter(grade__gte=Grade.ERROR).exclude(decision=Decision.OUT)
    elif wanted.show == "look":
        rows = rows.filter(grade=Grade.WARNING)
    elif wanted.show == "double":
        rows = _doubles(rows)
    elif wanted.show == "out":
        rows = rows.filter(decision=Decision.OUT)
    elif wanted.show in Change.values:
        rows = _taken(rows).filter(change=wanted.show)
    if wanted.search.isdigit():
        rows = rows.filter(number=int(wanted.search[:9]))
    elif wanted.search:
        rows = _with_words(rows, wanted.search)
    if kept.facts.get("lines") and wanted.show in ("all", *Change.values) and not wanted.search:
        first = kept.rows.order_by().values("group").annotate(first=Min("position")).values("first")
        rows = rows.filter(position__in=first)
    return rows


def _doubles(rows: QuerySet[SheetRow]) -> QuerySet[SheetRow]:
    """The rows with a name that may be another spelling of one above."""
    return rows.annotate(told=Cast("problems", TextField())).filter(told__contains=DOUBLE)


def _with_words(rows: QuerySet[SheetRow], search: str) -> QuerySet[SheetRow]:
    return rows.annotate(text=Cast("understood", TextField())).filter(text__icontains=search)


def rows_page(kept: SheetImport, wanted: RowFilter, number: Any, pack: Pack) -> Any:
    """One page of rows in words; the number of queries is the same however many there are."""
    page = Paginator(rows_of(kept, wanted), PER_PAGE).get_page(number)
    rows = list(page.object_list)
    grouped: dict[str, tuple[int, Any]] = {}
    if kept.facts.get("lines"):
        totals = kept.rows.filter(group__in=[row.group for row in rows]).exclude(decision=Decision.OUT).order_by()
        grouped = {
            group: (n, tonnes)
            for group, n, tonnes in totals.values_list("group").annotate(n=Count("pk"), tonnes=Sum("tonnes"))
        }
    words = Words(pack)
    shown: list[Any] = [row_view(row, words, *grouped.get(row.group, (1, row.tonnes))) for row in rows]
    page.object_list = shown
    return page


def row(kept: SheetImport, pk: int, pack: Pack) -> RowView | None:
    """One row in words."""
    found = kept.rows.filter(pk=pk).first()
    return row_view(found, Words(pack), 1, found.tonnes) if found else None


class Words:
    """The words of the pack that rows need, looked up once in the language of the page."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.materials = {material.id: _capital(in_language(material.text)) for material in pack.materials}
        self.products = {form.id: in_language(form.text) for form in pack.product_forms}
        names = {level.id: _capital(in_language(level.text)) for level in pack.coverage_levels}
        self.levels = {reader: names.get(level, level) for reader, level in levels_of(pack).items()}
        self.parts = {
            "material": _("material"), "trade_name": _("trade name"), "product_group": _("product"),
            "volume": _("volume"), "situation": _("situation"), "share_of_volume": _("share"), "opened_on": _("since"),
            **{level.id: in_language(level.text) for level in pack.coverage_levels},
        }  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def row_view(row: SheetRow, words: Words, lines: int = 1, tonnes: Any = None) -> RowView:
    """A row as it will be understood, in the words of the page."""
    said = understood_of(row) if lines > 1 else row.understood
    problems = [
        {"sentence": sentence_of(p), "severity": p["severity"], "column": p["column"], "code": p["code"]}
        for p in sorted(row.problems, key=lambda p: ("error", "warning", "info").index(p["severity"]))
    ]
    material = words.materials.get(said.get("material", ""), said.get("material", ""))
    product = words.products.get(product_of(words.pack, said.get("product_group")), "")
    return RowView(
        id=row.pk,
        version=row.row_version,
        sheet=row.sheet,
        number=row.number,
        stone=", ".join(part for part in (material, said.get("trade_name", ""), product) if part),
        volume=_volume(said.get("volume")),
        levels=[_level(said, name, label) for name, label in words.levels.items()],
        problems=problems,
        cells=[_cell(row, index, header, problems) for index, header in enumerate(row.cells)],
        grade=row.grade,
        decision=row.decision,
        change=row.change,
        differences=[words.parts.get(part, part) for part in row.differences],
        chain_id=row.chain_id,
        lines=lines,
        tonnes=tonnes,
    )


def _cell(row: SheetRow, index: int, header: str, problems: Iterable[Mapping[str, str]]) -> CellView:
    mine = [p for p in problems if p["column"] == header]
    return CellView(
        id=f"r{row.pk}-{index}",
        header=header,
        value=row.cells[header],
        was=row.written.get(header),
        problems=mine,
        severity=mine[0]["severity"] if mine else "",
        one=_made_one(row, header),
    )


def _made_one(row: SheetRow, header: str) -> str:
    for problem in row.problems:
        written, other = (str(problem["values"].get(key) or "") for key in ("written", "read_as"))
        if problem["code"] == DOUBLE and problem["column"] == header and written and written in row.cells[header]:
            return str(row.cells[header]).replace(written, other)
    return ""


def _volume(volume: Mapping[str, Any] | None) -> str:
    if not volume:
        return ""
    units = {"t": "t", "m2": "m²", "m3": "m³", "pieces": _("pieces"), "containers": _("containers")}
    plain = number(volume["value"], 3).rstrip("0").rstrip(",.") if "." in volume["value"] else volume["value"]
    return f"{plain} {units.get(volume['unit'], volume['unit'])}"


def _level(said: Mapping[str, Any], name: str, label: str) -> Mapping[str, str]:
    level = said.get("levels", {}).get(name) or {"status": "unknown", "sites": []}
    texts = []
    for site in level["sites"]:
        country = country_name(site["country"]) if site.get("country") else ""
        where = [site.get("place", ""), site.get("admin1", ""), country]
        parts = [part for part in (site.get("name", ""), *where) if part]
        texts.append(", ".join(dict.fromkeys(parts)))
    return {"label": label, "status": level["status"], "text": "; ".join(texts)}
