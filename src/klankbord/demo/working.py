"""What two pairs of the demo made beside their talks: each thing by whoever made it, at the moment it was made."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from klankbord.demo.diary import working_moment
from klankbord.demo.tales import CONTENT
from klankbord.demo.telling import Pair
from klankbord.engagements.actions.agreements import Plan as TalkPlan
from klankbord.engagements.actions.agreements import accept_agreement, accept_as_third, propose_agreement
from klankbord.engagements.actions.alliance import rate_alliance, want_ratings
from klankbord.engagements.actions.board import add_card
from klankbord.engagements.actions.coach import save_look
from klankbord.engagements.actions.evaluation import add_somebody, send_map
from klankbord.engagements.actions.goals import describe_levels, make_goal, mark_goal, put_goal, turn_goal
from klankbord.engagements.actions.learning import choose_steering, place_step, reply_to_signal, say_word
from klankbord.engagements.actions.meeting import accept_three_way, plan_three_way, write_three_way
from klankbord.engagements.actions.party import ask_in
from klankbord.engagements.actions.talk_form import choose_form
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.actions.tryout import plan_tryout, tell_tryout
from klankbord.engagements.actions.witnesses import answer, ask_witness
from klankbord.engagements.models import (
    Experiment,
    Field,
    Goal,
    GoalWording,
    Session,
    Signal,
    SpiralStep,
    Witness,
    Writing,
)
from klankbord.engagements.queries.agreements import latest_agreement
from klankbord.engagements.queries.doors import Standing, party_for, session_for
from klankbord.engagements.queries.drafting import offers_for
from klankbord.engagements.rules.afterwards import PlanPart
from klankbord.engagements.rules.agreement import Clause
from klankbord.engagements.rules.alliance import About
from klankbord.engagements.rules.board import Plan
from klankbord.engagements.rules.evaluation import body_of as evaluation_of
from klankbord.engagements.rules.meeting import Stage
from klankbord.engagements.rules.parts import body_of as plan_of
from klankbord.engagements.rules.people_around import Ring, Somebody
from klankbord.engagements.rules.spiral import Step
from klankbord.engagements.writings import Kind

type Told = Mapping[str, Any]
type Event = tuple[datetime, int, Callable[[datetime], None]]

MINUTE = timedelta(minutes=1)


@cache
def works() -> Mapping[str, Told]:
    """What was made, by client."""
    with (CONTENT / "work.toml").open("rb") as file:
        return {entry["client"]: entry for entry in tomllib.load(file)["work"]}


def work_of(pair: Pair) -> Iterator[Event]:
    """Everything this pair made, as moments in the story with what happens then; nothing for most pairs."""
    told = works().get(pair.tale.client)
    if told is not None:
        yield from Work(pair, told).events()


@dataclass(frozen=True)
class Work:
    """One pair, and what the file tells of it."""

    pair: Pair
    told: Told

    def events(self) -> Iterator[Event]:
        """In no order; whoever lives them puts them on the clock."""
        things: list[tuple[str, Callable[[Told], Iterator[Event]]]] = [
            ("how_we_work", self._how_we_work),
            ("goal", self._goal),
            ("card", self._card),
            ("tryout", self._tryout),
            ("look", self._look),
            ("spiral", self._spiral),
            ("signal", self._signal),
            ("somebody", self._somebody),
            ("rating", self._rating),
        ]
        for name, tell in things:
            for number, one in enumerate(self.told.get(name, ())):
                # Of things done on the same evening the order in the file is the order in which they were done.
                yield from ((moment + number * MINUTE, rank, do) for moment, rank, do in tell(one))
        yield from self._words()
        yield from self._of_three()
        for level in self.told.get("self_steering", {}).get("levels", ()):
            yield self._by("client", level["after"], 3, self._steer(level["level"]))
        for moment in ("interim", "final"):
            if moment in self.told:
                yield from self._looking_back(self.told[moment], moment)

    # --- when, and by whom ------------------------------------------------------------------------------------------

    def _after(self, number: int, hours: float) -> datetime:
        """So many hours after this talk; number 0 is the day after the agreement."""
        if number == 0:
            return self.pair.diary.accepted + timedelta(days=1, hours=hours)
        return self.pair.diary.talks[number - 1].ends + timedelta(hours=hours)

    def _before(self, number: int) -> datetime:
        return working_moment(self.pair.diary.talks[number - 1].day - timedelta(days=1), 17, 10)

    def _by(self, who: str, number: int, hours: float, do: Callable[[Standing], object]) -> Event:
        return self._at(self._after(number, hours), who, do)

    def _at(self, moment: datetime, who: str, do: Callable[[Standing], object]) -> Event:
        def happen(moment: datetime) -> None:
            with (self.pair.client if who == "client" else self.pair.coach)(moment) as standing:
                do(standing)

        return moment, 0, happen

    @staticmethod
    def _steer(level: int) -> Callable[[Standing], object]:
        return lambda standing: choose_steering(standing=standing, level=level)

    # --- texts ------------------------------------------------------------------------------------------------------

    def _save(
        self, standing: Standing, kind: Kind, text: str, number: int | None = None, *, send: bool = False
    ) -> None:
        session = session_for(standing, number) if number else None
        known = Writing.objects.filter(engagement=standing.engagement, kind=kind, session=session)
        if kind is not Kind.HOW_WE_WORK:
            known = known.filter(author=standing.person)
        found = known.first()
        save_text(
            standing=standing,
            slug=self.pair.slug,
            kind=kind,
            text=text,
            session=session,
            based_on=found.revision if found else 0,
            send=send,
        )

    def _how_we_work(self, told: Told) -> Iterator[Event]:
        yield self._by(told["who"], told["after"], 1, lambda s: self._save(s, Kind.HOW_WE_WORK, told["text"]))

    def _words(self) -> Iterator[Event]:
        words = self.told.get("words", {})
        for name, kind in (("sentence", Kind.SENTENCE), ("harvest", Kind.HARVEST), ("alliance", Kind.ALLIANCE)):
            for one in words.get(name, ()):
                yield self._by(
                    one.get("who", "client"),
                    one["after"],
                    10,
                    lambda s, one=one, kind=kind: self._save(  # type: ignore[misc]
                        s, kind, one["text"], one["after"], send=one.get("send", False)
                    ),
                )
        for one in words.get("meeting_form", ()):
            yield self._at(self._before(one["talk"]), "client", lambda s, one=one: self._form(s, one))  # type: ignore[misc]

    def _form(self, standing: Standing, told: Told) -> None:
        session = session_for(standing, told["talk"])
        form = Session.Form(told["form"])
        choose_form(standing=standing, session=session, form=form, colleagues_told=told["told"])
        self._save(standing, Kind.MEETING_FORM, told["text"], told["talk"])

    # --- goals ------------------------------------------------------------------------------------------------------

    def _goal(self, told: Told) -> Iterator[Event]:
        made: list[Goal] = []

        def make(standing: Standing) -> None:
            made.append(make_goal(once=uuid4(), standing=standing, sentence=told["sentence"]))
            for text in told.get("learning", ()):
                make_goal(once=uuid4(), standing=standing, sentence=text, sort=Goal.Sort.LEARNING, serves=made[0])
            if "levels" in told:
                levels = {int(level): text for level, text in told["levels"].items()}
                describe_levels(standing=standing, goal=made[0], levels=levels, based_on=_last_number(made[0]))

        def mark(standing: Standing, one: Told) -> None:
            session = session_for(standing, one["after"])
            mark_goal(once=uuid4(), standing=standing, goal=made[0], level=one["level"], session=session)

        yield self._by("client", told["after"], 11, make)
        for one in told.get("marks", ()):
            yield self._by(one["who"], one["after"], 12, lambda s, one=one: mark(s, one))  # type: ignore[misc]
        if later := told.get("later"):
            yield self._by("client", later["after"], 13, lambda s: _put(s, made[0], later))
        for name, state in (("let_go", Goal.State.LET_GO), ("reached", Goal.State.REACHED)):
            if name in told:
                end = told[name]
                yield self._by(
                    "client",
                    end["after"],
                    0.8 if name == "reached" else 14,
                    lambda s, end=end, state=state: turn_goal(  # type: ignore[misc]
                        standing=s, goal=made[0], state=state, why=end["why"]
                    ),
                )

    # --- the board and trying out -----------------------------------------------------------------------------------

    def _card(self, told: Told) -> Iterator[Event]:
        def put(standing: Standing) -> None:
            session = session_for(standing, told["talk"])
            field = Field(told["field"])
            add_card(once=uuid4(), standing=standing, session=session, field=field, text=told["text"])

        held = told["talk"] <= len(self.pair.tale.talks)
        if held or told["who"] == "client":
            moment = self._before(told["talk"]) if held else self._after(len(self.pair.tale.talks), 15)
            yield self._at(moment, told["who"], put)

    def _tryout(self, told: Told) -> Iterator[Event]:
        made: list[Experiment] = []

        def plan(standing: Standing) -> None:
            session = session_for(standing, told["after"])
            words = Plan(told["what"], told.get("when", ""), told.get("with_whom", ""))
            made.append(plan_tryout(once=uuid4(), standing=standing, session=session, plan=words))

        def tell(standing: Standing) -> None:
            one = Experiment.objects.get(pk=made[0].pk)
            state = Experiment.State(told["state"])
            tell_tryout(standing=standing, experiment=one, state=state, text=told["told"], based_on=one.revision)

        yield self._by("client", told["after"], 9.5, plan)
        if "state" in told:
            yield self._at(self._before(told["after"] + 1), "client", tell)

    # --- learning, and working together -----------------------------------------------------------------------------

    def _look(self, told: Told) -> Iterator[Event]:
        groups = ("pitfalls", "sides", "steering", "tensions", "aspects")
        chosen = {group: told.get(group, ()) for group in groups}

        def look(standing: Standing) -> None:
            session = session_for(standing, told["after"])
            save_look(standing=standing, session=session, chosen=chosen, why=told.get("why", ""))

        yield self._by("coach", told["after"], 0.7, look)

    def _spiral(self, told: Told) -> Iterator[Event]:
        def place(standing: Standing) -> None:
            place_step(
                once=uuid4(),
                standing=standing,
                step=Step(SpiralStep.Step(told["step"])),
                sentence=told["text"],
                session=session_for(standing, told["after"]),
                anew=told.get("anew", False),
            )

        yield self._by("client", told["after"], 16, place)

    def _signal(self, told: Told) -> Iterator[Event]:
        made: list[Signal] = []

        def say(standing: Standing) -> None:
            session = session_for(standing, told["after"])
            sort = Signal.Sort(told["sort"])
            made.append(
                say_word(
                    once=uuid4(),
                    standing=standing,
                    slug=self.pair.slug,
                    sort=sort,
                    text=told["text"],
                    session=session,
                    send=True,
                )
            )

        def reply(standing: Standing) -> None:
            signal = Signal.objects.get(pk=made[0].pk)
            reply_to_signal(standing=standing, slug=self.pair.slug, signal=signal, text=told["reply"])

        yield self._by("client", told["after"], 17, say)
        yield self._by("coach", told["after"], 41, reply)

    def _somebody(self, told: Told) -> Iterator[Event]:
        last = len(self.pair.tale.talks)

        def add(standing: Standing) -> None:
            one = Somebody(str(uuid4()), told["who"], Ring(told["ring"]), told.get("answers", {}))
            add_somebody(standing=standing, one=one)
            if told is self.told["somebody"][-1]:
                send_map(standing=standing, slug=self.pair.slug)

        yield self._by("client", last, 18, add)

    def _rating(self, told: Told) -> Iterator[Event]:
        def rate(standing: Standing) -> None:
            values = {About(name): value for name, value in told["values"].items()}
            session = session_for(standing, told["after"])
            rate_alliance(
                once=uuid4(), standing=standing, slug=self.pair.slug, values=values, session=session, share=True
            )

        if told is self.told["rating"][0]:
            for who in ("client", "coach"):
                yield self._by(who, told["after"], 18.5, lambda s: want_ratings(standing=s, want=True))
        yield self._by(told["who"], told["after"], 19, rate)

    # --- looking back, and three ------------------------------------------------------------------------------------

    def _looking_back(self, told: Told, moment: str) -> Iterator[Event]:
        apart, together = {
            "interim": (Kind.INTERIM, Kind.INTERIM_TOGETHER),
            "final": (Kind.FINAL, Kind.FINAL_TOGETHER),
        }[moment]
        for number, who in enumerate(("client", "coach")):
            text = evaluation_of(told[who])
            yield self._by(
                who,
                told["after"],
                20 + number,
                lambda s, text=text: self._save(s, apart, text, send=True),  # type: ignore[misc]
            )
        text = evaluation_of(told["together"])
        yield self._by("client", told["after"], 22, lambda s: self._save(s, together, text))

    def _of_three(self) -> Iterator[Event]:
        """Whoever asks for the coaching is asked in, the three say yes to an agreement and to a text of their own."""
        name = self.told.get("third")
        if name is None:
            return
        slug, people = self.pair.slug, self.pair.stage.people
        start = Stage.START

        def ask(standing: Standing) -> None:
            ask_in(standing=standing, slug=slug, person=people[name])
            last = latest_agreement(standing.engagement)
            if last is not None:
                plan = TalkPlan(**last.plan)
                # As the form offers it: what nobody made their own is filled anew, now that there are three.
                clauses = [Clause(one.id, one.title, one.text) for one in offers_for(standing, last) if one.included]
                propose_agreement(standing=standing, slug=slug, clauses=clauses, plan=plan, based_on=last.version)
            plan_three_way(
                standing=standing,
                slug=slug,
                stage=start,
                starts_at=self._after(0, 48).replace(hour=9, minute=0),
                minutes=45,
                place=self.pair.tale.room,
            )

        def say_yes(standing: Standing) -> None:
            last = latest_agreement(standing.engagement)
            if last is not None:
                accept_agreement(standing=standing, slug=slug, agreement=last)

        def write(standing: Standing) -> None:
            write_three_way(standing=standing, slug=slug, stage=start, text=self.told["three_way"], based_on=0)

        def accept(standing: Standing) -> None:
            accept_three_way(standing=standing, slug=slug, stage=start, version=1)

        yield self._by("client", 0, 0, ask)
        yield self._by("coach", 0, 2, say_yes)
        yield self._as_third(name, self._after(0, 4), self._third_says_yes)
        yield self._by("client", 0, 54, write)
        yield self._by("coach", 0, 56, accept)
        yield self._as_third(name, self._after(0, 58), self._third_accepts_text)

    def _as_third(self, name: str, moment: datetime, do: Callable[[Any], None]) -> Event:
        def happen(moment: datetime) -> None:
            with self.pair.stage.acting(name, moment) as person:
                do(party_for(person, self.pair.engagement_id))

        return moment, 1, happen

    def _third_says_yes(self, party: Any) -> None:
        last = latest_agreement(party.engagement)
        if last is not None:
            accept_as_third(standing=party, slug=self.pair.slug, agreement=last)

    def _third_accepts_text(self, party: Any) -> None:
        accept_three_way(standing=party, slug=self.pair.slug, stage=Stage.START, version=1)


def go_onward(pair: Pair) -> None:
    """After closing: how the client goes on, and three months later what shows at work."""
    told = works().get(pair.tale.client, {}).get("onward")
    if told is None:
        return
    work = Work(pair, works()[pair.tale.client])
    last = len(pair.tale.talks)
    with pair.client(work._after(last, 26)) as client:
        work._save(client, Kind.PLAN, plan_of(told["plan"], list(PlanPart)), send=True)
        work._save(client, Kind.FRIDGE_CARD, told["card"])
    asked = work._after(last, 0) + timedelta(weeks=10, days=3)
    for one in told.get("witness", ()):
        with pair.client(asked) as client:
            person = pair.stage.people[one["person"]]
            ask_witness(standing=client, slug=pair.slug, person=person, text=one["why"])
        if "strikes" in one:
            with pair.stage.acting(one["person"], asked + timedelta(days=1)) as person:
                parts = {"strikes": one["strikes"], "more": one["more"]}
                answer(witness=Witness.objects.get(person=person), slug=pair.slug, parts=parts)
    with pair.client(asked + timedelta(days=3)) as client:
        work._save(client, Kind.LATER, told["later"])


def _last_number(goal: Goal) -> int:
    return GoalWording.objects.filter(goal=goal).count()


def _put(standing: Standing, goal: Goal, later: Told) -> None:
    current = Goal.objects.get(pk=goal.pk)
    put_goal(
        standing=standing, goal=current, sentence=later["sentence"], why=later["why"], based_on=_last_number(current)
    )
