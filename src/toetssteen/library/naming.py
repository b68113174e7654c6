"""Keeping names out of what everybody reads: finding them in a text, and a draft without them to start from."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from toetssteen.library.models import HelpQuestion
from toetssteen.library.words import folded
from toetssteen.organisations.models import Organisation

# Those whose name may stand in a text for everybody: they are no participants.
NAMED_FREELY = ("secretariat", "committee")
FORMS = frozenset({"b", "v", "n", "bv", "nv", "bvba", "srl", "sa", "cv", "vof", "eenmanszaak"})
SHORTEST = 5  # letters of a name; shorter ones are too often an ordinary word
_MAIL = re.compile(r"\S+@\S+\.\w+")
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()./-]{7,}\d")


def _core(name: str) -> str:
    """A name in small letters without its legal form, which people leave out; one word alone says too little."""
    words = folded(name).split()
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    return " ".join(words) if len(words) > 1 else folded(name)


def _known_names() -> list[str]:
    """The names of participants, and of everybody who ever asked the help desk something."""
    firms = Organisation.objects.exclude(kind__in=NAMED_FREELY).values_list("name", flat=True)
    people = HelpQuestion.objects.values_list("asked_by__name", flat=True).order_by().distinct()
    return [*firms, *(name for name in people if " " in name.strip())]


def names_in(text: str) -> list[str]:
    """The participants and people whose name stands in a text."""
    hay = f" {folded(text)} "
    return sorted({n for n in _known_names() if len(_core(n)) >= SHORTEST and f" {_core(n)} " in hay})


def without_names(text: str, question: HelpQuestion) -> str:
    """A draft for everybody: names, mail addresses and telephone numbers that are known give way to brackets."""
    text = _PHONE.sub(_("[telephone number]"), _MAIL.sub(_("[mail address]"), text))
    for name, blank in (
        *((firm, _("[company]")) for firm in [question.organisation.name, *names_in(text)]),
        (question.asked_by.name, _("[name]")),
    ):
        for spelling in sorted({name, _as_written(name)}, key=len, reverse=True):
            if len(spelling) >= SHORTEST:
                text = re.sub(re.escape(spelling), lambda _m, blank=blank: blank, text, flags=re.IGNORECASE)  # type: ignore[misc]
    return text


def _as_written(name: str) -> str:
    """The name without its legal form, in its own spelling."""
    words = name.split()
    while len(words) > 1 and all(part in FORMS for part in folded(words[-1]).split()):
        words.pop()
    return " ".join(words)
