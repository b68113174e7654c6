"""Addresses of accounts; the sign-in library's own come after these and below the same beginning."""

from django.urls import URLPattern, path

from toetssteen.accounts import views

urlpatterns: list[URLPattern] = [
    path("account/", views.account_page, name="account_page"),
    path("account/second-factor/", views.second_factor_needed, name="second_factor_needed"),
    # These stand before pages of the sign-in library with the same address.
    path("account/email/", views.account_email, name="account_email"),
    path("account/login/", views.sign_in, name="account_login"),
    path("account/2fa/authenticate/", views.second_factor, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", views.second_factor_again, name="mfa_reauthenticate"),
    path("language/", views.set_language, name="set_language"),
]
