"""The page on which the secretariat extends the list of trade names."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.sheets import forms, queries, services
from toetssteen.sheets.views.ground import Ground


@page(Audience.SECRETARIAT)
def trade_name_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All trade names that were added, and room for one more."""
    pack = Ground.now().pack
    form = forms.TradeNameForm(request.POST or None, pack=pack)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.add_trade_name(actor=actor, pack=pack, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("“%(name)s” is on the list.") % {"name": made.name})
            return done(request, "trade_name_list")
    return show(request, "sheets/trade_name_list.html", {"form": form, "names": queries.trade_names(actor, pack)})


@page(Audience.SECRETARIAT, methods=("POST",))
def trade_name_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a name off the list."""
    services.remove_trade_name(actor=actor, trade_name_id=pk, now=clock.now())
    messages.success(request, _("The name is off the list."))
    return done(request, "trade_name_list")
