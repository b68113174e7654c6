"""What problems and columns are called, and how each problem is mended, in the words of the user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from toetssteen.sheets.reading.results import Field

PROBLEMS: dict[str, Any] = {
    "approximate_number": lazy("An estimate. It counts as it is read; put in a better number if you have one."),
    "bought_from_importer_elsewhere": lazy(
        "Bought through a trader in another country. Ask the trader for the factory and the quarry."
    ),
    "coordinates_out_of_range": lazy("These coordinates do not exist. Check the numbers, or empty the cell."),
    "coordinates_swapped": lazy("Latitude and longitude were swapped. We turned them around; check the place."),
    "coordinates_without_quarry": lazy("There are coordinates, but no quarry. Add the name of the quarry."),
    "country_contradicts_coordinates": lazy(
        "The country and the coordinates contradict each other. Correct the one that is wrong."
    ),
    "country_spelling_corrected": lazy("The name of the country was misspelt. Check that we read the right one."),
    "country_unrecognised": lazy("We do not know this country. Write the name of the country in full."),
    "direct_purchase": lazy("Bought directly from the quarry or factory; it counts as the supplier too."),
    "ditto_resolved": lazy("“Ditto” was filled in from the row above."),
    "duplicate_row": lazy("This row is the same as another one. Leave one of them out if it is the same purchase."),
    "excel_error_in_cell": lazy("The cell holds an error of the spreadsheet. Write the value itself, or “unknown”."),
    "external_link_not_followed": lazy(
        "The cell takes its value from another file. We took the last value; check it, or write it yourself."
    ),
    "formula_in_text_column": lazy("The cell holds a formula. We took its last value; check that it is right."),
    "formula_like_text": lazy("The text begins like a formula. We keep it as plain text."),
    "hidden_column_read": lazy("This column is hidden in your file. We read it; check that you want that."),
    "hidden_row_not_read": lazy("This row is hidden in your file, so we did not read it. Unhide it to include it."),
    "hidden_sheet_not_read": lazy("This sheet is hidden in your file, so we did not read it. Unhide it to include it."),
    "lookup_failed": lazy("The formula found nothing. Write the value itself, or “unknown”."),
    "macro_ignored": lazy("The file holds macros. We did not run them; only the cells were read."),
    "material_missing": lazy("Without a material we cannot make a chain. Write the kind of stone."),
    "material_not_in_covenant": lazy(
        "This kind of stone is not on the covenant's list. Write another kind, or leave the row out."
    ),
    "material_taken_from_trade_name": lazy("The material follows from the trade name."),
    "material_unrecognised": lazy("We do not know this material. Write the kind of stone, such as granite."),
    "not_applicable_read_as_unknown": lazy(
        "“Not applicable” is read as unknown. Did you ask and was it refused? Then write “refused”."
    ),
    "note_row_skipped": lazy("This row holds a remark, not a chain. We skipped it."),
    "number_negative": lazy("An amount cannot be negative. Correct the number, or leave the row out."),
    "number_unreadable": lazy("We cannot read this number. Write it with digits only, such as 12,5."),
    "own_processing_in_home_country": lazy("You process the stone yourself; your own works count as the factory."),
    "partly_known": lazy("Only a part of this is known. Complete it when you know more."),
    "password_protected": lazy("The file has a password. Save it without a password and upload it again."),
    "percentage_scale_guessed": lazy("We read these numbers as percentages. Check that 0,5 does not mean 50 %."),
    "place_spelling_corrected": lazy("The name of the place was misspelt. Check that we read the right one."),
    "place_unrecognised": lazy("We do not know this place. Write the district or the nearest town."),
    "possible_duplicate_site": lazy("This may be the same place as in another row, in another spelling."),
    "product_group_unrecognised": lazy(
        "We do not know this product. Write another word, such as paving, or leave it empty."
    ),
    "quarry_and_area_split": lazy("Quarry and area stood in one cell. We took them apart; check both."),
    "quarry_known_area_unknown": lazy("The quarry is known, but not its area. Write the district of the quarry."),
    "refusal_inferred": lazy("We read this as asked and refused. Write “unknown” if nobody was asked."),
    "row_too_short": lazy("This row has fewer cells than the heads above it. Check that nothing has shifted."),
    "several_values_in_cell": lazy("The cell holds several names. We read each of them."),
    "shares_do_not_add_up": lazy("The shares together are not 100 %. Check them in your sheet."),
    "supplier_missing": lazy("There is no supplier. Write the name, or “unknown” if you do not know it."),
    "too_large_when_unpacked": lazy("This file becomes too big when it is opened. Save only the sheet with chains."),
    "totals_row_skipped": lazy("This row holds a total, not a chain. We skipped it."),
    "trade_name_not_granite": lazy("This is sold as granite, but it is another kind of stone. Check the material."),
    "uncertain_value": lazy("You put a question mark here. It counts as it is read; write “unknown” if it is a guess."),
    "unit_in_cell_differs": lazy("The cell names another unit than the column. We used the one in the cell."),
    "unit_missing": lazy("The unit is missing. Write it behind the number, such as 12 t."),
    "unit_not_convertible": lazy("This unit cannot be turned into tonnes. Write the tonnes if you know them."),
    "unreadable_file": lazy("We cannot read this file."),
    "volume_from_share": lazy("The amount is a share of your total; the tonnes are not known."),
    "volume_missing": lazy("The amount is missing. Write the tonnes, an estimate is enough."),
}
OTHER = lazy("Something is unclear in this cell. Check that we read it right.")

REJECTED: dict[str, Any] = {
    "password_protected": lazy(
        "This file has a password, so we cannot read it. Save a copy without a password and upload that one."
    ),
    "too_large_when_unpacked": lazy(
        "This file becomes far too big when it is opened. Copy the table with your chains to a new file and upload "
        "that."
    ),
    "unreadable_file": lazy(
        "We cannot read this file: it is damaged or it is not a spreadsheet. Open it, save it as XLSX and upload that "
        "one."
    ),
}

FIELDS: dict[str, Any] = {
    Field.ROW_NUMBER: lazy("Number of the row"),
    Field.DATE: lazy("Date"),
    Field.MATERIAL: lazy("Material"),
    Field.TRADE_NAME: lazy("Trade name"),
    Field.PRODUCT_GROUP: lazy("Product"),
    Field.VOLUME: lazy("Volume"),
    Field.UNIT: lazy("Unit of the volume"),
    Field.SHARE: lazy("Share, %"),
    Field.SUPPLIER: lazy("Supplier"),
    Field.SUPPLIER_CODE: lazy("Supplier: code"),
    Field.FACTORY: lazy("Factory"),
    Field.QUARRY_AREA: lazy("Quarry area"),
    Field.QUARRY: lazy("Quarry"),
    Field.COUNTRY: lazy("Country"),
    Field.ADMIN1: lazy("Province or state"),
    Field.PLACE: lazy("Place"),
    Field.COORDINATES: lazy("Coordinates"),
    Field.LAT: lazy("Latitude"),
    Field.LON: lazy("Longitude"),
    Field.REMARK: lazy("Remark"),
}
_OF: dict[str, Any] = {
    "supplier": lazy("Supplier"),
    "factory": lazy("Factory"),
    "quarry_area": lazy("Quarry area"),
    "quarry": lazy("Quarry"),
}
_DETAIL: dict[str, Any] = {
    "place": lazy("place"),
    "admin1": lazy("province or state"),
    "country": lazy("country"),
    "coordinates": lazy("coordinates"),
    "lat": lazy("latitude"),
    "lon": lazy("longitude"),
}


def field_label(field: str) -> str:
    """What a column can mean, in words."""
    if field in FIELDS:
        return str(FIELDS[Field(field)])
    for of, label in _OF.items():
        detail = field.removeprefix(f"{of}_")
        if field.startswith(f"{of}_") and detail in _DETAIL:
            return f"{label}: {_DETAIL[detail]}"
    return field


def field_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that a column can mean, in groups, to choose from."""
    stone = [Field.MATERIAL, Field.TRADE_NAME, Field.PRODUCT_GROUP, Field.VOLUME, Field.UNIT, Field.SHARE]
    groups = [(_("The stone"), stone)]
    for of, label in _OF.items():
        own = [f for f in Field if f == of or (f.startswith(f"{of}_") and f.removeprefix(f"{of}_") in _DETAIL)]
        own += [Field.SUPPLIER_CODE] if of == "supplier" else []
        groups.append((str(label), own))
    taken = {field for _group, fields in groups for field in fields}
    groups.append((_("Of the whole row"), [f for f in Field if f not in taken and not f.startswith(tuple(_OF))]))
    return [(group, [(str(f), field_label(f)) for f in fields]) for group, fields in groups]


def sentence_of(problem: Mapping[str, Any]) -> str:
    """What is wrong, how it is read, and how to mend it."""
    said = str(PROBLEMS.get(problem["code"], OTHER))
    values = problem.get("values") or {}
    written, read_as = str(values.get("written", ""))[:80], str(values.get("read_as", ""))[:80]
    if written and read_as:
        return (
            said
            + " "
            + _("It says “%(written)s”; we read “%(read_as)s”.")
            % {
                "written": written,
                "read_as": read_as,
            }
        )
    if written:
        return said + " " + _("It says “%(written)s”.") % {"written": written}
    return said


def rejected_sentence(code: str) -> str:
    """Why a file was refused, and what to do."""
    return str(REJECTED.get(code, REJECTED["unreadable_file"]))
