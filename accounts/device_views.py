"""Where one is signed in, and signing out there."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import devices as signed_in
from accounts.devices import Device


@never_cache
@require_GET
def devices(request):
    """Every browser that is signed in, this one first."""
    here = request.session.session_key
    rows = signed_in.of(request.user, timezone.now())
    rows.sort(key=lambda device: device.session_key != here)
    return render(request, "account/devices.html", {"devices": rows, "here": here})


@require_POST
def sign_out_device(request, pk):
    """Sign one browser out; the one that asks is signed out by its own button."""
    device = Device.objects.for_user(request.user).get_or_404(pk=pk)
    if device.session_key == request.session.session_key:
        return redirect("account_logout")
    said = f"{device} is signed out."
    device.sign_out()
    messages.success(request, said)
    return redirect("account_devices")


@require_POST
def sign_out_others(request):
    """Sign every browser out but this one."""
    count = signed_in.sign_out_others(request)
    others = "1 other browser is" if count == 1 else f"{count} other browsers are"
    said = f"{others} signed out." if count else "No other browser was signed in."
    messages.success(request, said)
    return redirect("account_devices")
