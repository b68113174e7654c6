"""What a company does with a spreadsheet, and the secretariat with trade names."""

from toetssteen.sheets.services.cleaning import undo_import, wipe_import
from toetssteen.sheets.services.columns import set_columns
from toetssteen.sheets.services.importing import resume_import, run_import, take_over
from toetssteen.sheets.services.rows import decide_open_rows, decide_row, save_rows
from toetssteen.sheets.services.taking_in import give_up_reading, read_sheet, upload_sheet
from toetssteen.sheets.services.trade_names import add_trade_name, remove_trade_name

__all__ = [
    "add_trade_name",
    "decide_open_rows",
    "decide_row",
    "give_up_reading",
    "read_sheet",
    "remove_trade_name",
    "resume_import",
    "run_import",
    "save_rows",
    "set_columns",
    "take_over",
    "undo_import",
    "upload_sheet",
    "wipe_import",
]
