"""Rows and verdicts agree, for every member of the cast and a question of each of two rivals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import PEOPLE, Cast
from tests.inquiries.conftest import answer_and_send
from toetssteen.inquiries import permissions
from toetssteen.inquiries.models import Inquiry


@pytest.mark.parametrize("who", ["visitor", *PEOPLE])
def test_rows_and_verdicts_agree(cast: Cast, ask: Callable[..., tuple[Inquiry, str]], who: str) -> None:
    _mine, token = ask("editor")
    answer_and_send(token)
    ask("rival")
    actor = cast.actor(who)
    for inquiry in Inquiry.objects.all():
        visible = permissions.visible_inquiries(actor).filter(pk=inquiry.pk).exists()
        own = {"company_admin": "mason", "editor": "mason", "reader": "mason", "rival": "granite"}.get(who, "")
        wanted = bool(own) and cast.organisations[own].pk == inquiry.organisation_id
        assert visible == bool(permissions.can_view_inquiry(actor, inquiry)) == wanted
        may_change = wanted and who != "reader"
        assert bool(permissions.can_ask(actor, inquiry.organisation_id)) == may_change
        assert bool(permissions.can_decide_line(actor, inquiry)) == (may_change and inquiry.state == "answered")
        assert bool(permissions.can_resend_inquiry(actor, inquiry)) == (may_change and inquiry.state == "sent")
