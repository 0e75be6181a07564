"""Addresses of the forms of guidance."""

from django.urls import path

from klankbord.engagements.views import guidance

urlpatterns = [
    path("vraag/wat-past/", guidance.what_fits, name="what_fits"),
    path("vraag/na-ziekte/", guidance.after_illness, name="after_illness"),
]
