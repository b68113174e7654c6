"""Addresses of asking (a company) and of answering (the holder of a link)."""

from __future__ import annotations

from django.urls import URLPattern, path

from toetssteen.inquiries.views import asking, deciding, reply

urlpatterns: list[URLPattern] = [
    path("inquiries/", asking.inquiry_list, name="inquiry_list"),
    path("inquiries/ask/", asking.inquiry_ask, name="inquiry_ask"),
    path("inquiries/add/", asking.inquiry_add, name="inquiry_add"),
    path("inquiries/<int:pk>/", deciding.inquiry_detail, name="inquiry_detail"),
    path("inquiries/<int:pk>/edit/", asking.inquiry_edit, name="inquiry_edit"),
    path("inquiries/<int:pk>/send/", asking.inquiry_send, name="inquiry_send"),
    path("inquiries/<int:pk>/again/", asking.inquiry_resend, name="inquiry_resend"),
    path("inquiries/<int:pk>/by-hand/", asking.inquiry_by_hand, name="inquiry_by_hand"),
    path("inquiries/<int:pk>/withdraw/", asking.inquiry_withdraw, name="inquiry_withdraw"),
    path("inquiries/<int:pk>/discard/", asking.inquiry_discard, name="inquiry_discard"),
    path("inquiries/<int:pk>/answer/", deciding.inquiry_record, name="inquiry_record"),
    path("inquiries/<int:pk>/letter.docx", asking.inquiry_letter, name="inquiry_letter"),
    path("inquiries/<int:pk>/lines/<int:line>/", deciding.line_decide, name="line_decide"),
    path("inquiries/<int:pk>/files/<int:file>/", deciding.inquiry_file, name="inquiry_file"),
    path("ask/<str:token>/", reply.reply_start, name="reply_start"),
    path("ask/<str:token>/language/", reply.reply_language, name="reply_language"),
    path("ask/<str:token>/earlier/", reply.reply_earlier, name="reply_earlier"),
    path("ask/<str:token>/questions/<str:question>/", reply.reply_question, name="reply_question"),
    path("ask/<str:token>/files/", reply.reply_files, name="reply_files"),
    path("ask/<str:token>/files/<int:pk>/", reply.reply_file, name="reply_file"),
    path("ask/<str:token>/check/", reply.reply_check, name="reply_check"),
    path("ask/<str:token>/refuse/", reply.reply_refuse, name="reply_refuse"),
    path("ask/<str:token>/sent/", reply.reply_receipt, name="reply_receipt"),
]
