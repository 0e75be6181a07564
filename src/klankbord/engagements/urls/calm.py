"""Addresses of the calm page during a talk.

The script that answers without a connection stands under the page itself, so that it can reach nothing else.
"""

from django.urls import path

from klankbord.engagements.urls.places import S
from klankbord.engagements.views import calm

urlpatterns = [
    path(S + "rustig/", calm.calm, name="calm"),
    path(S + "rustig/bewaren/", calm.sync, name="calm_sync"),
    path(S + "rustig/leeg/", calm.shell, name="calm_shell"),
    path(S + "rustig/zonder-verbinding.js", calm.worker, name="calm_worker"),
]
