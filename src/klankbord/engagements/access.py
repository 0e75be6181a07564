"""Who sees what of requests and engagements: the contract, as data. Its rows stand in ``things`` and ``pages``."""

from klankbord.engagements import pages
from klankbord.engagements.things import costs, engagement, requests, texts, work
from klankbord.privacy.access import Page

THINGS = (*requests.THINGS, *engagement.THINGS, *texts.THINGS, *work.THINGS, *costs.THINGS)
PAGES: tuple[Page, ...] = pages.PAGES
