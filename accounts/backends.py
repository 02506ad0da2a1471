"""Sign in by name or by e-mail, at the same cost whether or not there is such a person."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.db.models import QuerySet

from accounts.models import User
from prepsite.compiled import compiled


@compiled
def _person(pk: int) -> QuerySet:
    return User.objects.filter(pk=pk)


class SignInBackend(AuthenticationBackend):
    """One password hash a try.

    Stacked on Django's own backend, allauth's hashes once or twice more, and once more again when
    the address is known: a stranger with a clock could tell. Here the candidates are found first
    and each is checked once; where there is none, `authenticate` of the parent hashes for nobody.
    """

    def _authenticate(self, request, **credentials):
        password = credentials.get("password") or ""
        for user in self._candidates(credentials):
            if found := self._check_password(user, password):
                return found
        return None

    def _candidates(self, credentials) -> list:
        """Whom these credentials may mean, each once; the address's holder first."""
        username, email = credentials.get("username"), credentials.get("email")
        users = []
        if address := email or username:
            users += filter_users_by_email(address, prefer_verified=True, for_login=True)
        if username and (named := get_user_by_username(username)):
            users.append(named)
        return list({user.pk: user for user in users}.values())

    def get_user(self, user_id):
        """Whose session it is, asked with every request: as Django does, with SQL made once."""
        found = _person(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
