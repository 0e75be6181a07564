"""The components say what they must, to the eye and to a screen reader."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin, mistakes
from klankbord.web.changes import word_changes
from klankbord.web.icons import UnknownIconError, icon_svg
from klankbord.web.style_guide import examples


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> Any:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with translation.override("en"):
        yield


def draw(source: str, **context: Any) -> str:
    return Template("{% load klankbord %}" + source).render(Context(context))


class TalkForm(KlankbordFormMixin, forms.Form):
    topic = forms.CharField(label="Topic", help_text="One sentence is enough.", widget=forms.Textarea)
    answer = forms.ChoiceField(label="What now?", widget=ChoiceCards, choices=[("yes", "Yes"), ("no", "Not now")])
    place = forms.CharField(label="Place", required=False)
    day = forms.DateField(label="Day", required=False)
    share = forms.BooleanField(label="Marieke may read it", required=False)


# ── Fields ───────────────────────────────────────────────────────────────────


def test_a_control_is_tied_to_its_reason() -> None:
    html = draw("{% field form.topic %}", form=TalkForm())
    assert '<label for="id_topic">Topic' in html
    assert 'aria-describedby="id_topic_helptext"' in html
    assert '<p class="why" id="id_topic_helptext">One sentence is enough.</p>' in html


def test_an_error_stands_beside_its_control_and_is_tied_to_it() -> None:
    html = draw("{% field form.topic %}", form=TalkForm({}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_topic_helptext id_topic_error"' in html
    assert re.search(r'id="id_topic_error"><p class="error"><svg .*</svg><span>This field is required', html)


def test_a_group_of_choices_has_a_legend_and_its_error() -> None:
    html = draw("{% field form.answer %}", form=TalkForm({"topic": "x"}))
    assert '<fieldset class="field choices-field invalid" aria-describedby="id_answer_error">' in html
    assert "<legend>What now?</legend>" in html
    assert 'class="choices as-cards"' in html


def test_a_checkbox_comes_before_its_label() -> None:
    html = draw("{% field form.share %}", form=TalkForm())
    assert html.index('type="checkbox"') < html.index('<label for="id_share">Marieke may read it')


def test_only_a_field_one_could_doubt_says_that_it_may_stay_empty() -> None:
    marked = [bound.name for bound in TalkForm() if "(may stay empty)" in draw("{% field f %}", f=bound)]
    assert marked == ["place", "day"]


def test_a_date_gets_the_picker_of_the_browser() -> None:
    html = draw("{% field form.day %}", form=TalkForm({"day": "2026-11-24"}))
    assert 'type="date"' in html
    assert 'value="2026-11-24"' in html


def test_what_was_typed_comes_back_escaped() -> None:
    html = draw("{% field form.place %}", form=TalkForm({"place": "<b>4.12</b>"}))
    assert "&lt;b&gt;4.12&lt;/b&gt;" in html
    assert "<b>" not in html


def test_a_whole_form_is_drawn_with_the_same_fields() -> None:
    form = TalkForm({})
    assert draw("{% field form.topic %}", form=form).strip() in str(form)
    assert "error-summary" in str(form)


# ── Summary of errors ────────────────────────────────────────────────────────


def test_the_summary_leads_to_the_first_choice_of_a_group() -> None:
    assert [(m.target, m.line) for m in mistakes(TalkForm({}))] == [
        ("id_topic", "Topic: This field is required."),
        ("id_answer_0", "What now? This field is required."),
    ]


def test_the_summary_takes_focus_and_counts() -> None:
    html = draw("{% form_errors form %}", form=TalkForm({}))
    assert "data-error-summary" in html
    assert "2 things need another look" in html
    assert '<a href="#id_answer_0">' in html


def test_a_form_nobody_sent_has_no_summary() -> None:
    assert draw("{% form_errors form %}", form=TalkForm()).strip() == ""


# ── Who sees this? ───────────────────────────────────────────────────────────

AUDIENCE = SimpleNamespace(
    short="You and Marieke see this",
    lines=[SimpleNamespace(kind="eye", text="You."), SimpleNamespace(kind="hidden", text="Anton: nothing.")],
)


def test_margin_and_phone_line_say_the_same() -> None:
    html = draw("{% who_sees audience %}", audience=AUDIENCE)
    assert html.count("Anton: nothing.") == 2
    assert html.count("You and Marieke see this") == 1
    assert "<details" in html


def test_the_page_places_who_sees_it_before_the_content() -> None:
    page = Template('{% extends "web/base.html" %}{% block content %}THE FIELD{% endblock %}')
    html = page.render(Context({"audience": AUDIENCE}))
    assert html.index("You and Marieke see this") < html.index("THE FIELD")


def test_one_field_with_other_readers_gets_a_line_of_its_own() -> None:
    html = draw("{% who_line audience %}", audience=AUDIENCE)
    assert "margin-form" not in html
    assert "Who sees this?" in html


# ── Pages ────────────────────────────────────────────────────────────────────


@pytest.fixture
def guide() -> str:
    request = RequestFactory().get("/stijl/", {"sort": "name", "page": "2"})
    return render_to_string("web/style_guide.html", {**examples(request), "request": request})


def test_no_page_writes_a_script_or_a_style(guide: str) -> None:
    assert re.findall(r"<script(?![^>]+src=)|<style|\sstyle=|\son\w+=", guide) == []


def test_every_id_is_used_once(guide: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', guide)
    assert sorted(ids) == sorted(set(ids))


def test_everything_tied_to_an_id_finds_it(guide: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', guide))
    tied = {name for names in re.findall(r'aria-describedby="([^"]+)"', guide) for name in names.split()}
    led = set(re.findall(r'href="#([^"]+)"', guide))
    assert (tied | led) - ids == set()


def test_the_current_place_is_marked_once_in_the_navigation(guide: str) -> None:
    assert guide.count('aria-current="page"') == 1


def test_a_first_load_is_page_stylesheet_and_script(guide: str) -> None:
    fetched = re.findall(r'<(?:script[^>]+src|link rel="stylesheet" href|img[^>]+src)="([^"]+)"', guide)
    assert [address.rsplit("/", 1)[-1].split(".")[0] for address in fetched] == ["klankbord", "klankbord-bundle"]


@pytest.mark.parametrize("page", ["400.html", "403.html", "404.html", "500.html"])
def test_an_error_page_needs_no_request(page: str) -> None:
    html = render_to_string(page)
    assert "<h1>" in html
    assert "<form" not in html


def test_a_refusal_says_why_and_whom_to_talk_to() -> None:
    html = render_to_string("403.html", {"explanation": "Only Johan and Marieke read this.", "talk_to": "Johan"})
    assert "Only Johan and Marieke read this." in html
    assert "Talk to Johan." in html


# ── Lists, the line of time, versions ────────────────────────────────────────


def header(address: str) -> str:
    return draw('{% sort_header "name" "Name" %}', request=RequestFactory().get(address))


def test_sorting_turns_round_and_keeps_the_rest_of_the_address() -> None:
    assert 'href="?q=bos&amp;sort=name"' in header("/coaches/?q=bos&page=3")
    assert 'aria-sort="ascending"' in header("/coaches/?sort=name")
    assert 'href="?sort=-name"' in header("/coaches/?sort=name")
    assert 'aria-sort="descending"' in header("/coaches/?sort=-name")


def test_the_pager_keeps_the_search_and_is_silent_on_one_page() -> None:
    request = RequestFactory().get("/coaches/?q=bos")
    pages = Paginator(range(60), 25)
    html = render_to_string("web/components/pager.html", {"page": pages.page(1), "request": request})
    assert 'href="?q=bos&amp;page=2"' in html
    assert "1 to 25 of 60" in html
    one = Paginator(range(3), 25).page(1)
    assert "<nav" not in render_to_string("web/components/pager.html", {"page": one, "request": request})


def test_the_line_marks_the_present_for_everyone() -> None:
    moments = [
        {"state": "past", "when": "1 September", "title": "You asked", "own": "Half and half."},
        {"state": "present", "when": "tomorrow", "title": "Third talk", "actions": [{"url": "/x/", "label": "Write"}]},
    ]
    html = render_to_string("web/components/line.html", {"items": moments})
    assert html.count('aria-current="step"') == 1
    assert '<p class="own">Half and half.</p>' in html
    assert '<a class="button" href="/x/">Write</a>' in html


def test_changes_are_whole_words_and_give_both_texts_back() -> None:
    old, new = "Ik maak een plan.\nVoor mij.", "We maken een plan.\nVoor mij en het team."
    found = word_changes(old, new)
    assert "".join(c.text for c in found if c.kind != "removed") == new
    assert "".join(c.text for c in found if c.kind != "added").split() == old.split()
    assert [c.words for c in found if c.kind == "removed"] == ["Ik maak", "mij."]


def test_changes_are_heard_as_well_as_seen() -> None:
    html = draw("{% changes old new %}", old="een <b>", new="een team")
    assert "removed:" in html
    assert "added:" in html
    assert "&lt;b&gt;" in html


def test_an_icon_is_silent_and_a_wrong_name_is_loud() -> None:
    assert 'aria-hidden="true"' in icon_svg("sun")
    with pytest.raises(UnknownIconError):
        icon_svg("no-such-icon")


# ── Mail ─────────────────────────────────────────────────────────────────────


def test_a_mail_says_the_same_in_text_and_has_one_button() -> None:
    words = {"action_url": "https://klankbord.example/x/", "action_label": "Read it"}
    html, text = render_to_string("web/mail.html", words), render_to_string("web/mail.txt", words)
    assert html.count("<a href=") == 1
    assert "Read it: https://klankbord.example/x/" in text
