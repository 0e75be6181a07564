"""Addresses of the coordinators' waves."""

from django.urls import path

from klankbord.culture.views import example, reminders, wave_papers, wave_parts, waves

urlpatterns = [
    path("cultuurscan/", waves.wave_list, name="waves"),
    path("cultuurscan/nieuw/", wave_parts.new, name="wave_new"),
    path("cultuurscan/<uuid:scan>/", waves.wave, name="wave"),
    path("cultuurscan/<uuid:scan>/voorbeeld/", wave_papers.preview, name="wave_preview"),
    path("cultuurscan/<uuid:scan>/voorbeeld/<slug:shown>/", example.example, name="wave_example"),
    path("cultuurscan/<uuid:scan>/openen/", waves.opening, name="wave_open"),
    path("cultuurscan/<uuid:scan>/herinneren/", waves.reminding, name="wave_remind"),
    path("cultuurscan/<uuid:scan>/herinneringen/", reminders.plan, name="wave_reminders"),
    path("cultuurscan/<uuid:scan>/sluiten/", waves.closing, name="wave_close"),
    path("cultuurscan/<uuid:scan>/weggooien/", waves.drop, name="wave_drop"),
    path("cultuurscan/<uuid:scan>/brieven/", wave_papers.print_pile, name="wave_letters"),
    path("cultuurscan/<uuid:scan>/papier/", wave_parts.paper, name="wave_paper"),
    path("cultuurscan/<uuid:scan>/<slug:part>/", wave_parts.part, name="wave_part"),
]
