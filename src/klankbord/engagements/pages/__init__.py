"""Which address shows what, and who is answered what there."""

from klankbord.engagements.pages import (
    afterwards,
    alliance,
    board,
    calm,
    closing,
    coach,
    costs,
    course,
    evaluation,
    goals,
    learning,
    meeting,
    otherwise,
    papers,
    questions,
    requests,
    short,
    tryout,
)
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    *requests.PAGES,
    *course.PAGES,
    *closing.PAGES,
    *short.PAGES,
    *goals.PAGES,
    *papers.PAGES,
    *board.PAGES,
    *tryout.PAGES,
    *questions.PAGES,
    *learning.PAGES,
    *coach.PAGES,
    *alliance.PAGES,
    *evaluation.PAGES,
    *meeting.PAGES,
    *afterwards.PAGES,
    *otherwise.PAGES,
    *calm.PAGES,
    *costs.PAGES,
)
