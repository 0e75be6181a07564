"""Addresses of the board of a talk."""

from django.urls import URLPattern, path

from klankbord.engagements.urls.places import S
from klankbord.engagements.views import board

B = S + "bord/"

urlpatterns: list[URLPattern] = [
    path(B, board.board, name="board"),
    path(B + "stand/", board.look, name="board_look"),
    path(B + "openen/", board.open_together, name="board_open"),
    path(B + "dichtdoen/", board.shut_again, name="board_shut"),
    path(B + "lopen/", board.walk, name="board_walk"),
    path(B + "gedachte/", board.add, name="board_add"),
    path(B + "gedachte/<uuid:card>/", board.card, name="board_card"),
    path(B + "gedachte/<uuid:card>/weg/", board.take_away, name="board_take_away"),
    path(B + "gedachte/<uuid:card>/terug/", board.put_back, name="board_put_back"),
]
