"""Choosing for whom one acts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation.look.figures import before_stop
from toetssteen.foundation.pages import Audience, page
from toetssteen.organisations.actors import ACTING_FOR


@page(Audience.SIGNED_IN, methods=("POST",))
def act_for(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Act for another of one's own organisations from now on; the first page of that role follows."""
    wanted = request.POST.get("organisation", "")
    own = {str(a.organisation_id): a.organisation for a in request.appointments}  # type: ignore[attr-defined]
    if wanted not in own:
        raise Http404
    request.session[ACTING_FOR] = own[wanted].pk
    messages.success(request, _("You now act for %(name)s.") % {"name": before_stop(own[wanted].name)})
    return redirect(settings.LOGIN_REDIRECT_URL)
