"""Addresses of the pages about spreadsheets."""

from django.urls import URLPattern, path

from toetssteen.sheets.views import columns, downloads, review, taking_over, trade_names, uploads

urlpatterns: list[URLPattern] = [
    path("chains/sheets/", uploads.sheet_list, name="sheet_list"),
    path("chains/sheets/chains.<str:ending>", downloads.sheet_export, name="sheet_export"),
    path("chains/sheets/template.xlsx", downloads.sheet_template, name="sheet_template"),
    path("chains/sheets/<int:pk>/", uploads.sheet_import, name="sheet_import"),
    path("chains/sheets/<int:pk>/columns/", columns.sheet_columns, name="sheet_columns"),
    path("chains/sheets/<int:pk>/rows/", review.sheet_rows, name="sheet_rows"),
    path("chains/sheets/<int:pk>/rows/choose/", review.sheet_decide, name="sheet_decide"),
    path("chains/sheets/<int:pk>/rows/<int:row_id>/", review.sheet_row, name="sheet_row"),
    path("chains/sheets/<int:pk>/take-over/", taking_over.sheet_take_over, name="sheet_take_over"),
    path("chains/sheets/<int:pk>/to-mend.xlsx", downloads.sheet_wrong, name="sheet_wrong"),
    path("chains/sheets/<int:pk>/undo/", uploads.sheet_undo, name="sheet_undo"),
    path("chains/sheets/<int:pk>/remove/", uploads.sheet_remove, name="sheet_remove"),
    path("secretariat/trade-names/", trade_names.trade_name_list, name="trade_name_list"),
    path("secretariat/trade-names/<int:pk>/remove/", trade_names.trade_name_remove, name="trade_name_remove"),
]
