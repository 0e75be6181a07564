"""A session that ended while somebody was writing: what they sent is waiting for them after signing in."""

import base64
import json
import uuid
from urllib.parse import urlsplit

from allauth.account import views as account
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.crypto import constant_time_compare, salted_hmac

from klankbord.core import clock
from klankbord.people.requests import MemberRequest
from klankbord.privacy import vault
from klankbord.privacy.drafts import MAX_CHARACTERS, keep_draft

SESSION_KEY = "kept_words"
LABEL = "people.kept_words"
COOKIE = "klankbord_last"


def mark_browser(request: MemberRequest, response: HttpResponseBase) -> None:
    """Remember who was here last, as a keyed hash that says nothing to anybody else.

    SECURITY: on a shared computer somebody else may sign in next, and the words are not theirs to read.
    """
    mark = _mark(request.user.pk)
    last = request.COOKIES.get(COOKIE)
    if last and last != mark:
        leave_nothing(response)
    if last != mark:
        response.set_cookie(COOKIE, mark, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def leave_nothing(response: HttpResponseBase) -> None:
    """Let the browser forget what pages kept in it, sealed or not. Cookies stay: those say who signs in next.

    SECURITY: words that waited here for a connection are gone when their writer signs out, and at the latest when
    somebody else signs in.
    """
    response.headers["Clear-Site-Data"] = '"storage"'


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, and leave nothing of anybody's words on this device."""
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        leave_nothing(response)
    return response


def _mark(account_id: uuid.UUID) -> str:
    return salted_hmac(COOKIE, str(account_id), algorithm="sha256").hexdigest()


def _refused(request: HttpRequest) -> bool:
    """Whether this came from another site: those may not put words in anybody's mouth."""

    def never_called(_: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    check = CsrfViewMiddleware(never_called)
    check.process_request(request)
    return check.process_view(request, never_called, (), {}) is not None


def keep_words(request: HttpRequest) -> None:
    """Seal what was sent without a session into the new, nameless one. Files and words beyond measure are left."""
    fields = {name: "\n".join(request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"}
    body = json.dumps({"place": request.path, "fields": fields}, ensure_ascii=False)
    last = request.COOKIES.get(COOKIE)
    if not last or not any(fields.values()) or len(body) > MAX_CHARACTERS or _refused(request):
        return
    scope = uuid.uuid4()
    sealed = vault.seal_text(scope, LABEL, scope, body)
    kept = {"of": last, "scope": str(scope), "sealed": base64.b64encode(sealed).decode("ascii")}
    request.session[SESSION_KEY] = kept


def give_words_back(request: MemberRequest) -> None:
    """Make the kept words a draft of whoever signed in, in the form they came from."""
    kept = request.session.pop(SESSION_KEY, None)
    if kept is None:
        return
    scope = uuid.UUID(kept["scope"])
    if not constant_time_compare(kept["of"], _mark(request.user.pk)):
        vault.destroy(scope)
        return
    try:
        words = json.loads(vault.open_text(scope, LABEL, scope, base64.b64decode(kept["sealed"])))
    except vault.Unreadable:
        return
    if words["place"].startswith(f"/{request.organisation.slug}/"):
        keep_draft(words["place"], words["fields"])
    vault.destroy(scope)


def way_back(request: HttpRequest) -> str:
    """Where to go after signing in: the page itself, or for something that was sent the page it was sent from."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    slug = request.path.split("/")[1]
    same_site = came_from.netloc == request.get_host() and came_from.path.startswith(f"/{slug}/")
    return came_from.path if same_site else f"/{slug}/"


def forget_expired() -> int:
    """Destroy the words of sessions that ended without anybody coming back for them, and clear those sessions."""
    ended = Session.objects.filter(expire_date__lt=clock.now())
    kept = [words for session in ended if (words := session.get_decoded().get(SESSION_KEY))]
    for words in kept:
        vault.destroy(uuid.UUID(words["scope"]))
    ended.delete()
    return len(kept)
