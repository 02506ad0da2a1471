"""Accounts in the admin: who may come in, and nothing of what they wrote."""

# Imported for what they register, so that ours can take its place.
import allauth.account.admin
import allauth.mfa.admin
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from accounts.models import User

# The admin's own sign-in page knows no rate limits and no passkeys; there is one way in.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister([Authenticator, EmailAddress])


class SuperusersOnly:
    """Who can change an account can sign in as that person, so this is not for all staff."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_change_permission = has_delete_permission = has_view_permission


@admin.register(User)
class UserAdmin(SuperusersOnly, DjangoUserAdmin):
    list_display = ("username", "email", "is_active", "is_staff", "date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Settings", {"fields": ("email", "time_zone", "day_starts_at", "theme")}),
        (
            "Permissions",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_deleted_objects(self, objs, request):
        """The people who would go, and how many of their rows; never the rows' own text.

        Django lists every row that goes with them by its name, and the name of a story is
        private writing.
        """
        _, counts, missing, protected = super().get_deleted_objects(objs, request)
        return [str(user) for user in objs], counts, missing - set(counts), protected


@admin.register(Authenticator)
class AuthenticatorAdmin(SuperusersOnly, admin.ModelAdmin):
    """To remove a passkey that was lost. What it holds is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request):
        return False


@admin.register(EmailAddress)
class EmailAddressAdmin(SuperusersOnly, allauth.account.admin.EmailAddressAdmin):
    pass
