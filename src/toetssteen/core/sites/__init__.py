"""One site in many spellings: what two mentions say about each other, and the registry's own numbers."""

from .decisions import Answer, Match, Question, Reason, Verdict
from .identifiers import IdentifierError, is_identifier, parse_identifier, site_identifier
from .mentions import Mention

__all__ = [
    "Answer",
    "IdentifierError",
    "Match",
    "Mention",
    "Question",
    "Reason",
    "Verdict",
    "is_identifier",
    "parse_identifier",
    "site_identifier",
]
