"""Errors of ours get a reference; nothing personal or confidential is logged."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toetssteen.foundation.pages import Refused

logger = logging.getLogger("toetssteen.errors")


class ErrorReferenceMiddleware:
    """Shows a refusal as a page with its sentence, and an error of ours as a page with a reference."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "foundation/refused.html", {"sentence": str(exception.verdict)}, status=403)
        from django.conf import settings
        from django.core.exceptions import PermissionDenied, SuspiciousOperation
        from django.http import Http404

        if settings.DEBUG or isinstance(exception, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        got_request_exception.send(sender=type(self), request=request)
        reference = secrets.token_hex(4).upper()
        view = getattr(request.resolver_match, "view_name", "") if request.resolver_match else ""
        frames = []
        trace = exception.__traceback__
        while trace:
            frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}")
            trace = trace.tb_next
        logger.error(
            "reference=%s view=%s error=%s at=%s", reference, view, type(exception).__name__, " > ".join(frames[-6:])
        )
        return render(request, "foundation/error.html", {"reference": reference}, status=500)
