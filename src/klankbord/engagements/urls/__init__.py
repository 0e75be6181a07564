"""Addresses of requests and engagements, all under an organisation."""

from klankbord.engagements.urls import (
    afterwards,
    alliance,
    board,
    calm,
    coach,
    costs,
    engagement,
    evaluation,
    goals,
    learning,
    leaving,
    meeting,
    otherwise,
    papers,
    questions,
    short,
    tryout,
)

urlpatterns = [
    *engagement.urlpatterns,
    *short.urlpatterns,
    *goals.urlpatterns,
    *papers.urlpatterns,
    *board.urlpatterns,
    *tryout.urlpatterns,
    *questions.urlpatterns,
    *learning.urlpatterns,
    *coach.urlpatterns,
    *alliance.urlpatterns,
    *evaluation.urlpatterns,
    *meeting.urlpatterns,
    *afterwards.urlpatterns,
    *otherwise.urlpatterns,
    *calm.urlpatterns,
    *costs.urlpatterns,
]

outside = leaving.outside
