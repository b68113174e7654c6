"""Rules about complaints and remedy that hold whoever asks: places, codes, when a mechanism works."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.core.frameworks.grievance import WorksRule
from toetssteen.core.frameworks.years import add_months
from toetssteen.remedy.choices import Fit, Known
from toetssteen.remedy.models import Poster

# Neither vowels nor letters and digits that look alike: easy to type over, and no words by accident.
LETTERS = "23456789bcdfghjkmnpqrstvwxz"
CODE_LETTERS = 12  # 27 letters to the power 12: about 57 bits of chance
GROUP = 4
CODE = re.compile(r"([a-z]{2})-?([23456789bcdfghjkmnpqrstvwxz-]+)", re.ASCII)


def place_key(level: str, name: str, place: str, country: str) -> str:
    """The same place in other letters: case and punctuation do not matter."""
    words = "|".join(_plain(part) for part in (level, name, place, country))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded).split())


def new_code(language: str) -> str:
    """A code that nobody can guess; it says its language, so that the page behind it needs to look nothing up."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    groups = [letters[start : start + GROUP] for start in range(0, CODE_LETTERS, GROUP)]
    return "-".join([language, *groups])


def language_of_code(code: str) -> str:
    """The language that a code says; empty if it is no code. Capitals and missing hyphens do not matter."""
    found = CODE.fullmatch(code.strip().casefold())
    return found.group(1) if found else ""


def withdrawable(poster: Poster) -> Verdict:
    """A poster is taken off the list once."""
    if poster.withdrawn_at is None:
        return YES
    return no(_("This poster was taken off the list before."))


def works(has_one: str, fits: Mapping[str, str], rule: WorksRule) -> bool:
    """A site has a mechanism that works: it has one, and it meets each criterion that the pack asks, far enough."""
    enough = {Fit.MET, Fit.PARTLY} if rule.part_is_enough else {Fit.MET}
    return has_one == Known.YES and all(fits.get(criterion) in enough for criterion in rule.criteria)


def is_stale(said_on: dt.date | None, rule: WorksRule, today: dt.date) -> bool:
    """What is known is older than the pack finds fresh, or nobody knows how old."""
    return said_on is None or add_months(said_on, rule.stale_after_months) < today
