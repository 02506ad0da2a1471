"""Forms about oneself: the first account, the settings, the address."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.db.models import Q

from accounts import time_zones
from accounts.models import User

NAME_HINT = "You sign in with it. Letters, digits and . + - _"
PASSWORD_HINT = "At least ten characters; three or four words do well."  # noqa: S105
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def plain(form: forms.BaseForm) -> None:
    """Labels say what a field is for; allauth says it again inside the field."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class ZoneBoundField(forms.BoundField):
    """What account/_zone_field.html draws its list from."""

    regions = staticmethod(time_zones.by_region)

    @property
    def unlisted(self) -> str:
        """The value, where it is a zone that the list does not offer (Etc/GMT+5)."""
        value = str(self.value() or "")
        return value if value in time_zones.known() - time_zones.listed() else ""


class TimeZoneField(forms.CharField):
    """The name of a time zone, in any spelling a browser may send; cleans to the listed name.

    Not a ChoiceField: Django's select renders a template for each of four hundred options.
    """

    def __init__(self, **kwargs):
        super().__init__(label="Time zone", max_length=64, **kwargs)

    def clean(self, value):
        return time_zones.canonical(super().clean(value))

    def get_bound_field(self, form, field_name):
        return ZoneBoundField(form, self, field_name)


class OwnerForm(BaseUserCreationForm):
    """The first account. Saving is `accounts.owner.create_owner`'s, never the form's own."""

    token = forms.CharField(label="Token", max_length=200, required=False)
    email = EmailField(label="E-mail", required=False)
    time_zone = TimeZoneField()

    class Meta:
        model = User
        fields = ("username", "email", "time_zone")
        field_classes: dict = {}

    def __init__(self, *args, needs_token: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"
        self.fields["username"].help_text = NAME_HINT
        self.fields["password1"].help_text = PASSWORD_HINT
        self.fields["password2"].label = "Password again"
        self.fields["password2"].help_text = ""
        if needs_token:
            self.fields["token"].required = True
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["token"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        else:
            del self.fields["token"]
        plain(self)

    def clean_username(self):
        return get_adapter().clean_username(self.cleaned_data["username"])

    def validate_password_for_user(self, user, password_field_name="password1"):  # noqa: S107
        """What is wrong with a password stands where it was chosen, not where it was repeated."""
        super().validate_password_for_user(user, password_field_name)

    def clean(self):
        cleaned = super().clean()
        self.instance.time_zone_confirmed = True
        return cleaned


class ProfileForm(forms.ModelForm):
    time_zone = TimeZoneField()
    day_starts_at = forms.TypedChoiceField(label="A day begins at", choices=HOURS, coerce=int)

    class Meta:
        model = User
        fields = ("username", "time_zone", "day_starts_at", "theme")
        widgets = {"theme": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"
        self.fields["username"].help_text = NAME_HINT
        self.fields[
            "day_starts_at"
        ].help_text = "Work after midnight still counts for the day before, until this hour."

    def clean_username(self):
        name = self.cleaned_data["username"]
        before = self.initial["username"]
        return name if name.lower() == before.lower() else get_adapter().clean_username(name)

    def save(self, commit=True):
        self.instance.time_zone_confirmed = True
        return super().save(commit)


class AddressForm(forms.Form):
    """An address this site cannot write to, so nothing but uniqueness can be checked."""

    email = EmailField(label="E-mail", required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["email"].help_text = "You can sign in with it. Leave it empty to remove it."
        plain(self)

    def clean_email(self):
        address = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.user.pk)
        taken = Q(email__iexact=address) | Q(emailaddress__email__iexact=address)
        if address and others.filter(taken).exists():
            raise get_adapter().validation_error("email_taken")
        return address

    def save(self) -> None:
        address = self.cleaned_data["email"]
        EmailAddress.objects.filter(user=self.user).delete()
        if address:
            EmailAddress.objects.create(user=self.user, email=address, primary=True)
        self.user.email = address
        self.user.save(update_fields=["email"])


class ExportFileForm(forms.Form):
    """The zip of an export. What is in it is checked by accounts/portable."""

    file = forms.FileField(
        label="Export file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
