"""Addresses of the agreement on paper, in the form for three, and how the two work now."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import papers, party

# Where a third party stands: apart from the engagement, of which they see nothing else.
P = "partij/<uuid:engagement>/"

urlpatterns = [
    path(E + "afspraken/vergelijken/", papers.compare, name="agreement_compare"),
    path(E + "afspraken/versie/<int:version>/pdf/", papers.agreement_pdf, name="agreement_pdf"),
    path(E + "afspraken/derde/", party.third_party, name="third_party"),
    path(E + "afspraken/derde/stoppen/", party.third_party_end, name="third_party_end"),
    path(E + "zo-doen-we-het-nu/", papers.how_we_work, name="how_we_work"),
    path(P, party.party, name="party"),
    path(P + "versie/<int:version>/", party.party_version, name="party_version"),
    path(P + "versie/<int:version>/pdf/", party.party_pdf, name="party_pdf"),
    path(P + "akkoord/", party.party_accept, name="party_accept"),
    path(P + "erover-praten/", party.party_talk, name="party_talk"),
]
