"""How well a coach fits what somebody wishes: in an order nobody loses by, and in words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES, Wording
from klankbord.engagements.rules.fit import ClientWishes, CoachOffer, Fit, Labels, fair_place, fit
from klankbord.engagements.rules.match import Candidate, ClientFacts, ToldTo, match_findings
from klankbord.engagements.rules.pairs import blocked, scores
from klankbord.policy.rules.content import MatchRules

LABELS = Labels(
    themes={"project": Wording("Een lastig project", "A hard project"), "change": Wording("Verandering", "Change")},
    ways={"walking": Wording("Al wandelend {of fietsend}", "While walking")},
    languages={"en": Wording("Engels", "English")},
    day_parts={"monday": Wording("maandag", "Monday")},
)
MARIEKE = CoachOffer(
    person_id="marieke",
    name="Marieke",
    themes=frozenset({"project"}),
    languages=frozenset({"nl", "en"}),
    online=True,
    day_parts=frozenset({"monday"}),
    capacity=4,
)
IDS = ["a", "b", "c"]
SETS = st.frozensets(st.sampled_from(IDS))
WISHES = st.builds(
    ClientWishes,
    themes=SETS,
    ways=SETS,
    language=st.sampled_from(["", *IDS]),
    place=st.sampled_from(["any", "meet", "online"]),
    day_parts=SETS,
    employer=st.sampled_from(["any", "internal", "external"]),
    gender=st.sampled_from(["", *IDS]),
    coach=st.none() | st.sampled_from(IDS),
)
OFFERS = st.builds(
    CoachOffer,
    person_id=st.sampled_from(IDS),
    name=st.just("Marieke"),
    known=st.booleans(),
    themes=SETS,
    ways=SETS,
    languages=SETS,
    meets=st.booleans(),
    online=st.booleans(),
    day_parts=SETS,
    gender=st.sampled_from(["", *IDS]),
    external=st.booleans(),
    open_engagements=st.integers(0, 4),
    capacity=st.integers(0, 4),
)


def words(found: Fit, *, less: bool = False) -> list[str]:
    return [one.text("nl") for one in (found.less_good if less else found.good)]


def test_the_client_reads_what_fits_and_what_does_not() -> None:
    wishes = ClientWishes(themes=frozenset({"project", "change"}), language="en", place="meet")
    found = fit(wishes, MARIEKE, told_to=ToldTo.CLIENT, labels=LABELS)
    assert words(found) == ["Noemt wat er speelt: Een lastig project.", "Spreekt Engels."]
    assert words(found, less=True) == ["Noemt niet: Verandering.", "Kan alleen online; je wilde elkaar zien."]


def test_the_coordinator_reads_the_name_of_the_client() -> None:
    found = fit(ClientWishes(place="meet"), MARIEKE, client="Johan", labels=LABELS)
    assert words(found, less=True) == ["Kan alleen online; Johan wil elkaar liever zien."]


def test_a_label_with_braces_is_shown_as_it_is() -> None:
    found = fit(ClientWishes(ways=frozenset({"walking"})), replace(MARIEKE, ways=frozenset({"walking"})), labels=LABELS)
    assert words(found) == ["Werkt zo: Al wandelend {of fietsend}."]


def test_who_was_asked_for_by_name_comes_before_whoever_fits_in_everything_else() -> None:
    wishes = ClientWishes(themes=frozenset({"project", "change"}), coach="saskia")
    asked_for = fit(wishes, CoachOffer(person_id="saskia", name="Saskia"), labels=LABELS)
    fits = fit(wishes, replace(MARIEKE, themes=frozenset({"project", "change"})), labels=LABELS)
    assert asked_for.score > fits.score


def test_the_client_does_not_read_that_a_coach_is_not_the_one_asked_for() -> None:
    found = fit(ClientWishes(coach="saskia"), MARIEKE, told_to=ToldTo.CLIENT, labels=LABELS)
    assert found.less_good == ()


def test_what_a_coach_did_not_say_counts_for_half_and_is_no_reproach() -> None:
    wishes = ClientWishes(day_parts=frozenset({"monday"}))
    other = fit(wishes, replace(MARIEKE, day_parts=frozenset({"friday"})), labels=LABELS)
    silent = fit(wishes, replace(MARIEKE, day_parts=frozenset()), labels=LABELS)
    assert other.score < silent.score < fit(wishes, MARIEKE, labels=LABELS).score
    assert silent.less_good == ()


def test_among_equals_the_emptiest_comes_first_and_then_chance_which_differs_by_request() -> None:
    coaches = [replace(MARIEKE, person_id=f"coach {n}") for n in range(8)]
    busy = replace(MARIEKE, person_id="busy", open_engagements=3)

    def order(request: str) -> list[object]:
        found = {one.person_id: fit(ClientWishes(), one, labels=LABELS).score for one in (busy, *coaches)}
        placed = sorted((busy, *coaches), key=lambda one: fair_place(found[one.person_id], one, request))
        return [one.person_id for one in placed]

    assert order("one") == order("one")
    assert order("one") != order("another")
    assert order("one")[-1] == order("another")[-1] == "busy"


@given(WISHES, OFFERS)
def test_a_score_lies_between_nothing_and_everything(wishes: ClientWishes, offer: CoachOffer) -> None:
    assert 0 <= fit(wishes, offer, labels=LABELS).score <= 1000


@given(WISHES, OFFERS, st.sampled_from(IDS))
def test_one_more_wish_that_is_met_never_lowers_the_score(wishes: ClientWishes, offer: CoachOffer, one: str) -> None:
    meets = replace(
        offer,
        known=True,
        themes=offer.themes | {one},
        ways=offer.ways | {one},
        languages=offer.languages | {one},
        day_parts=offer.day_parts | {one},
        gender=one,
        meets=True,
    )
    before = fit(wishes, meets, labels=LABELS).score
    more = [
        replace(wishes, themes=wishes.themes | {one}),
        replace(wishes, ways=wishes.ways | {one}),
        replace(wishes, day_parts=wishes.day_parts | {one}),
        replace(wishes, language=wishes.language or one),
        replace(wishes, gender=wishes.gender or one),
        replace(wishes, coach=wishes.coach or offer.person_id),
        replace(wishes, place="meet" if wishes.place == "any" else wishes.place),
    ]
    assert all(fit(wished, meets, labels=LABELS).score >= before for wished in more)


@given(WISHES, OFFERS, st.sampled_from(ToldTo))
def test_every_reason_is_a_whole_sentence_in_both_languages(
    wishes: ClientWishes, offer: CoachOffer, told_to: ToldTo
) -> None:
    same = {one: Wording(one, one) for one in IDS}
    found = fit(wishes, offer, told_to=told_to, client="Johan", labels=Labels(same, same, same, same))
    for reason in (*found.good, *found.less_good):
        assert not reason.blocks
        assert all(reason.text(language).endswith(".") and "{" not in reason.text(language) for language in LANGUAGES)


# --- many pairs at once -----------------------------------------------------------------------------------------

KEYS = st.sampled_from(["a", "b", "c", "d"])
FACTS = {
    "person_id": KEYS,
    "name": st.just("X"),
    "unit_id": st.none() | KEYS,
    "manager_id": st.none() | KEYS,
    "managers_up": st.lists(KEYS, max_size=3).map(tuple),
    "languages": SETS,
    "external": st.booleans(),
    "above_before": st.lists(st.tuples(st.integers(1, 3), KEYS), max_size=3).map(tuple),
}
CLIENTS = st.builds(
    ClientFacts,
    **FACTS,
    sensitive=st.none() | st.booleans(),
    began_with=st.frozensets(KEYS, max_size=2),
    asks_for=st.none() | KEYS,
)
COACHES = st.builds(
    Candidate,
    **FACTS,
    accepts_clients=st.booleans(),
    open_engagements=st.integers(0, 2),
    capacity=st.integers(1, 2),
    languages_known=st.booleans(),
)
RULES = st.builds(
    MatchRules,
    line_levels=st.integers(0, 3),
    line_years=st.integers(0, 2),
    same_unit=st.booleans(),
    external=st.booleans(),
    external_for_sensitive=st.booleans(),
)


@given(st.lists(CLIENTS, min_size=1, max_size=4), st.lists(COACHES, min_size=1, max_size=4), RULES)
def test_many_pairs_are_stopped_by_the_same_rules_as_one_pair(
    clients: list[ClientFacts], coaches: list[Candidate], rules: MatchRules
) -> None:
    one_by_one = [[any(f.blocks for f in match_findings(a, b, rules=rules)) for b in coaches] for a in clients]
    assert blocked(clients, coaches, rules).tolist() == one_by_one


@given(st.lists(WISHES, min_size=1, max_size=4), st.lists(OFFERS, min_size=1, max_size=4))
def test_many_pairs_score_as_one_pair_does(wishes: list[ClientWishes], offers: list[CoachOffer]) -> None:
    one_by_one = [[fit(wished, offer, labels=LABELS).score for offer in offers] for wished in wishes]
    assert scores(wishes, offers).tolist() == one_by_one
