"""What a mention, a question, a change and a closing allow, whoever asks."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.sites.choices import MAY_BE_TOLD, ChangeKind, How, QuestionState

# From here on a question of the secretariat may be accepted together with others.
NEAR_CERTAIN = Decimal("0.95")
# Ties that a person made: recognition never changes them by itself.
BY_PEOPLE = frozenset({How.COMPANY, How.SECRETARIAT, How.LOADED})


def mention_key(
    level: str, name: str, address: str, place: str, country: str, lat: Decimal | None, lon: Decimal | None
) -> str:
    """The same for the same words, whatever their case, spaces and punctuation; a decision stays with it."""
    words = [_folded(text) for text in (name, address, place, country)]
    point = "" if lat is None or lon is None else f"{lat:.4f} {lon:.4f}"
    return hashlib.sha256("\n".join([level, *words, point]).encode()).hexdigest()


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def answerable(question: Any) -> Verdict:
    """A question is answered once; an answer can be undone first."""
    if question.state in (QuestionState.OPEN, QuestionState.WAITING):
        return YES
    return no(_("This question has been answered already."))


def nearly_certain(question: Any) -> bool:
    """So likely that questions may be accepted together; never one in which something contradicts."""
    if question.probability is None or question.probability < NEAR_CERTAIN:
        return False
    codes = [code for code, _values in question.reasons]
    return not any(code.endswith(("_other", "_conflict")) or code == "several_units" for code in codes)


def undoable(change: Any, later: bool) -> Verdict:
    """A change can be undone once, the last one first."""
    if change.undone_at is not None:
        return no(_("This was undone already."))
    if later:
        return no(_("Something was changed here afterwards. Undo that first."))
    return YES


def mergeable(kept: Any, gone: Any) -> Verdict:
    """Two sites that stand in the registry themselves can be merged."""
    if kept.pk == gone.pk:
        return no(_("This is the same site."))
    if kept.merged_into_id or gone.merged_into_id:
        return no(_("One of the two was merged into another site already."))
    return YES


def closable(site: Any, on: dt.date, today: dt.date) -> Verdict:
    """An open site closes on a day that has passed."""
    if site.merged_into_id:
        return no(_("This site was merged into another one. Close that one."))
    if site.closed_on is not None:
        return no(_("This site is closed already."))
    if on > today:
        return no(_("This day is still to come."))
    return YES


def may_be_told(source: str) -> Verdict:
    """Companies hear of a closing only if no company told it."""
    if source in MAY_BE_TOLD:
        return YES
    return no(_("Companies can only be told what the secretariat knows from a public source or its own visit."))


def makes_site(kind: str) -> bool:
    """A split makes a new site; undoing it takes that site out again."""
    return kind == ChangeKind.SPLIT
