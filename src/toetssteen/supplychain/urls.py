"""Addresses of the pages about chains and quarry areas."""

from django.urls import URLPattern, path

from toetssteen.supplychain.views import areas, doubts, editing, lists, moments, picture, scanning

urlpatterns: list[URLPattern] = [
    path("chains/", lists.chain_list, name="chain_list"),
    path("chains/export.csv", lists.chain_export, name="chain_export"),
    path("chains/add/", editing.chain_add, name="chain_add"),
    path("chains/add-many/", editing.chain_add_many, name="chain_add_many"),
    path("chains/checked/", moments.chain_confirm_all, name="chain_confirm_all"),
    path("chains/risk-scan/", scanning.chain_scan, name="chain_scan"),
    path("chains/drawing/", picture.chain_graph, name="chain_graph"),
    path("chains/map/", picture.chain_map, name="chain_map"),
    path("chains/coverage/", picture.chain_coverage, name="chain_coverage"),
    path("chains/to-check/", doubts.chain_doubts, name="chain_doubts"),
    path("chains/<int:pk>/keep/", doubts.chain_keep, name="chain_keep"),
    path("chains/<int:pk>/", moments.chain_detail, name="chain_detail"),
    path("chains/<int:pk>/edit/", editing.chain_edit, name="chain_edit"),
    path("chains/<int:pk>/level/<str:level>/", editing.chain_level, name="chain_level"),
    path("chains/<int:pk>/copy/", moments.chain_copy, name="chain_copy"),
    path("chains/<int:pk>/close/", moments.chain_close, name="chain_close"),
    path("chains/<int:pk>/reopen/", moments.chain_reopen, name="chain_reopen"),
    path("chains/<int:pk>/checked/", moments.chain_confirm, name="chain_confirm"),
    path("secretariat/chains/", lists.chain_companies, name="chain_companies"),
    path("secretariat/chains/<int:pk>/", lists.company_chains, name="company_chains"),
    path("secretariat/chains/<int:pk>/drawing/", picture.company_chain_graph, name="company_chain_graph"),
    path("secretariat/chains/<int:pk>/map/", picture.company_chain_map, name="company_chain_map"),
    path("secretariat/chains/<int:pk>/coverage/", picture.company_chain_coverage, name="company_chain_coverage"),
    path("secretariat/chains/ask/<int:pk>/", doubts.chain_ask, name="chain_ask"),
    path("secretariat/areas/merges/<int:pk>/undo/", areas.quarry_area_unmerge, name="quarry_area_unmerge"),
    path("secretariat/areas/", areas.quarry_area_list, name="quarry_area_list"),
    path("secretariat/areas/add/", areas.quarry_area_add, name="quarry_area_add"),
    path("secretariat/areas/<int:pk>/", areas.quarry_area_edit, name="quarry_area_edit"),
    path("secretariat/areas/<int:pk>/merge/", areas.quarry_area_merge, name="quarry_area_merge"),
]
