"""Reads for looking back: what the two wrote of one moment, as far as the acting person may read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from klankbord.engagements.models import Course
from klankbord.engagements.queries.agreements import agreement_in_force
from klankbord.engagements.queries.closing import is_past_writing
from klankbord.engagements.queries.course import OVER
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.rules.evaluation import parts_in
from klankbord.engagements.writings import Kind


@dataclass(frozen=True)
class Moment:
    """A moment at which the two look back: each by oneself, or in one text of both."""

    key: str
    own: Kind
    together: Kind

    def thing(self, standing: Standing) -> str:
        """The row of the access table for what the acting person writes."""
        return self.own.value if standing.is_client else f"{self.own.value}_of_coach"


MOMENTS: Mapping[str, Moment] = {
    "interim": Moment("interim", Kind.INTERIM, Kind.INTERIM_TOGETHER),
    "final": Moment("final", Kind.FINAL, Kind.FINAL_TOGETHER),
}


@dataclass(frozen=True)
class LookingBack:
    """What there is of one moment. *theirs* is there only once one's own lies beside it: the database sees to that."""

    mine: Text | None
    theirs: Text | None
    together: Text | None

    @property
    def laid_down(self) -> bool:
        """Whether the acting person said "done"."""
        return self.mine is not None and self.mine.sent_at is not None

    @property
    def both(self) -> bool:
        return self.laid_down and self.theirs is not None

    @property
    def of_both(self) -> Mapping[str, str]:
        """The parts of the text of both."""
        return parts_in(self.together.body) if self.together else {}


def looking_back_of(standing: Standing, moment: Moment) -> LookingBack:
    """What there is of this moment, in two queries."""
    texts = texts_of(standing, (moment.own, moment.together))
    return LookingBack(texts.mine(moment.own), texts.theirs(moment.own), texts.together(moment.together))


def is_past(standing: Standing, moment: Moment) -> bool:
    """Whether nothing more is written of this moment. The last look back may be finished after the closing."""
    return is_past_writing(standing) if moment.key == "final" else standing.phase in OVER


def evaluates_after(standing: Standing) -> int:
    """After which talk the two agreed to look back; 0 when they did not."""
    if standing.course.route == Course.Route.SHORT:
        return 0
    found = agreement_in_force(standing.engagement)
    after = found.plan.get("evaluate_after", 0) if found else 0
    return after if isinstance(after, int) else 0
