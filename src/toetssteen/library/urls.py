"""Addresses of the library, of model texts and of the help desk."""

from __future__ import annotations

from django.urls import path

from toetssteen.library.views import helping, items, model_texts

urlpatterns = [
    path("library/", items.library_list, name="library_list"),
    path("library/items/<slug:item>/", items.library_item, name="library_item"),
    path("library/files/<int:pk>/", items.library_file, name="library_file"),
    path("library/models/<slug:document>/", model_texts.model_text, name="model_text"),
    path("secretariat/library/add/", items.item_add, name="item_add"),
    path("secretariat/library/<int:pk>/", items.item_edit, name="item_edit"),
    path("secretariat/library/<int:pk>/versions/add/", items.version_add, name="version_add"),
    path("secretariat/library/<int:pk>/withdraw/", items.item_withdraw, name="item_withdraw"),
    path("secretariat/library/<int:pk>/restore/", items.item_restore, name="item_restore"),
    path("secretariat/library/versions/<int:pk>/withdraw/", items.version_withdraw, name="version_withdraw"),
    path("secretariat/library/versions/<int:pk>/restore/", items.version_restore, name="version_restore"),
    path("faq/", helping.faq_list, name="faq_list"),
    path("help/", helping.help_list, name="help_list"),
    path("help/<int:pk>/", helping.help_question, name="help_question"),
    path("secretariat/help/", helping.help_queue, name="help_queue"),
    path("secretariat/faq/add/", helping.faq_edit, name="faq_add"),
    path("secretariat/faq/<int:pk>/", helping.faq_edit, name="faq_edit"),
    path("secretariat/faq/<int:pk>/withdraw/", helping.faq_withdraw, name="faq_withdraw"),
    path("secretariat/faq/<int:pk>/restore/", helping.faq_restore, name="faq_restore"),
]
