# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""One row of a table as a chain, with what must be told about its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from .answers import Answer, read_answer
from .areas import read_areas
from .columns import _QUARRYISH
from .folding import fold
from .headers import is_quarry_with_area
from .names import Note, read_names
from .places import find_place, find_province, read_area, read_country_cell
from .points import LEVEL_FIELDS, place_points
from .results import Column, Field, Level, ReadChain, Sheet, Site, Status
from .stones import TradeNames, is_only_material, plain_trade_name, read_group, read_material
from .volumes import read_volume

F = Field
Tell = Callable[[Column | None, Note], None]

_UNKNOWN = Level()
_MENTIONS = {
    "factory": re.compile(r"fabriek|factory|usine|fabrik|verwerk|producent|producer"),
    "quarry_area": re.compile(r"groeve|quarry|carriere|steinbruch|herkomst|origin|gebied"),
    "quarry": re.compile(r"groeve|quarry|carriere|steinbruch|herkomst|origin"),
}


class RowReader:
    """Understands the rows of one sheet."""

    def __init__(
        self, sheet: Sheet, names: TradeNames, home_country: str | None = None, company: str | None = None
    ) -> None:
        self.sheet = sheet
        self.names = names
        self.home_country = home_country
        self.company = company
        self.by_field: dict[Field, Column] = {}
        for column in sheet.columns:
            if column.field is not None:
                self.by_field.setdefault(column.field, column)
        self.more: dict[Field, list[Column]] = {}
        for column in sheet.columns:
            if column.field is not None and self.by_field[column.field] is not column:
                self.more.setdefault(column.field, []).append(column)
        self.columns = [column for column in sheet.columns if column.field is not None]
        self.west = sheet.language == "fr"
        self.cache: dict[
            tuple[str, ...],
            tuple[dict[str, Level], list[tuple[Column | None, Note]], tuple[str | None, str | None, str | None]],
        ] = {}
        self.level_columns = [
            c for c in self.columns if c.field not in (F.VOLUME, F.UNIT, F.SHARE, F.ROW_NUMBER, F.DATE)
        ]

    def read(
        self, number: int, texts: Mapping[int, str], broken: frozenset[int], cells: Mapping[str, str], tell: Tell
    ) -> ReadChain:
        """One row; texts by column index, dittos and errors already taken out (broken: columns with an error)."""
        known = (*(texts.get(c.index, "") for c in self.level_columns), *(str(index) for index in sorted(broken)))
        if known not in self.cache:
            told: list[tuple[Column | None, Note]] = []
            stone = self._stone(texts, lambda column, note: told.append((column, note)))
            levels = self._levels(texts, broken, stone[1], lambda column, note: told.append((column, note)))
            if len(self.cache) > 20_000:
                self.cache.clear()
            self.cache[known] = (levels, told, stone)
        levels, told, (material, trade_name, group) = self.cache[known]
        for column, note in told:
            tell(column, note)
        volume, about = read_volume(self.columns, texts, self.sheet.total_tonnes, broken)
        for column, note in about:
            tell(column, note)
        return ReadChain(self.sheet.name, number, material, trade_name, group, volume, levels, cells)

    def text(self, texts: Mapping[int, str], name: Field | None) -> str:
        """What a row says under a meaning; empty when there is no such column."""
        column = self.by_field.get(name) if name else None
        return texts.get(column.index, "") if column else ""

    def _stone(self, texts: Mapping[int, str], tell: Tell) -> tuple[str | None, str | None, str | None]:
        """Material, trade name and product group."""
        written, name, product = (self.text(texts, f) for f in (F.MATERIAL, F.TRADE_NAME, F.PRODUCT_GROUP))
        if name and read_answer(name) is not None:
            name = ""
        known = self.names.find(name) if name else None
        if known is None and written and F.TRADE_NAME not in self.by_field:
            known = self.names.exact.get(fold(written))
        if known is None and written and not is_only_material(written):
            known = self.names.find(written)
            name = name or (written if known or read_material(written) else name)
        trade_name = known.name if known else (plain_trade_name(name) if name else None)
        material = read_material(written) if written and read_answer(written) is None else None
        by_name = (known.material if known else None) or (read_material(name) if name else None)
        column = self.by_field.get(F.MATERIAL)
        if material is None:
            material = by_name
            if column is not None and by_name and (F.TRADE_NAME in self.by_field or not written):
                tell(column, Note("material_taken_from_trade_name", name, by_name))
            elif by_name is None and (written or name or column):
                tell(column or self.by_field.get(F.TRADE_NAME), Note("material_unrecognised", written or name))
        elif material == "granite" and by_name not in (None, "granite"):
            tell(self.by_field.get(F.TRADE_NAME) or column, Note("trade_name_not_granite", name, by_name or ""))
            material = by_name
        group = read_group(product, material) if product else None
        if product and group is None and read_answer(product) is None:
            tell(self.by_field[F.PRODUCT_GROUP], Note("product_group_unrecognised", product))
        if group is None and F.PRODUCT_GROUP not in self.by_field and name:
            group = read_group(name, material) if known is None else None
        return material, trade_name, group

    def _country(self, texts: Mapping[int, str], name: Field, tell: Tell) -> tuple[str | None, str | None]:
        """Country and province from a country column."""
        text = self.text(texts, name)
        if not text:
            return None, None
        code, admin1, corrected = read_country_cell(text)
        column = self.by_field[name]
        if code is None and read_answer(text) is None:
            tell(column, Note("country_unrecognised", text))
        elif corrected and code:
            tell(column, Note("country_spelling_corrected", text, code))
        return code, admin1

    def _levels(
        self, texts: Mapping[int, str], broken: frozenset[int], trade_name: str | None, tell: Tell
    ) -> dict[str, Level]:
        row_country, row_admin1 = self._country(texts, F.COUNTRY, tell)
        own: dict[str, tuple[str | None, str | None]] = {
            level: self._country(texts, fields[3], tell) for level, fields in LEVEL_FIELDS.items()
        }  # type: ignore[arg-type]
        unreadable = any(
            self.text(texts, f)
            and self._country(texts, f, lambda *_: None)[0] is None
            and read_answer(self.text(texts, f)) is None
            for f in (F.COUNTRY, F.SUPPLIER_COUNTRY)
        )
        base = row_country or own["direct_supplier"][0]
        area_country = own["quarry_area"][0] or own["quarry"][0] or row_country or own["factory"][0] or base
        admin1 = self.text(texts, F.ADMIN1)
        area, quarry_in_area = self._area(texts, area_country, trade_name, own["quarry_area"][1] or row_admin1, tell)
        found = area.sites[0].country if area.sites else None
        inferred = found if not unreadable else None
        chain = base or inferred
        supplier_country = own["direct_supplier"][0] or row_country
        factory_country = own["factory"][0] or row_country or chain
        quarry_country = own["quarry"][0] or found or area_country
        levels = {
            "direct_supplier": self._named(
                "direct_supplier", texts, supplier_country, admin1 or own["direct_supplier"][1] or "", tell
            ),
            "factory": self._named("factory", texts, factory_country, "", tell),
            "quarry_area": area,
            "quarry": self._named("quarry", texts, quarry_country, "", tell),
        }
        column = self.by_field.get(F.QUARRY)
        refused = levels["quarry"].status == Status.ASKED_REFUSED and F.QUARRY_AREA not in self.by_field
        if refused and column and is_quarry_with_area(column.header):
            levels["quarry_area"] = levels["quarry"]
        self._split_quarry(levels, quarry_in_area, quarry_country, texts, tell)
        self._answers(levels, texts, broken, tell)
        place_points(self, levels, texts, tell)
        self._from_remark(levels, texts, tell)
        if (
            levels["quarry"].status == Status.KNOWN
            and levels["quarry_area"].status == Status.UNKNOWN
            and F.QUARRY_AREA in self.by_field
        ):
            tell(self.by_field[F.QUARRY_AREA], Note("quarry_known_area_unknown", self.text(texts, F.QUARRY)))
        return levels

    def _named(self, level: str, texts: Mapping[int, str], country: str | None, admin1: str, tell: Tell) -> Level:
        """Supplier, factory or quarry."""
        name_field, place_field, admin_field = LEVEL_FIELDS[level][:3]
        text, place_text = self.text(texts, name_field), self.text(texts, place_field)
        admin1 = self.text(texts, admin_field) or admin1
        if not text and place_text and read_answer(place_text) is None and level == "factory":
            site = self._placed(
                Site(country=country, as_written=place_text), place_text, admin1, country, place_field, tell
            )
            return Level(Status.KNOWN, (site,))
        if not text:
            return _UNKNOWN
        names = read_names(text, country)
        column = self.by_field[name_field]  # type: ignore[index]
        if names.answer is not None:
            return self._answered(names.answer, column, text, tell)
        for note in names.notes:
            tell(column, note)
        for other in self.more.get(column.field, ()):  # type: ignore[arg-type]
            further = read_names(texts[other.index], country) if texts.get(other.index) else None
            if further and further.answer is None:
                names.sites += further.sites
                for note in further.notes:
                    tell(other, note)
        if (place_text and read_answer(place_text) is None) or admin1:
            only = len(names.sites) == 1
            names.sites = [
                self._placed(s, place_text if only else "", admin1, country, place_field, tell) for s in names.sites
            ]
        return Level(Status.KNOWN, tuple(names.sites))

    def _placed(
        self, site: Site, place_text: str, admin1: str, country: str | None, place_field: Field | None, tell: Tell
    ) -> Site:
        """A site with the place and province of their own columns."""
        province = find_province(admin1, country) if admin1 and read_answer(admin1) is None else None
        if province:
            site = replace(site, admin1=province.admin1, country=site.country or province.country)
        elif admin1 and read_answer(admin1) is None and not site.admin1:
            site = replace(site, admin1=admin1)
        if place_text and read_answer(place_text) is None:
            area = read_area(place_text, country)
            if area.corrected and place_field:
                tell(self.by_field[place_field], Note("place_spelling_corrected", area.corrected, area.name or ""))
            address = any(c.isdigit() for c in place_text) or "," in place_text
            place = area.name if area.known or not address else None
            explicit = place_field is not None and F(place_field.value.replace("_place", "_country")) in self.by_field
            nation = site.country if explicit else area.country or site.country
            site = replace(site, place=place or site.place, admin1=site.admin1 or area.admin1, country=nation)
        return site

    def _answered(self, answer: Answer, column: Column, text: str, tell: Tell) -> Level:
        if answer == Answer.NOT_APPLICABLE:
            tell(column, Note("not_applicable_read_as_unknown", text))
        if answer == Answer.REFUSED_INFERRED:
            tell(column, Note("refusal_inferred", text))
        if answer in (Answer.REFUSED, Answer.REFUSED_INFERRED):
            return Level(Status.ASKED_REFUSED)
        return _UNKNOWN

    def _area(
        self, texts: Mapping[int, str], country: str | None, trade_name: str | None, admin1: str | None, tell: Tell
    ) -> tuple[Level, str]:
        text = self.text(texts, F.QUARRY_AREA)
        if not text:
            return _UNKNOWN, ""
        sites, answer, notes, quarry = read_areas(text, country, trade_name)
        column = self.by_field[F.QUARRY_AREA]
        if answer is not None and not notes:
            return self._answered(answer, column, text, tell), ""
        for note in notes:
            tell(column, note)
        written = self.text(texts, F.QUARRY_AREA_ADMIN1)
        province = find_province(written, country) if written else None
        told = province.admin1 if province else (written if written and read_answer(written) is None else admin1)
        if told:
            sites = tuple(site if site.admin1 else replace(site, admin1=told) for site in sites)
        if country and any(site.country not in (None, country) for site in sites) and self._says_area_country(texts):
            tell(
                column,
                Note("place_contradicts_country", text, next(s.country or "" for s in sites if s.country != country)),
            )
        return (Level(Status.KNOWN, sites) if sites else _UNKNOWN), quarry

    def _says_area_country(self, texts: Mapping[int, str]) -> bool:
        return bool(self.text(texts, F.QUARRY_AREA_COUNTRY) or self.text(texts, F.QUARRY_COUNTRY))

    def _split_quarry(
        self, levels: dict[str, Level], quarry_in_area: str, country: str | None, texts: Mapping[int, str], tell: Tell
    ) -> None:
        """A quarry and its area in one cell are two things."""
        quarry, area = levels["quarry"], levels["quarry_area"]
        if quarry_in_area and quarry.status == Status.UNKNOWN and not self.text(texts, F.QUARRY):
            levels["quarry"] = Level(
                Status.KNOWN, (Site(name=quarry_in_area, country=country, as_written=quarry_in_area),)
            )
            tell(
                self.by_field.get(F.QUARRY_AREA),
                Note("quarry_and_area_split", self.text(texts, F.QUARRY_AREA), quarry_in_area),
            )
        if area.status != Status.UNKNOWN or quarry.status != Status.KNOWN or self.text(texts, F.QUARRY_AREA):
            return
        written = self.text(texts, F.QUARRY)
        placed = [site for site in quarry.sites if site.place or site.admin1]
        column = self.by_field.get(F.QUARRY)
        if placed:
            sites = tuple(Site(place=s.place, admin1=s.admin1, country=s.country, as_written=written) for s in placed)
            levels["quarry_area"] = Level(Status.KNOWN, sites)
            tell(column, Note("quarry_and_area_split", written, placed[0].place or placed[0].admin1 or ""))
            return
        place_sites, _answer, _notes, named = read_areas(written, country, None)
        if named and place_sites:
            levels["quarry_area"] = Level(Status.KNOWN, place_sites)
            levels["quarry"] = Level(
                Status.KNOWN, (Site(name=named, country=quarry.sites[0].country, as_written=written),)
            )
            tell(column, Note("quarry_and_area_split", written, place_sites[0].place or ""))
            return
        known = [s for s in place_sites if s.place and find_place(s.place, country, gazetteer=False)]
        if known and len(known) == len(place_sites) and not _QUARRYISH.search(fold(written)):
            levels["quarry_area"] = Level(Status.KNOWN, tuple(known))
            levels["quarry"] = _UNKNOWN
            tell(column, Note("quarry_and_area_split", written, known[0].place or ""))

    def _answers(self, levels: dict[str, Level], texts: Mapping[int, str], broken: frozenset[int], tell: Tell) -> None:
        """Cells that point at another level: same as the supplier, on site, direct, our own workshop."""
        supplier, factory = self.text(texts, F.SUPPLIER), self.text(texts, F.FACTORY)
        self._point(levels, "factory", read_answer(factory) if factory else None, F.FACTORY, texts, tell)
        self._point(levels, "direct_supplier", read_answer(supplier) if supplier else None, F.SUPPLIER, texts, tell)
        quarry = self.text(texts, F.QUARRY)
        self._point(levels, "quarry", read_answer(quarry) if quarry else None, F.QUARRY, texts, tell)
        column = self.by_field.get(F.SUPPLIER)
        bare = not supplier or (
            read_answer(supplier) == Answer.UNKNOWN and not any(c.isalnum() or c == "?" for c in supplier)
        )
        if column is not None and bare and not supplier_known(levels) and column.index not in broken:
            code = self.by_field.get(F.SUPPLIER_CODE)
            if code is None or not texts.get(code.index):
                tell(column, Note("supplier_missing"))

    def _point(
        self,
        levels: dict[str, Level],
        level: str,
        answer: Answer | None,
        name: Field,
        texts: Mapping[int, str],
        tell: Tell,
    ) -> None:
        """One cell that points at another level gets the sites of that level."""
        text = self.text(texts, name)
        if answer is None:
            return
        column = self.by_field[name]
        source = {
            Answer.SAME_AS_SUPPLIER: "direct_supplier", Answer.SAME_AS_FACTORY: "factory", Answer.SAME_AS_QUARRY: "quarry",
            Answer.ON_SITE: "direct_supplier" if level == "factory" else "factory", Answer.DITTO: "direct_supplier" if level == "factory" else "factory",
            Answer.DIRECT: "factory" if level == "direct_supplier" else "direct_supplier",
        }.get(answer)  # fmt: skip
        if answer == Answer.OWN:
            site = Site(name=self.company or text, country=self.home_country, as_written=text)
            levels[level] = Level(Status.KNOWN, (site,))
            tell(column, Note("own_processing_in_home_country", text, self.home_country or ""))
            return
        if source is None or source == level:
            return
        sites = levels[source].sites
        if answer == Answer.DIRECT and level == "direct_supplier":
            own = read_answer(self.text(texts, F.FACTORY)) == Answer.OWN
            if not sites or own or _MENTIONS["quarry"].search(fold(text)):
                sites = levels["quarry"].sites or (() if own else sites)
        if sites:
            levels[level] = Level(Status.KNOWN, tuple(replace(site, as_written=text) for site in sites))
        code = "direct_purchase" if answer == Answer.DIRECT else "ditto_resolved"
        tell(column, Note(code, text, sites[0].name or "" if sites else ""))

    def _from_remark(self, levels: dict[str, Level], texts: Mapping[int, str], tell: Tell) -> None:
        """A remark that says who refused what, when the cell itself is empty."""
        remark = self.text(texts, F.REMARK)
        if not remark or read_answer(remark) not in (Answer.REFUSED, Answer.REFUSED_INFERRED):
            return
        for level, pattern in _MENTIONS.items():
            name = LEVEL_FIELDS[level][0]
            if (
                levels[level].status == Status.UNKNOWN
                and name in self.by_field
                and not self.text(texts, name)
                and pattern.search(fold(remark))
            ):
                levels[level] = Level(Status.ASKED_REFUSED)
                tell(self.by_field[F.REMARK], Note("refusal_inferred", remark, level))


def supplier_known(levels: Mapping[str, Level]) -> bool:
    """Whether the direct supplier is named or refused."""
    return levels["direct_supplier"].status != Status.UNKNOWN


def tonnes_of(chain: ReadChain) -> Decimal:
    """The tonnes of a chain; nothing when they are not known."""
    return chain.volume.tonnes if chain.volume and chain.volume.tonnes is not None else Decimal(0)
