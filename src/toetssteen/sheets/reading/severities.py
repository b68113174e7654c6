# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""How much each problem asks of the user; what is not named here is only told."""

from __future__ import annotations

from .results import Severity

SEVERITIES = {
    "country_spelling_corrected": Severity.WARNING, "not_applicable_read_as_unknown": Severity.WARNING,
    "product_group_unrecognised": Severity.WARNING, "supplier_missing": Severity.ERROR, "country_unrecognised": Severity.ERROR,
    "number_unreadable": Severity.ERROR, "number_negative": Severity.ERROR, "coordinates_swapped": Severity.WARNING,
    "coordinates_out_of_range": Severity.ERROR, "coordinates_unreadable": Severity.ERROR, "coordinates_contradict_country": Severity.WARNING,
    "place_contradicts_country": Severity.WARNING, "excel_error_in_cell": Severity.ERROR, "lookup_failed": Severity.ERROR,
    "formula_like_text": Severity.WARNING, "formula_in_text_column": Severity.WARNING, "volume_missing": Severity.WARNING,
    "duplicate_row": Severity.WARNING, "row_too_short": Severity.WARNING, "uncertain_value": Severity.WARNING,
    "unit_in_cell_differs": Severity.WARNING, "unit_missing": Severity.WARNING, "unit_not_convertible": Severity.WARNING,
    "shares_do_not_add_up": Severity.WARNING, "percentage_scale_guessed": Severity.INFO, "trade_name_not_granite": Severity.WARNING,
    "partly_known": Severity.WARNING, "quarry_known_area_unknown": Severity.WARNING, "refusal_inferred": Severity.WARNING,
    "material_unrecognised": Severity.WARNING, "external_link_not_followed": Severity.WARNING,
    "table_transposed": Severity.ERROR, "no_table_found": Severity.ERROR, "header_missing": Severity.WARNING,
    "second_table_not_read": Severity.WARNING,
}  # fmt: skip
