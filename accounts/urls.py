"""Addresses of accounts: ours, and those of allauth that this site needs.

allauth's own list is not included whole: sign-up by passkey, one-time codes of an app and other
providers are not offered here, and an address that is not mounted cannot be left open.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import data_views, device_views, leaving_views, views
from accounts.decorators import honest_status, needs_email, says

new_password = needs_email("A new password by e-mail")
code_by_email = needs_email("A sign-in code by e-mail")
confirmation = needs_email("A message to confirm an address")
rename_passkey = says("The passkey has its new name.")(honest_status(passkeys.edit_webauthn))
profile = RedirectView.as_view(pattern_name="account_profile")

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("welcome/", views.welcome, name="account_welcome"),
    path("time-zone/", views.confirm_time_zone, name="account_confirm_time_zone"),
    # devices
    path("devices/", device_views.devices, name="account_devices"),
    path("devices/others/", device_views.sign_out_others, name="account_sign_out_others"),
    path(
        "devices/<int:pk>/sign-out/", device_views.sign_out_device, name="account_sign_out_device"
    ),
    # one's data, out and in
    path("data/", data_views.data, name="account_data"),
    path("data/export/", data_views.begin_export, name="account_export"),
    path("data/export/on/", data_views.go_on_export, name="account_export_on"),
    path("data/export/file/", data_views.export_file, name="account_export_file"),
    path("data/import/", data_views.send_import, name="account_import"),
    path("data/import/look/", data_views.look_over, name="account_look"),
    path("data/import/keep/", data_views.bring_in, name="account_bring_in"),
    path("data/import/leave/", data_views.leave_import, name="account_leave_import"),
    path("delete/", leaving_views.delete, name="account_delete"),
    path("delete/keep/", leaving_views.keep, name="account_keep"),
    # in and out
    path("login/", honest_status(views.login), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", honest_status(views.signup), name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", honest_status(account.reauthenticate), name="account_reauthenticate"),
    path(
        "login/code/",
        code_by_email(honest_status(account.request_login_code)),
        name="account_request_login_code",
    ),
    path(
        "login/code/confirm/",
        code_by_email(honest_status(account.confirm_login_code)),
        name="account_confirm_login_code",
    ),
    # e-mail
    path("email/", honest_status(views.email), name="account_email"),
    path(
        "confirm-email/",
        confirmation(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$",
        confirmation(account.confirm_email),
        name="account_confirm_email",
    ),
    # password
    path(
        "password/change/", honest_status(account.password_change), name="account_change_password"
    ),
    path("password/set/", honest_status(account.password_set), name="account_set_password"),
    path(
        "password/reset/",
        new_password(honest_status(account.password_reset)),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        new_password(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        new_password(honest_status(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        new_password(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # passkeys and recovery codes; their list stands on the account page
    path("passkeys/", profile, name="mfa_index"),
    path("passkeys/list/", profile, name="mfa_list_webauthn"),
    path("passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/authenticate/", honest_status(mfa.authenticate), name="mfa_authenticate"),
    path(
        "passkeys/confirm/",
        honest_status(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/confirm/code/", honest_status(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("passkeys/add/", honest_status(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/rename/", rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        honest_status(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
