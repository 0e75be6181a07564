"""Every address: the front door, signing in, and under its name each organisation."""

from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

import klankbord.coaches.urls
import klankbord.culture.urls
import klankbord.demo.urls
import klankbord.engagements.urls
import klankbord.people.urls
import klankbord.policy.urls
import klankbord.web.urls
from klankbord.people.kept_words import sign_out
from klankbord.web.style_guide import style_guide

# Of allauth only what Klankbord uses; nobody signs up, and there are no passwords to reset.
SIGN_IN = [
    path("aanmelden/", account.request_login_code, name="account_request_login_code"),
    path("aanmelden/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("aanmelden/begin/", account.request_login_code, name="account_login"),
    path("aanmelden/geen-account/", account.signup, name="account_signup"),
    path("aanmelden/inactief/", account.account_inactive, name="account_inactive"),
    path("afmelden/", sign_out, name="account_logout"),
]

ORGANISATION = [
    *klankbord.web.urls.inside,
    *klankbord.people.urls.urlpatterns,
    *klankbord.policy.urls.urlpatterns,
    *klankbord.coaches.urls.urlpatterns,
    *klankbord.engagements.urls.urlpatterns,
    *klankbord.culture.urls.urlpatterns,
]

urlpatterns: list[URLPattern | URLResolver] = [
    *klankbord.web.urls.outside,
    *klankbord.coaches.urls.outside,
    *klankbord.engagements.urls.outside,
    path("taal/", set_language, name="set_language"),
    *SIGN_IN,
    *(klankbord.demo.urls.urlpatterns if settings.DEMO else []),
    *([path("stijl/", style_guide, name="style_guide")] if settings.DEMO or settings.DEBUG else []),
    path("<slug:organisation>/", include(ORGANISATION)),
]
