"""The acts of an assessment: take, score, ask, return, give a provisional result, decide, extend."""

from .deciding import DecisionTerms, decide, give_provisional, reply_to_provisional, take_back_provisional
from .extending import ExtensionTerms, grant_extension
from .reading import ask_second_reader, record_second_read
from .scoring import save_score
from .taking import assign_report, call_in, take_report
from .talking import MissingItem, TalkNotes, answer_question, ask_question, return_report, save_talk
from .years import declare_undelivered, remind_undelivered

__all__ = [
    "DecisionTerms",
    "ExtensionTerms",
    "MissingItem",
    "TalkNotes",
    "answer_question",
    "ask_question",
    "ask_second_reader",
    "assign_report",
    "call_in",
    "decide",
    "declare_undelivered",
    "give_provisional",
    "grant_extension",
    "record_second_read",
    "remind_undelivered",
    "reply_to_provisional",
    "return_report",
    "save_score",
    "save_talk",
    "take_back_provisional",
    "take_report",
]
