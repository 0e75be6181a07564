"""Who sees what of requests and engagements: the contract, as data. Its rows stand in ``things`` and ``pages``."""

from klankbord.engagements import pages
from klankbord.engagements.things import account, costs, engagement, fit, hours, requests, rounds, texts, work
from klankbord.privacy.access import Page

THINGS = (
    *requests.THINGS,
    *engagement.THINGS,
    *rounds.THINGS,
    *texts.THINGS,
    *work.THINGS,
    *costs.THINGS,
    *fit.THINGS,
    *hours.THINGS,
    *account.THINGS,
)
PAGES: tuple[Page, ...] = pages.PAGES
