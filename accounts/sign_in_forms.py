"""allauth's forms in this site's words. Settings name them in ACCOUNT_FORMS and MFA_FORMS."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from accounts.forms import NAME_HINT, PASSWORD_HINT, TimeZoneField, plain


class OurWords(forms.Form):
    """Labels and hints as on the site's own forms; nothing said again inside a field."""

    words: dict[str, str] = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
        "email": "E-mail",
    }
    hints: dict[str, str] = {"password1": PASSWORD_HINT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
        plain(self)


class SignInForm(OurWords, account.LoginForm):
    words = {"login": "Name or e-mail"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=self.words["login"],
            max_length=254,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "autofocus": True,
                }
            ),
        )


class SignUpForm(OurWords, account.SignupForm):
    """A name, a password, an address where the site can write to it, and the time zone."""

    words = {
        "username": "Name",
        "email": "E-mail",
        "password1": "Password",
        "password2": "Password again",
    }
    hints = {"username": NAME_HINT, "password1": PASSWORD_HINT}
    field_order = ("username", "email", "password1", "password2", "time_zone")

    time_zone = TimeZoneField()

    def custom_signup(self, request, user):
        super().custom_signup(request, user)
        user.confirm_time_zone(self.cleaned_data["time_zone"])


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class ChangeAddressForm(OurWords, account.AddEmailForm):
    words = {"email": "New e-mail"}


class RequestCodeForm(OurWords, account.RequestLoginCodeForm):
    pass


class ConfirmCodeForm(OurWords, account.ConfirmLoginCodeForm):
    pass


class RecoveryCodeForm(OurWords, mfa.AuthenticateForm):
    words = {"code": "Recovery code"}


class ReauthenticateCodeForm(OurWords, mfa.ReauthenticateForm):
    words = {"code": "Recovery code"}


class AddPasskeyForm(OurWords, AddWebAuthnForm):
    """A passkey signs in by itself unless one says otherwise: an old security key cannot."""

    words = {
        "name": "Name of this passkey",
        "passwordless": "Sign in with it alone, without the password",
    }
    hints = {
        "name": "So that you know it again: the laptop, the phone.",
        "passwordless": "Untick for a security key that asks for no PIN.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = 100
        self.fields["passwordless"].initial = True

    def clean_name(self):
        # The credential exists already when the name arrives, so a long one is cut, not refused.
        return super().clean_name()[:100]
