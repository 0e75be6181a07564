"""Addresses of what coaches can show about their trade."""

from django.urls import URLPattern, path

from klankbord.coaches.views import looking, quality

F = "mijn-vak/papieren/<uuid:fact>/"

urlpatterns: list[URLPattern] = [
    path("mijn-vak/papieren/", quality.mine, name="my_quality"),
    path("mijn-vak/papieren/nieuw/", quality.new, name="quality_new"),
    path(F + "weg/", quality.remove, name="quality_remove"),
    path(F + "bewijs/", quality.proof, name="quality_proof"),
    path("pool/bewijs/<uuid:fact>/bekeken/", looking.check_fact, name="quality_check"),
]
