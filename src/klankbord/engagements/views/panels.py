"""What a talk's page holds besides its texts: each part of the product adds its own panel, or nothing.

A panel is small: one thing to read or one place to go. What asks for more stands on a page of its own. The types stand
in ``panel``, so that a part can make panels without knowing the others.
"""

from collections.abc import Callable, Iterable

from klankbord.engagements.models import Course
from klankbord.engagements.views.alliance_panels import working_together_after
from klankbord.engagements.views.board_panels import the_board, to_try_out, tried_out
from klankbord.engagements.views.calm_panels import calm_page
from klankbord.engagements.views.coach_panels import own_look
from klankbord.engagements.views.evaluation_panels import looking_back_half_way
from klankbord.engagements.views.goals_panels import one_sentence, still_fits
from klankbord.engagements.views.learning_panels import self_steering
from klankbord.engagements.views.panel import Panel, Place, TalkPage
from klankbord.engagements.views.policy_panels import direction_by_now
from klankbord.engagements.views.questions_panels import question_to_take_along
from klankbord.engagements.views.short_panels import form_of_the_talk, going_on

type MakesPanels = Callable[[TalkPage], Iterable[Panel]]

MAKERS: tuple[MakesPanels, ...] = (
    going_on,
    form_of_the_talk,
    calm_page,
    tried_out,
    one_sentence,
    still_fits,
    direction_by_now,
    to_try_out,
    the_board,
    working_together_after,
    self_steering,
    looking_back_half_way,
    question_to_take_along,
    own_look,
)


def panels_of(page: TalkPage) -> dict[str, list[Panel]]:
    """The panels of a talk's page, by place, in the order in which their makers stand."""
    short = page.standing.course.route == Course.Route.SHORT
    made = [panel for make in MAKERS for panel in make(page) if panel.in_short or not short]
    return {place.value: [panel for panel in made if panel.place is place] for place in Place}
