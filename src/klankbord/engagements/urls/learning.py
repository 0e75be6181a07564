"""Addresses of the learning spiral and self-steering."""

from django.urls import URLPattern, path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import learning

urlpatterns: list[URLPattern] = [
    path(E + "leerspiraal/", learning.spiral, name="spiral"),
    path(E + "leerspiraal/neerleggen/", learning.spiral_place, name="spiral_place"),
    path(E + "leerspiraal/<uuid:spiral_step>/weghalen/", learning.spiral_remove, name="spiral_remove"),
    path(E + "zelf-sturen/", learning.steering, name="steering"),
    path(E + "zelf-sturen/kiezen/", learning.steering_choose, name="steering_choose"),
    path(E + "zelf-sturen/zeggen/<str:sort>/", learning.signal_say, name="signal_say"),
    path(E + "zelf-sturen/woord/<uuid:signal>/", learning.signal, name="signal"),
    path(E + "zelf-sturen/woord/<uuid:signal>/versturen/", learning.signal_send, name="signal_send"),
    path(E + "zelf-sturen/woord/<uuid:signal>/antwoord/", learning.signal_reply, name="signal_reply"),
]
