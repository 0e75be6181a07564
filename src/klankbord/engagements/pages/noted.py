"""Addresses of requests that were noted for somebody: who gets in."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="note_request", thing="noted_request", answers={"fatima": 200}, otherwise=403, methods=("GET", "POST")),
    Page(route="noted_withdraw", thing="noted_request", answers={"fatima": 302}, methods=("POST",)),
    Page(route="noted", thing="noted_request", answers={"johan": 200}),
    Page(route="noted_take", thing="noted_request", answers={"johan": 302}, methods=("POST",)),
    Page(route="noted_drop", thing="noted_request", answers={"johan": 302}, methods=("POST",)),
)
