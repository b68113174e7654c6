"""Addresses of the signed-in homes, and of what is due."""

from django.urls import URLPattern, path

from toetssteen.workspace import views

urlpatterns: list[URLPattern] = [
    path("start/", views.start, name="start"),
    path("home/", views.company_home, name="company_home"),
    path("due/", views.due_list, name="due_list"),
    path("due/calendar.ics", views.due_calendar, name="due_calendar"),
    path("due/calendar-key/", views.calendar_key_make, name="calendar_key_make"),
    path("due/calendar-key/end/", views.calendar_key_end, name="calendar_key_end"),
    path("due/digest/", views.digest_preview, name="digest_preview"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("digest/off/<str:token>/", views.digest_off, name="digest_off"),
]
