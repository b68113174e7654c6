"""Addresses of the help desk and of questions and answers."""

from __future__ import annotations

from django.urls import path

from toetssteen.library import views

urlpatterns = [
    path("library/", views.library_list, name="library_list"),
    path("faq/", views.faq_list, name="faq_list"),
    path("help/", views.help_list, name="help_list"),
    path("help/<int:pk>/", views.help_question, name="help_question"),
    path("secretariat/help/", views.help_queue, name="help_queue"),
    path("secretariat/faq/add/", views.faq_edit, name="faq_add"),
    path("secretariat/faq/<int:pk>/", views.faq_edit, name="faq_edit"),
    path("secretariat/faq/<int:pk>/withdraw/", views.faq_withdraw, name="faq_withdraw"),
]
