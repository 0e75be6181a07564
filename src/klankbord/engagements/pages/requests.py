"""Addresses of asking, referrals and coordination: who gets in."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    # Everybody may ask for a coach, whatever else they are.
    Page(route="ask", thing="request_words", otherwise=200, methods=("GET", "POST")),
    # Without words there is nothing to add wishes to, and nothing to send: back to the beginning.
    Page(route="ask_wishes", thing="request", otherwise=302, methods=("GET", "POST")),
    Page(route="ask_send", thing="request_words", otherwise=302, methods=("GET", "POST")),
    Page(route="other_help", thing="request", otherwise=200),
    Page(route="request", thing="request", answers={"johan": 200}),
    Page(route="request_withdraw", thing="request", answers={"johan": 302}, methods=("POST",)),
    Page(route="proposal_choose", thing="proposal", answers={"johan": 302}, methods=("POST",)),
    Page(route="proposal_for_coach", thing="request", answers={"marieke": 200}, guests=True),
    Page(route="proposal_decline", thing="proposal", answers={"marieke": 302}, methods=("POST",), guests=True),
    Page(route="proposal_pass", thing="proposal", answers={"johan": 302}, methods=("POST",)),
    Page(route="suggest", thing="referral", answers={"anton": 200}, otherwise=403, methods=("GET", "POST")),
    Page(route="referral", thing="referral", answers={"johan": 200, "anton": 200}),
    Page(route="referral_answer", thing="referral_answer", answers={"johan": 302}, methods=("POST",)),
    Page(route="referral_ask", thing="referral_question", answers={"johan": 200}, methods=("GET", "POST")),
    Page(
        route="referral_question",
        thing="referral_question",
        answers={"johan": 200, "anton": 200},
        methods=("GET", "POST"),
    ),
    Page(route="requests", thing="request", answers={"fatima": 200}, otherwise=403),
    Page(route="request_to_match", thing="request", answers={"fatima": 200}),
    Page(route="request_propose", thing="proposal", answers={"fatima": 302}, methods=("POST",)),
    Page(route="request_aside", thing="request", answers={"fatima": 302}, methods=("POST",)),
    Page(route="outline", thing="engagement", answers={"fatima": 200}, otherwise=403),
    Page(route="outline_policy", thing="engagement", answers={"fatima": 200}, otherwise=403),
    Page(route="outline_file", thing="engagement", answers={"fatima": 200}, otherwise=403),
)
