"""The quality criteria of the policy: what coaches need before they take new clients, and what is not there.

A norm that is not met never touches a coaching that runs. It warns first: in the months after the first policy was
published, in the months after a last day, and during the year that is still being counted. The norm of hours never
stands in the way: without new clients nobody could meet it any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from klankbord.core.spoken import date_words
from klankbord.policy.rules.content import QualityRules
from klankbord.policy.rules.finding import Finding, Severity

GRACE = timedelta(days=92)
"""A quarter of a year: how long something that is missing warns before it stands in the way of new clients."""

ENDS_SOON = timedelta(days=90)


class Held(StrEnum):
    """What somebody can show."""

    ACCREDITATION = "accreditation"
    TRAINING = "training"
    SUPERVISION = "supervision"
    CODE_OF_ETHICS = "code_of_ethics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One thing that somebody can show; ``until`` is its last day, None where it has none."""

    kind: Held
    body: str = ""
    until: date | None = None
    looked_at: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether it still holds."""
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often or how many hours, this calendar year and the one before. None: it was not counted."""

    this_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachFacts:
    """What the criteria ask about one coach. ``since`` is the day on which the role was given."""

    external: bool
    since: date
    papers: tuple[Paper, ...] = ()
    intervision: Counted = Counted()
    hours: Counted = Counted()


def quality_findings(rules: QualityRules, coach: CoachFacts, *, today: date, asked_since: date | None) -> list[Finding]:
    """What the policy asks of this coach and is not there. ``asked_since``: when the first policy was published."""
    criteria = _Criteria(rules, coach, today, asked_since is not None and today > asked_since + GRACE)
    found = criteria.external() if coach.external else criteria.internal()
    return [*found, *criteria.ethics(), *criteria.not_looked_at()]


@dataclass(frozen=True, slots=True)
class _Criteria:
    rules: QualityRules
    coach: CoachFacts
    today: date
    strict: bool

    @property
    def _missing(self) -> Severity:
        return Severity.BLOCKS if self.strict else Severity.WARNS

    def _papers(self, kind: Held) -> list[Paper]:
        return [paper for paper in self.coach.papers if paper.kind is kind]

    def _holds(self, kind: Held) -> bool:
        return any(paper.holds_on(self.today) for paper in self._papers(kind))

    def internal(self) -> Iterator[Finding]:
        """Training, intervision and hours, for coaches who work for the organisation itself."""
        if self.rules.internal_training and not self._holds(Held.TRAINING):
            yield Finding(
                "training_missing",
                self._missing,
                "Er staat nog geen coachopleiding bij.",
                "No coach training has been added yet.",
                "quality.training",
            )
        yield from self._intervision()
        yield from self._hours()

    def external(self) -> Iterator[Finding]:
        """Accreditation and supervision, for coaches of another employer."""
        if self.rules.external_accreditation:
            yield from self._accreditation()
        if self.rules.external_supervision and not self._holds(Held.SUPERVISION):
            yield Finding(
                "supervision_missing",
                self._missing,
                "Er staat nog geen supervisie bij.",
                "No supervision has been added yet.",
                "quality.supervision",
            )

    def ethics(self) -> Iterator[Finding]:
        """A signed code of ethics, for everybody."""
        if self.rules.code_of_ethics and not self._holds(Held.CODE_OF_ETHICS):
            yield Finding(
                "ethics_missing",
                self._missing,
                "Er staat nog geen ondertekende gedragscode bij.",
                "No signed code of ethics has been added yet.",
                "quality.code_of_ethics",
            )

    def not_looked_at(self) -> Iterator[Finding]:
        """What was added and still waits for a look. That is nobody's fault, so it stands in nobody's way."""
        if any(not paper.looked_at and paper.holds_on(self.today) for paper in self.coach.papers):
            yield Finding(
                "not_looked_at",
                Severity.INFORMS,
                "De coördinator heeft nog niet alles bekeken wat erbij staat.",
                "The coordinator has not looked yet at everything that was added.",
                "quality.looked_at",
            )

    def _accreditation(self) -> Iterator[Finding]:
        accepted = self.rules.accreditations
        papers = [one for one in self._papers(Held.ACCREDITATION) if not accepted or one.body in accepted]
        if not papers:
            yield Finding(
                "accreditation_missing",
                self._missing,
                "Er staat nog geen accreditatie bij die volgens het beleid geldt.",
                "No accreditation that counts under the policy has been added yet.",
                "quality.accreditation",
            )
            return
        last = max((paper.until or date.max) for paper in papers)
        if last < self.today:
            severity = Severity.BLOCKS if self.strict and self.today > last + GRACE else Severity.WARNS
            yield self._on_day("accreditation_over", severity, last, "De accreditatie liep af op", "ended on")
        elif last - self.today <= ENDS_SOON:
            yield self._on_day("accreditation_ends", Severity.INFORMS, last, "De accreditatie loopt af op", "ends on")

    @staticmethod
    def _on_day(code: str, severity: Severity, day: date, nl: str, en: str) -> Finding:
        names = (("dag", date_words(day, "nl")), ("day", date_words(day, "en")))
        return Finding(
            code, severity, nl + " {dag}.", f"The accreditation {en} {{day}}.", "quality.accreditation", names
        )

    def _intervision(self) -> Iterator[Finding]:
        """The running year informs, a year that ended short blocks after the grace."""
        counted, norm = self.coach.intervision, self.rules.internal_intervision
        if not norm or counted.this_year is None or counted.this_year >= norm:
            return
        if self._last_year_short(counted, norm):
            severity = Severity.BLOCKS if self._spring_is_over else Severity.WARNS
            nl = "Intervisie: vorig jaar minder dan {norm} keer, en dit jaar tot nu toe {done}."
            en = "Intervision: less than {norm} times last year, and {done} so far this year."
        else:
            severity = Severity.INFORMS
            nl = "Intervisie: dit jaar {done} van de {norm} keer."
            en = "Intervision: {done} of {norm} times this year."
        names = (("norm", str(norm)), ("done", str(counted.this_year)))
        yield Finding("intervision_short", severity, nl, en, "quality.intervision", names)

    def _hours(self) -> Iterator[Finding]:
        """The running year informs, and so does a year that ended short, until the grace is over: then it warns.

        It never blocks. Hours come from clients: a coach who gets none for want of hours would never have them again.
        """
        counted, norm = self.coach.hours, self.rules.internal_hours
        if not norm or counted.this_year is None or counted.this_year >= norm:
            return
        none = counted.this_year == 0
        if self._last_year_short(counted, norm):
            severity = Severity.WARNS if self._spring_is_over else Severity.INFORMS
            nl = "Coachuren: vorig jaar minder dan {norm}. Dit jaar tot deze maand {done}."
            en = "Hours of coaching: less than {norm} last year. This year, until this month, {done}."
            if none:
                nl = "Coachuren: vorig jaar minder dan {norm}. Voor dit jaar staan er nog geen bij."
                en = "Hours of coaching: less than {norm} last year. For this year there are none yet."
        else:
            severity = Severity.INFORMS
            nl = "Coachuren: dit jaar tot deze maand {done} van de {norm}."
            en = "Hours of coaching: {done} of {norm} this year, until this month."
            if none:
                nl = "Coachuren: voor dit jaar staan er nog geen bij. Het beleid gaat uit van {norm} in een jaar."
                en = "Hours of coaching: there are none yet for this year. The policy counts on {norm} in a year."
        names = (("norm", str(norm)), ("done", str(counted.this_year)))
        yield Finding("hours_short", severity, nl, en, "quality.hours", names)

    def _last_year_short(self, counted: Counted, norm: int) -> bool:
        """Whether the year before ended short of *norm*, for whoever was a coach the whole of it.

        Whoever was one for a part of last year only is not held to the norm of that year; and whoever meets this year's
        norm already has made up for it.
        """
        whole_year = self.coach.since < date(self.today.year - 1, 1, 2)
        return counted.last_year is not None and counted.last_year < norm and whole_year

    @property
    def _spring_is_over(self) -> bool:
        return self.strict and self.today > date(self.today.year, 1, 1) + GRACE
