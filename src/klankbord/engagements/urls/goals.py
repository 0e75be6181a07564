"""Addresses of goals."""

from django.urls import URLPattern, path

from klankbord.engagements.models import Goal
from klankbord.engagements.urls.places import E, S
from klankbord.engagements.views import goal_page, goals, harvest

G = E + "doelen/<uuid:goal>/"

urlpatterns: list[URLPattern] = [
    path(E + "doelen/", goals.goals, name="goals"),
    path(E + "doelen/nieuw/", goals.new, name="goal_new"),
    path(E + "doelen/zin/", goals.build, name="goal_build"),
    path(E + "leren/nieuw/", goals.new, {"sort": Goal.Sort.LEARNING}, name="learning_goal_new"),
    path(G, goal_page.goal, name="goal"),
    path(G + "anders/", goals.change, name="goal_change"),
    path(G + "stappen/", goal_page.levels, name="goal_levels"),
    path(G + "waar/", goal_page.mark, name="goal_mark"),
    path(G + "loslaten/", goal_page.turn, name="goal_turn"),
    path(E + "oogst/", harvest.harvest, name="harvest"),
    path(S + "zin/", harvest.sentence, name="session_sentence"),
    path(S + "doel-klopt/", goal_page.keep, name="goal_keep"),
]
