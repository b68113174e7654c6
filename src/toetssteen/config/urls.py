"""All addresses of the site."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from toetssteen.config.views import health

# Each app's own `urls.py` holds whole paths; the order is that of the floors, top first.
APPS = (
    "workspace", "register", "insights", "projects", "procurement", "grievances", "assessment", "communication",
    "reporting", "evaluation", "plans", "remedy", "inquiries", "risks", "sheets", "sites", "supplychain", "documents",
    "library", "places", "covenant", "organisations", "accounts", "foundation",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = []
for app in APPS:
    if find_spec(f"toetssteen.{app}.urls"):
        urlpatterns += import_module(f"toetssteen.{app}.urls").urlpatterns
urlpatterns += [path("account/", include("allauth.urls")), path("health/", health, name="health")]

handler404 = "toetssteen.foundation.views.not_found"
handler500 = "toetssteen.foundation.views.server_error"
handler403 = "toetssteen.foundation.views.forbidden"
handler400 = "toetssteen.foundation.views.bad_request"
