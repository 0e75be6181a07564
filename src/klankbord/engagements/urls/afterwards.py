"""Addresses of telling, going on, and three months later."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import afterwards, closing, witnesses

urlpatterns = [
    path(E + "afronden/geheugensteun/papier/", closing.crib_paper, name="crib_paper"),
    path(E + "zo-ga-ik-verder/", afterwards.plan, name="plan"),
    path(E + "kaartje/", afterwards.fridge_card, name="fridge_card"),
    path(E + "kaartje/papier/", afterwards.fridge_card_paper, name="fridge_card_paper"),
    path(E + "boekje/", afterwards.booklet, name="booklet"),
    path(E + "drie-maanden-later/", afterwards.later, name="later"),
    path(E + "terugzien/", witnesses.witnesses, name="witnesses"),
    path(E + "terugzien/vragen/", witnesses.ask, name="witness_ask"),
    path(E + "terugzien/<uuid:witness>/stoppen/", witnesses.end, name="witness_end"),
    path("terugzien/<uuid:witness>/", witnesses.witness, name="witness"),
]
