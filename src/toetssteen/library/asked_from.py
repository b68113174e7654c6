"""The page from which somebody asks the help desk something, without anything secret that stands in its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language

# Parts of an address that open a door for whoever has them.
KEYS = frozenset({"token", "key", "code", "uidb36", "receipt", "secret"})
LONGEST = 200
# The part of the site that an address belongs to, by how it begins.
PLACES: dict[str, Any] = {
    "/home/": _("Overview"),
    "/reports/": _("Questionnaire"),
    "/chains/": _("Supply chain"),
    "/inquiries/": _("Supply chain"),
    "/risks/": _("Risks"),
    "/plan/": _("Plan of action"),
    "/remedy/": _("Complaints and remedy"),
    "/evidence/": _("Evidence"),
    "/colleagues/": _("Colleagues"),
    "/library/": _("Library"),
    "/faq/": _("Questions and answers"),
    "/register/": _("Register"),
    "/figures/": _("Figures"),
}


@dataclass(frozen=True)
class AskedFrom:
    """The page as its reader may see it: in words, with a link if the door is open for the reader."""

    words: str
    url: str = ""


def safe_page(address: str) -> str:
    """The path of a page of this site, without its query; nothing for an address that opens a door by itself."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    if "\\" in address or len(parts.path) > LONGEST:
        return ""
    match = _match(parts.path)
    if match is None or KEYS & set(match.kwargs) or match.url_name in (None, "help_list"):
        return ""
    return quote(unquote(parts.path), safe="/-_.~")


def asked_from(actor: Actor, page: str, pack: Pack | None) -> AskedFrom | None:
    """How the page is shown to a reader; a question of the questionnaire by its number and words."""
    match = _match(page) if page else None
    if match is None:
        return None
    return AskedFrom(_question_words(match, pack) or _place(page), page if opens_for(actor, page) else "")


def opens_for(actor: Actor, path: str) -> bool:
    """Whether there is a page at this path with its door open for the actor."""
    match = _match(path) if path else None
    audience = getattr(match.func, "audience", None) if match else None
    return audience is not None and actor.belongs_to(audience)


def _place(page: str) -> str:
    """The part of the site with the address; the address alone where that has no name."""
    name = next((words for start, words in PLACES.items() if page.startswith(start)), "")
    return f"{name} ({page})" if name else page


def question_of(page: str) -> str:
    """The question of the questionnaire that a page is about."""
    match = _match(page) if page else None
    return str(match.kwargs.get("question", "")) if match else ""


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(unquote(path))
    except Resolver404:
        return None


def _question_words(match: ResolverMatch, pack: Pack | None) -> str:
    question_id = str(match.kwargs.get("question", ""))
    if pack is None or not question_id:
        return ""
    try:
        question = pack.question(question_id)
    except LookupError:
        return ""
    return f"{question.number} {in_language(question.text)}"
