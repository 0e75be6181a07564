"""Addresses of "does coaching fit here?"."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import fit, fit_coordination

urlpatterns = [
    path("vraag/<uuid:request_id>/past-coaching/", fit.for_request, name="request_fit"),
    path("vraag/<uuid:request_id>/doorgeven/", fit.pass_on_to_coordinator, name="fit_pass_on"),
    path(E + "past-coaching/", fit.within, name="fit"),
    path("gedachte/<uuid:letter>/", fit.letter, name="fit_letter"),
    path("gedachte/<uuid:letter>/antwoord/", fit.answer, name="fit_reply"),
    path("gedachte/<uuid:letter>/weg/", fit.destroy, name="fit_destroy"),
    path("doorgegeven/<uuid:passed_on>/terug/", fit.take_back_signal, name="fit_take_back"),
    path("aanvragen/doorgegeven/", fit_coordination.signals, name="fit_signals"),
    path("aanvragen/doorgegeven/<uuid:passed_on>/", fit_coordination.signal, name="fit_signal"),
]
