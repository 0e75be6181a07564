"""The one address of an engagement that needs no account: one's own words, for whoever has the link."""

from django.urls import path

from klankbord.engagements.views import leaving

outside = [path("meenemen/", leaving.words_by_address, name="words_by_address")]
