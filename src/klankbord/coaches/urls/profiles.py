"""Addresses of profiles: finding a coach, one's own, and the look of a coordinator."""

from django.urls import URLPattern, path

from klankbord.coaches.views import finding, left, looking, profiles

C = "coaches/<uuid:coach>/"
P = "pool/<uuid:coach>/"

urlpatterns: list[URLPattern] = [
    path("coaches/", finding.coaches, name="coaches"),
    path(C, finding.coach, name="coach_profile"),
    path(C + "foto/", finding.photo, name="coach_photo"),
    path("mijn-profiel/", profiles.mine, name="my_profile"),
    path("mijn-profiel/schrijven/", profiles.write, name="my_profile_write"),
    path("mijn-profiel/ruimte/", profiles.room, name="my_profile_room"),
    path("mijn-profiel/foto/", profiles.photo, name="my_profile_photo"),
    path("mijn-profiel/foto/weg/", profiles.photo_away, name="my_profile_photo_away"),
    path("mijn-profiel/weg/", left.profile_away, name="my_profile_away"),
    path("mijn-profiel/wat-er-nog-staat/", left.left, name="craft_left"),
    path("mijn-profiel/zichtbaar/", profiles.publish, name="my_profile_publish"),
    path(P, looking.coach, name="pool_coach"),
    path(P + "bekeken/", looking.check, name="pool_check"),
]
