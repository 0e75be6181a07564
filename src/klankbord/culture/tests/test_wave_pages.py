"""A wave on the coordinator's screens: nothing lost on errors, nothing told while it is open, letters with care."""

import io
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.scan import all_answer, answer, asked, closed_by_fatima, fill_units, opened_wave, plan

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.culture.actions import Received, choose_paper, draft_wave, open_wave
from klankbord.culture.models import Preparation, Wave
from klankbord.culture.queries.waves import paper_letters
from klankbord.culture.rules.waves import State
from klankbord.culture.views.wave_papers import letter_on_paper
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def fatima(cast) -> Client:
    client = Client()
    client.force_login(cast.fatima.account)
    return client


def drafted(cast, **more) -> Wave:
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return draft_wave(once=uuid.uuid4(), plan=plan(**more), contact=cast.fatima)


def as_it_stands(cast, wave: Wave) -> Wave:
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return Wave.objects.get(pk=wave.pk)


def place(route: str, wave: Wave, *more: object) -> str:
    return reverse(route, args=["waterland", wave.pk, *more])


def sent(client: Client, where: str, **fields: Any) -> Any:
    return client.post(where, fields)


def test_the_same_form_twice_makes_one_wave(cast, fatima):
    fields = {"once": str(uuid.uuid4()), "kind": "full", "title_nl": "Scan", "title_en": "Scan"}
    where = reverse("wave_new", args=["waterland"])
    assert [fatima.post(where, fields).status_code for _ in range(2)] == [302, 302]
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert Wave.objects.count() == 1


def test_a_part_keeps_the_others_and_an_error_keeps_what_was_typed(cast, fatima):
    wave = drafted(cast)
    wrong = sent(fatima, place("wave_part", wave, "wat"), kind="pulse", title_nl="Korte vraag", title_en="")
    assert wrong.status_code == 422
    assert "Korte vraag" in wrong.text
    assert as_it_stands(cast, wave).title_nl == "Hoe leren wij?"
    sent(fatima, place("wave_part", wave, "wat"), kind="pulse", title_nl="Korte vraag", title_en="Short", next="1")
    now = as_it_stands(cast, wave)
    assert (now.kind, now.title_nl, now.closes) == ("pulse", "Korte vraag", wave.closes)


def test_parts_of_the_organisation_are_asked_with_what_lies_under_them(cast, fatima):
    wave = drafted(cast)
    where = place("wave_part", wave, "wie")
    assert sent(fatima, where, whom="units").status_code == 422
    assert sent(fatima, where, whom="sample", sample_size="12").status_code == 422
    assert sent(fatima, where, whom="units", units=[str(cast.anton.unit_id)]).status_code == 302
    # Anton in the directorate, Johan and Willem in one unit under it, Bram in another.
    assert "4 medewerkers, in één deel" in fatima.get(place("wave", wave)).text
    assert sent(fatima, where, whom="units", units=["no-id", str(uuid.uuid4())]).status_code == 422


def table(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("groepen.csv", "\n".join(["personeelsnummer;groep", *rows]).encode())


def test_of_a_table_with_one_wrong_row_nothing_is_kept_and_the_row_is_named(cast, fatima):
    wave = drafted(cast)
    where = place("wave_part", wave, "achtergrond")
    fields = {"attribute": "uploaded", "attribute_nl": "Locatie", "attribute_en": "Location", "k": "5"}
    wrong = fatima.post(where, fields | {"file": table("101;Delft", "999;Gouda")})
    assert wrong.status_code == 422
    assert "Rij 3: Er is niemand met personeelsnummer 999." in wrong.text
    assert "Locatie" in wrong.text
    assert as_it_stands(cast, wave).attribute == "none"
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert not Preparation.objects.exists()
    right = fatima.post(where, fields | {"file": table("101;Delft", "102;Gouda")}, follow=True)
    assert "In ‘Delft’ zit één persoon" in right.text
    assert as_it_stands(cast, wave).attribute == "uploaded"
    assert fatima.post(place("wave_open", wave)).status_code == 422
    assert as_it_stands(cast, wave).state == State.DRAFT


def test_nobody_is_asked_about_groups_smaller_than_five(cast, fatima):
    wave = drafted(cast)
    said = sent(fatima, place("wave_part", wave, "achtergrond"), attribute="none", k="4")
    assert said.status_code == 422
    assert as_it_stands(cast, wave).k == 5


def test_an_own_sentence_is_refused_at_its_field_and_a_warning_leaves_the_choice(cast, fatima):
    wave = drafted(cast)
    where = place("wave_part", wave, "eigen-zinnen")
    refused = sent(fatima, where, nl_2="Wij geven elkaar geen feedback.", en_2="We give each other feedback.")
    assert refused.status_code == 422
    assert 'id="id_nl_2_error"' in refused.text
    assert "Wij geven elkaar geen feedback." in refused.text
    fields = {
        "nl_2": "In mijn team maken we altijd tijd voor vragen.",
        "en_2": "In my team we make time for questions.",
    }
    kept = fatima.post(where, fields | {"next": "1"}, follow=True)
    assert "stuurt het antwoord" in kept.text
    assert len(as_it_stands(cast, wave).own_items) == 1
    # Whoever saves it once more has decided.
    again = fatima.post(where, {"nl_1": fields["nl_2"], "en_1": fields["en_2"], "next": "1"})
    assert again["Location"] == place("wave_part", wave, "wanneer")


def test_everybody_in_a_unit_is_chosen_for_paper_at_once_and_the_rest_stays(cast, fatima):
    wave = drafted(cast)
    where = place("wave_paper", wave)
    fatima.post(f"{where}?unit={cast.johan.unit.path}", {"everybody": "paper"})
    with acting_in(cast.organisation.id, cast.fatima.pk):
        chosen = set(Preparation.objects.filter(paper=True).values_list("person_id", flat=True))
    assert chosen == {cast.johan.pk, cast.willem.pk}
    shown = [str(cast.johan.pk), str(cast.bram.pk)]
    fatima.post(where, {"shown": shown, "paper": [str(cast.bram.pk), str(cast.saskia.pk)]})
    with acting_in(cast.organisation.id, cast.fatima.pk):
        chosen = set(Preparation.objects.filter(paper=True).values_list("person_id", flat=True))
    assert chosen == {cast.willem.pk, cast.bram.pk}


def on_paper(cast, *people) -> Wave:
    fill_units(cast, 1)
    wave = drafted(cast)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        choose_paper(wave=wave, people=[one.pk for one in people], paper=True)
        return open_wave(wave=wave)


def test_letters_are_for_those_on_paper_a_page_each_and_leave_a_row_and_no_code(cast, fatima):
    wave = on_paper(cast, cast.johan, cast.bram)
    made = fatima.post(place("wave_letters", wave))
    assert made["Content-Type"] == "application/pdf"
    assert "no-store" in made["Cache-Control"]
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(made.content)).pages]
    assert len(pages) == 2
    with acting_in(cast.organisation.id, cast.fatima.pk):
        letters = paper_letters(wave)
        row = AuditRow.objects.get(verb="wave.print_letters")
        assert (row.actor_id, row.detail) == (cast.fatima.pk, {"count": 2, "number": 1})
        kept = [str(one) for one in AuditRow.objects.values_list("detail", flat=True)]
    for letter, text in zip(letters, pages, strict=True):
        assert letter.person.name in text
        assert letter.code.replace(" ", "") in "".join(text.split())
        assert not any(part in one for part in letter.code.split() for one in kept)
        assert answer(cast, letter.code.replace(" ", "")) is Received.IN_THE_BOX
    assert {one.person for one in letters} == {cast.johan, cast.bram}


def test_below_the_line_of_a_letter_nobody_is_named(cast, rf):
    wave = on_paper(cast, cast.johan)
    request = rf.get("/")
    request.organisation = Organisation.objects.get(pk=cast.organisation.id)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        made = letter_on_paper(request, wave, paper_letters(wave)[0])
    below = " ".join([*made["below"], *made["code"], made["cut"]])
    for word in ("Johan", "Wit", "Fatima", cast.johan.unit.name):
        assert word not in below
    assert "/waterland/scan/" in below
    assert "Johan" in " ".join(made["above"])


def test_no_letter_is_made_before_it_is_open_or_after_it_closed(cast, fatima):
    wave = drafted(cast)
    assert fatima.post(place("wave_letters", wave)).status_code == 302
    wave = on_paper(cast, cast.johan)
    closed_by_fatima(cast, wave)
    assert fatima.post(place("wave_letters", wave)).status_code == 302
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert not AuditRow.objects.filter(verb="wave.print_letters").exists()


def test_while_it_is_open_the_page_is_the_same_whoever_answered(cast, fatima):
    fill_units(cast, 2)
    wave = opened_wave(cast)
    people = asked(cast, wave)

    def seen() -> str:
        whole: str = fatima.get(place("wave", wave)).text
        page = whole[whole.index("<main") : whole.index("</main>")]
        return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', "", page)

    before = seen()
    all_answer(cast, wave, people[:9])
    assert seen() == before


def test_an_open_wave_does_not_change_and_is_reminded_once_a_day(cast, fatima):
    fill_units(cast, 1)
    wave = opened_wave(cast)
    assert fatima.get(place("wave_part", wave, "wat")).status_code == 302
    assert sent(fatima, place("wave_part", wave, "wat"), kind="pulse", title_nl="A", title_en="A").status_code == 302
    assert fatima.post(place("wave_remind", wave)).status_code == 302
    assert fatima.post(place("wave_drop", wave)).status_code == 302
    now = as_it_stands(cast, wave)
    assert (now.kind, now.letters, now.state) == ("full", 1, State.OPEN)


def test_closing_early_says_first_that_nobody_can_undo_it_and_closes_only_when_it_is_sent(cast, fatima):
    fill_units(cast, 1)
    wave = opened_wave(cast)
    page = fatima.get(place("wave_close", wave)).content.decode()
    assert "je kunt dit niet terugdraaien" in page
    assert as_it_stands(cast, wave).state == State.OPEN
    assert sent(fatima, place("wave_close", wave)).status_code == 302
    assert as_it_stands(cast, wave).state == State.CLOSING
    for again in (fatima.get, fatima.post):
        assert again(place("wave_close", wave)).status_code == 302
