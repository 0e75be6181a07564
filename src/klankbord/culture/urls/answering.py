"""Addresses where people answer the questionnaire. Nobody signs in there.

Any text may stand for a link: one that a mail program mangled is answered like one that was used.
"""

from django.urls import path

from klankbord.culture.views import answering

urlpatterns = [
    path("scan/", answering.scan_code, name="scan_code"),
    path("scan/<str:token>/", answering.scan, name="scan"),
]
