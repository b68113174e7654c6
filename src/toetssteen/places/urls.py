"""Addresses of places."""

from __future__ import annotations

from django.urls import URLPattern, path

from toetssteen.places import views

urlpatterns: list[URLPattern] = [
    path("places/", views.place_search, name="place_search"),
    path("sources/", views.sources, name="sources"),
]
