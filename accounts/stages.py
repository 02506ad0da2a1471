"""Steps between the right password and being signed in."""

from allauth.account.stages import EmailVerificationStage


class VerifyAddressStage(EmailVerificationStage):
    """Ask for a confirmed address, but never of someone who was let in by whoever runs the site.

    An account made with `createsuperuser` may have no address at all; waiting for its
    confirmation would lock the owner out.
    """

    def handle(self):
        user = self.login.user
        if user is not None and not self.login.signup and (user.is_staff or not user.email):
            return None, True
        return super().handle()
