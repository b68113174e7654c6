"""What is done in the library and at the help desk."""

from toetssteen.library.services.helping import (
    FaqText,
    answer_help,
    ask_help,
    read_answer,
    restore_faq,
    restore_help,
    save_faq,
    withdraw_faq,
    withdraw_help,
)
from toetssteen.library.services.keeping import (
    CopyIn,
    ItemText,
    VersionText,
    add_item,
    add_version,
    edit_item,
    restore_item,
    restore_version,
    withdraw_item,
    withdraw_version,
)

__all__ = [
    "CopyIn",
    "FaqText",
    "ItemText",
    "VersionText",
    "add_item",
    "add_version",
    "answer_help",
    "ask_help",
    "edit_item",
    "read_answer",
    "restore_faq",
    "restore_help",
    "restore_item",
    "restore_version",
    "save_faq",
    "withdraw_faq",
    "withdraw_help",
    "withdraw_item",
    "withdraw_version",
]
