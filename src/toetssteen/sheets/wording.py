"""What problems and columns are called, and how each problem is mended, in the words of the user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.foundation.look.figures import country_name
from toetssteen.sheets.reading.results import Field

PROBLEMS: dict[str, Any] = {
    "approximate_number": gettext_lazy("An estimate. It counts as it is read; put in a better number if you have one."),
    "bought_from_importer_elsewhere": gettext_lazy(
        "Bought through a trader in another country. Ask the trader for the factory and the quarry."
    ),
    "coordinates_out_of_range": gettext_lazy("These coordinates do not exist. Check the numbers, or empty the cell."),
    "coordinates_contradict_country": gettext_lazy(
        "The country and the coordinates contradict each other. Correct the one that is wrong."
    ),
    "coordinates_unreadable": gettext_lazy(
        "We cannot read these coordinates. Write degrees, such as 15.8312, 80.0215, or empty the cell."
    ),
    "coordinates_swapped": gettext_lazy("Latitude and longitude were swapped. We turned them around; check the place."),
    "coordinates_without_quarry": gettext_lazy("There are coordinates, but no quarry. Add the name of the quarry."),
    "country_contradicts_coordinates": gettext_lazy(
        "The country and the coordinates contradict each other. Correct the one that is wrong."
    ),
    "country_spelling_corrected": gettext_lazy(
        "The name of the country was misspelt. Check that we read the right one."
    ),
    "country_unrecognised": gettext_lazy("We do not know this country. Write the name of the country in full."),
    "direct_purchase": gettext_lazy("Bought directly from the quarry or factory; it counts as the supplier too."),
    "ditto_resolved": gettext_lazy("“Ditto” was filled in from the row above."),
    "duplicate_row": gettext_lazy(
        "This row is the same as another one. Leave one of them out if it is the same purchase."
    ),
    "excel_error_in_cell": gettext_lazy(
        "The cell holds an error of the spreadsheet. Write the value itself, or “unknown”."
    ),
    "external_link_not_followed": gettext_lazy(
        "The cell takes its value from another file. We took the last value; check it, or write it yourself."
    ),
    "formula_in_text_column": gettext_lazy("The cell holds a formula. We took its last value; check that it is right."),
    "formula_like_text": gettext_lazy("The text begins like a formula. We keep it as plain text."),
    "header_missing": gettext_lazy(
        "We found no heads above the columns. We guessed what they hold; check each column."
    ),
    "hidden_column_read": gettext_lazy("This column is hidden in your file. We read it; check that you want that."),
    "hidden_row_not_read": gettext_lazy(
        "This row is hidden in your file, so we did not read it. Unhide it to include it."
    ),
    "hidden_sheet_not_read": gettext_lazy(
        "This sheet is hidden in your file, so we did not read it. Unhide it to include it."
    ),
    "lookup_failed": gettext_lazy("The formula found nothing. Write the value itself, or “unknown”."),
    "macro_ignored": gettext_lazy("The file holds macros. We did not run them; only the cells were read."),
    "material_missing": gettext_lazy("Without a material we cannot make a chain. Write the kind of stone."),
    "material_not_in_covenant": gettext_lazy(
        "This kind of stone is not on the covenant's list. Write another kind, or leave the row out."
    ),
    "material_taken_from_trade_name": gettext_lazy("The material follows from the trade name."),
    "material_unrecognised": gettext_lazy("We do not know this material. Write the kind of stone, such as granite."),
    "no_table_found": gettext_lazy(
        "We found no table with chains here. Put a row with heads such as material, supplier and country above it."
    ),
    "not_applicable_read_as_unknown": gettext_lazy(
        "“Not applicable” is read as unknown. Did you ask and was it refused? Then write “refused”."
    ),
    "note_row_skipped": gettext_lazy("This row holds a remark, not a chain. We skipped it."),
    "number_negative": gettext_lazy("An amount cannot be negative. Correct the number, or leave the row out."),
    "number_unreadable": gettext_lazy("We cannot read this number. Write it with digits only, such as 12,5."),
    "own_processing_in_home_country": gettext_lazy(
        "You process the stone yourself; your own works count as the factory."
    ),
    "partly_known": gettext_lazy("Only a part of this is known. Complete it when you know more."),
    "password_protected": gettext_lazy("The file has a password. Save it without a password and upload it again."),
    "percentage_scale_guessed": gettext_lazy(
        "We read these numbers as percentages. Check that 0,5 does not mean 50 %."
    ),
    "place_spelling_corrected": gettext_lazy("The name of the place was misspelt. Check that we read the right one."),
    "place_unrecognised": gettext_lazy("We do not know this place. Write the district or the nearest town."),
    "possible_duplicate_site": gettext_lazy("Is this the same place as in another row, in another spelling?"),
    "product_group_unrecognised": gettext_lazy(
        "We do not know this product. Write another word, such as paving, or leave it empty."
    ),
    "quarry_and_area_split": gettext_lazy("Quarry and area stood in one cell. We took them apart; check both."),
    "quarry_known_area_unknown": gettext_lazy(
        "The quarry is known, but not its area. Write the district of the quarry."
    ),
    "refusal_inferred": gettext_lazy("We read this as asked and refused. Write “unknown” if nobody was asked."),
    "row_too_short": gettext_lazy("This row has fewer cells than the heads above it. Check that nothing has shifted."),
    "several_values_in_cell": gettext_lazy("The cell holds several names. We read each of them."),
    "second_table_not_read": gettext_lazy(
        "Another table begins here, with other columns. We did not read it. Put it on a sheet of its own."
    ),
    "shares_do_not_add_up": gettext_lazy("The shares together are not 100 %. Check them in your sheet."),
    "supplier_missing": gettext_lazy("There is no supplier. Write the name, or “unknown” if you do not know it."),
    "table_transposed": gettext_lazy(
        "The heads stand below one another, each chain in a column. Turn the table, with Paste special, Transpose, and "
        "upload it again."
    ),
    "too_large_when_unpacked": gettext_lazy(
        "This file becomes too big when it is opened. Save only the sheet with chains."
    ),
    "totals_row_skipped": gettext_lazy("This row holds a total, not a chain. We skipped it."),
    "trade_name_not_granite": gettext_lazy(
        "This is sold as granite, but it is another kind of stone. Check the material."
    ),
    "uncertain_value": gettext_lazy(
        "You put a question mark here. It counts as it is read; write “unknown” if it is a guess."
    ),
    "unit_in_cell_differs": gettext_lazy("The cell names another unit than the column. We used the one in the cell."),
    "unit_missing": gettext_lazy("The unit is missing. Write it behind the number, such as 12 t."),
    "unit_not_convertible": gettext_lazy("This unit cannot be turned into tonnes. Write the tonnes if you know them."),
    "unreadable_file": gettext_lazy("We cannot read this file."),
    "volume_from_share": gettext_lazy("The amount is a share of your total; the tonnes are not known."),
    "volume_missing": gettext_lazy("The amount is missing. Write the tonnes, an estimate is enough."),
}
OTHER = gettext_lazy("Something is unclear in this cell. Check that we read it right.")

REJECTED: dict[str, Any] = {
    "password_protected": gettext_lazy(
        "This file has a password, so we cannot read it. Save a copy without a password and upload that one."
    ),
    "too_large_when_unpacked": gettext_lazy(
        "This file becomes far too big when it is opened. Copy the table with your chains to a new file and upload "
        "that."
    ),
    "took_too_long": gettext_lazy(
        "Reading took too long because the site is very busy. Your file is not the cause. Upload it again in a few "
        "minutes."
    ),
    "binary_workbook": gettext_lazy(
        "This is a binary workbook (XLSB), which we cannot read. Save it as “Excel workbook (.xlsx)” and upload that "
        "one."
    ),
    "unreadable_file": gettext_lazy(
        "We cannot read this file: it is damaged or it is not a spreadsheet. Open it, save it as XLSX and upload that "
        "one."
    ),
}

FIELDS: dict[str, Any] = {
    Field.ROW_NUMBER: gettext_lazy("Number of the row"),
    Field.DATE: gettext_lazy("Date"),
    Field.MATERIAL: gettext_lazy("Material"),
    Field.TRADE_NAME: gettext_lazy("Trade name"),
    Field.PRODUCT_GROUP: gettext_lazy("Product"),
    Field.VOLUME: gettext_lazy("Volume"),
    Field.UNIT: gettext_lazy("Unit of the volume"),
    Field.SHARE: gettext_lazy("Share, %"),
    Field.SUPPLIER: gettext_lazy("Supplier"),
    Field.SUPPLIER_CODE: gettext_lazy("Supplier: code"),
    Field.FACTORY: gettext_lazy("Factory"),
    Field.QUARRY_AREA: gettext_lazy("Quarry area"),
    Field.QUARRY: gettext_lazy("Quarry"),
    Field.COUNTRY: gettext_lazy("Country"),
    Field.ADMIN1: gettext_lazy("Province or state"),
    Field.PLACE: gettext_lazy("Place"),
    Field.COORDINATES: gettext_lazy("Coordinates"),
    Field.LAT: gettext_lazy("Latitude"),
    Field.LON: gettext_lazy("Longitude"),
    Field.REMARK: gettext_lazy("Remark"),
}
_OF: dict[str, Any] = {
    "supplier": gettext_lazy("Supplier"),
    "factory": gettext_lazy("Factory"),
    "quarry_area": gettext_lazy("Quarry area"),
    "quarry": gettext_lazy("Quarry"),
}
_DETAIL: dict[str, Any] = {
    "place": gettext_lazy("place"),
    "admin1": gettext_lazy("province or state"),
    "country": gettext_lazy("country"),
    "coordinates": gettext_lazy("coordinates"),
    "lat": gettext_lazy("latitude"),
    "lon": gettext_lazy("longitude"),
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
    if problem["code"].startswith("country_") and len(read_as) == 2:
        read_as = country_name(read_as)
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
