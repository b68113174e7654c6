"""Addresses of what a company does so that people can complain, and of the page behind the code of a poster."""

from __future__ import annotations

from django.urls import URLPattern, path

from toetssteen.remedy.views import helping, making_known, posters

urlpatterns: list[URLPattern] = [
    path("remedy/", making_known.remedy_overview, name="remedy_overview"),
    path("remedy/<int:year>/", making_known.remedy_overview, name="remedy_year"),
    path("remedy/made-known/add/", making_known.made_known_edit, name="made_known_add"),
    path("remedy/made-known/<int:pk>/", making_known.made_known_edit, name="made_known_edit"),
    path("remedy/made-known/<int:pk>/remove/", making_known.made_known_remove, name="made_known_remove"),
    path("remedy/posters/add/", posters.poster_add, name="poster_add"),
    path("remedy/posters/<int:pk>/", posters.poster_detail, name="poster_detail"),
    path("remedy/posters/<int:pk>/poster.pdf", posters.poster_pdf, name="poster_pdf"),
    path("remedy/posters/<int:pk>/print/", posters.poster_print, name="poster_print"),
    path("remedy/posters/<int:pk>/withdraw/", posters.poster_withdraw, name="poster_withdraw"),
    path("remedy/mechanisms/<str:key>/", helping.mechanism_edit, name="mechanism_edit"),
    path("remedy/cases/add/", helping.remedy_edit, name="remedy_add"),
    path("remedy/cases/<int:pk>/", helping.remedy_edit, name="remedy_edit"),
    path("remedy/cases/<int:pk>/remove/", helping.remedy_remove, name="remedy_remove"),
    path("secretariat/remedy/<int:organisation>/", making_known.company_remedy, name="company_remedy"),
    path("secretariat/remedy/<int:organisation>/<int:year>/", making_known.company_remedy, name="company_remedy_year"),
    path("r/<str:code>/", posters.complain, name="complain"),
]
