"""Addresses of what a company does so that people can complain."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
