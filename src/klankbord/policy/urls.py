"""Addresses of the policy, all under an organisation."""

from django.urls import path

from klankbord.policy.views import drafting, reading

urlpatterns = [
    path("beleid/", reading.policy, name="policy"),
    path("beleid/beleid.pdf", reading.paper, name="policy_paper"),
    path("beleid/vergelijken/", reading.compare, name="policy_compare"),
    path("beleid/versie/<int:version>/", reading.version, name="policy_version"),
    path("beleid/versie/<int:version>/beleid.pdf", reading.version_paper, name="policy_version_paper"),
    path("beleid/concept/", drafting.draft, name="policy_draft"),
    path("beleid/concept/beginnen/", drafting.begin, name="policy_begin"),
    path("beleid/concept/voorbeeld/", drafting.preview, name="policy_preview"),
    path("beleid/concept/publiceren/", drafting.publish, name="policy_publish"),
    path("beleid/concept/weggooien/", drafting.discard, name="policy_discard"),
    path("beleid/concept/<slug:section>/", drafting.section, name="policy_section"),
]
