"""What people decide about sites: answering, merging, splitting, keeping, closing, and recognising everything again."""

from toetssteen.sites.services.answering import accept_questions, answer_own_question, answer_question
from toetssteen.sites.services.closing import close_site, mark_notice_seen, reopen_site
from toetssteen.sites.services.keeping import add_site, edit_site, start_run
from toetssteen.sites.services.merging import merge_sites, split_mentions
from toetssteen.sites.services.undoing import undo_change, undo_own_answer

__all__ = [
    "accept_questions",
    "add_site",
    "answer_own_question",
    "answer_question",
    "close_site",
    "edit_site",
    "mark_notice_seen",
    "merge_sites",
    "reopen_site",
    "split_mentions",
    "start_run",
    "undo_change",
    "undo_own_answer",
]
