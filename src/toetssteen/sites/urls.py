"""Addresses of the registry of sites, its questions, and what a company is asked about its own places."""

from __future__ import annotations

from django.urls import URLPattern, path

from toetssteen.sites.views import closing, company, desk, merging, registry

SITE = "secretariat/sites/<int:pk>/"
ASKED = "secretariat/sites/questions/"

urlpatterns: list[URLPattern] = [
    path("chains/places/", company.own_places, name="own_places"),
    path("secretariat/sites/", registry.site_list, name="site_list"),
    path("secretariat/sites/add/", registry.site_add, name="site_add"),
    path("secretariat/sites/export.<str:ending>", registry.site_export, name="site_export"),
    path("secretariat/sites/recognise/", registry.site_recognise, name="site_recognise"),
    path(ASKED, desk.site_questions, name="site_questions"),
    path(ASKED + "accept/", desk.site_questions_accept, name="site_questions_accept"),
    path(ASKED + "<int:pk>/", desk.site_question, name="site_question"),
    path("secretariat/sites/changes/<int:pk>/undo/", merging.site_undo, name="site_undo"),
    path(SITE, registry.site_detail, name="site_detail"),
    path(SITE + "edit/", registry.site_edit, name="site_edit"),
    path(SITE + "merge/", merging.site_merge, name="site_merge"),
    path(SITE + "split/", merging.site_split, name="site_split"),
    path(SITE + "close/", closing.site_close, name="site_close"),
    path(SITE + "reopen/", closing.site_reopen, name="site_reopen"),
]
