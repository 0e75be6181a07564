"""Addresses of matching a group, and of who came to stand near whom: who gets in."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="rounds", thing="match_round", answers={"fatima": 200}, otherwise=403, methods=("GET", "POST")),
    Page(route="round", thing="match_row", answers={"fatima": 200}),
    Page(route="round_row", thing="match_row", answers={"fatima": 200}, methods=("GET", "POST")),
    Page(route="round_confirm", thing="match_row", answers={"fatima": 302}, methods=("POST",)),
    Page(route="round_discard", thing="match_round", answers={"fatima": 302}, methods=("POST",)),
    Page(route="nearness", thing="came_near", answers={"fatima": 200}, otherwise=403),
)
