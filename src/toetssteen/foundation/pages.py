"""How a page is built: who it is for, how it is shown whole or in part, and how refusals become messages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from toetssteen.core.access import SECRETARIAT_ROLES, Actor, Audience, Role, Verdict
from toetssteen.foundation.look.forms import differences_of
from toetssteen.foundation.look.kept import kept_part

__all__ = ["Audience", "Refused", "StaleRow", "demand", "done", "page", "refusals_on", "show", "show_kept"]


class Refused(Exception):
    """A verdict said no; its sentence is shown to the user."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict


class StaleRow(Exception):
    """Somebody else changed the row in the meantime; what was entered is kept on the screen."""

    def __init__(self, current: Any = None) -> None:
        super().__init__("changed in the meantime")
        self.current = current


def demand(verdict: Verdict) -> None:
    """Go on if the verdict is yes; otherwise refuse with its sentence."""
    if not verdict:
        raise Refused(verdict)


def page(audience: Audience, *, methods: tuple[str, ...] = ("GET", "POST", "HEAD")) -> Callable[[Any], Any]:
    """Declare for whom an address exists; others see that it does not exist, or are asked to sign in.

    The view gets `request, actor, ...`.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        # Behind the door: who may not enter does not learn which methods there are.
        allowed = require_http_methods(list(methods))(view)

        @functools.wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if not actor.belongs_to(audience):
                if not actor.is_signed_in:
                    return redirect_to_login(request.get_full_path())
                if not actor.second_factor and actor.holds_any(SECRETARIAT_ROLES | {Role.OPERATOR}):
                    return redirect("second_factor_needed")
                raise Http404
            return allowed(request, actor, *args, **kwargs)

        guarded: Any = inner
        if audience is not Audience.PUBLIC:
            guarded = never_cache(guarded)
        guarded.audience = audience
        return guarded

    return decorate


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The whole page, or for htmx only `templates/<app>/_<partial>.html` beside it."""
    if partial and getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
        folder = template.rsplit("/", 1)[0]
        template = f"{folder}/_{partial}.html"
    return render(request, template, context or {}, status=status)


def show_kept(
    request: HttpRequest,
    template: str,
    part: str,
    key: tuple[Hashable, ...] | None,
    make: Callable[[], dict[str, Any]],
    about: dict[str, Any] | None = None,
) -> HttpResponse:
    """A public page whose content depends on the key and the query alone: `kept_part` in its template, drawn once.

    The key names versions that never change. The frame around it (menu, language, who is signed in) is always fresh.
    """
    return render(request, template, {**(about or {}), "kept_part": kept_part(request, part, key, make)})


def done(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """After a deed: on to the next page (address, URL name or object)."""
    return redirect(to, *args, **kwargs)


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn refusals, stale rows and validation errors of a service into messages on the form; nothing entered is lost.

    The view must look at `form.errors` afterwards.
    """
    from django.utils.translation import gettext as _

    try:
        yield
    except Refused as refused:
        form.add_error(None, str(refused.verdict))
    except StaleRow:
        form.add_error(
            None,
            _("Somebody changed this in the meantime. Your text is still here: look at both and save again."),
        )
        _show_both(form)
    except ValidationError as error:
        form.add_error(None, error)


def _show_both(form: Any) -> None:
    """Lay what is stored now beside what was entered; the next save is made by somebody who saw both.

    What is stored is what the view gave as `initial`, with its `row_version`.
    """
    form.clash = differences_of(form)
    if form.is_bound and "row_version" in form.fields:
        stored = form.get_initial_for_field(form.fields["row_version"], "row_version")
        if stored is not None:
            form.data = form.data.copy()
            form.data[form.add_prefix("row_version")] = str(stored)
