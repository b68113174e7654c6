"""Addresses of the signed-in homes."""

from django.urls import URLPattern, path

from toetssteen.workspace import views

urlpatterns: list[URLPattern] = [
    path("start/", views.start, name="start"),
    path("home/", views.company_home, name="company_home"),
]
