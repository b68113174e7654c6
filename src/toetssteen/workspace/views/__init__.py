"""Pages of the signed-in homes."""

from toetssteen.workspace.views.due import (
    calendar_feed,
    calendar_key_end,
    calendar_key_make,
    digest_off,
    digest_preview,
    due_calendar,
    due_list,
)
from toetssteen.workspace.views.homes import company_home, start

__all__ = [
    "calendar_feed",
    "calendar_key_end",
    "calendar_key_make",
    "company_home",
    "digest_off",
    "digest_preview",
    "due_calendar",
    "due_list",
    "start",
]
