"""Who is answered what at the addresses of profiles."""

from klankbord.privacy.access import Page

TWO_WAYS = ("GET", "POST")
COACHES = {"marieke": 200, "willem": 200, "bram": 200, "saskia": 200}
COACHES_SEND = dict.fromkeys(COACHES, 302)

PAGES: tuple[Page, ...] = (
    Page(route="coaches", thing="coach_profile", otherwise=200),
    # Marieke's is published and looked at, so everybody in the organisation reads it.
    Page(route="coach_profile", thing="coach_profile", otherwise=200),
    Page(route="coach_photo", thing="coach_photo", otherwise=200),
    Page(route="my_profile", thing="coach_profile", answers=COACHES, otherwise=403),
    Page(route="my_profile_write", thing="coach_profile", answers=COACHES, otherwise=403, methods=TWO_WAYS),
    Page(route="my_profile_room", thing="coach_profile", answers=COACHES, otherwise=403, methods=TWO_WAYS),
    Page(route="my_profile_photo", thing="coach_photo", answers=COACHES, otherwise=403, methods=TWO_WAYS),
    Page(route="my_profile_photo_away", thing="coach_photo", answers=COACHES_SEND, otherwise=403, methods=("POST",)),
    Page(route="my_profile_publish", thing="coach_profile", answers=COACHES_SEND, otherwise=403, methods=("POST",)),
    Page(route="my_profile_away", thing="coach_profile", answers={"marieke": 302}, methods=("POST",)),
    # For whoever is a coach no longer: a coach is led to the own pages.
    Page(route="craft_left", thing="coach_profile", answers=COACHES_SEND),
    Page(route="pool_coach", thing="coach_profile", answers={"fatima": 200}, otherwise=403, methods=TWO_WAYS),
    Page(route="pool_check", thing="coach_profile", answers={"fatima": 302}, otherwise=403, methods=("POST",)),
)
