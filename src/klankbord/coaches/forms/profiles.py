"""What a coach says on the profile, the photo, the room there is; and what colleagues look for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.actions.profiles import ProfileWords
from klankbord.coaches.models import CoachProfile
from klankbord.coaches.picture import PictureRefused, Refusal, photo_from
from klankbord.coaches.queries.profiles import ONLINE, Looking
from klankbord.coaches.texts import profile_texts
from klankbord.coaches.wording import all_themes, open_themes, options, sensitive_themes, story_beginnings
from klankbord.core import clock
from klankbord.core.forms import Chips, ChoiceChips, KlankbordFormMixin, SendOnce

STORIES = ("story_first", "story_during", "story_limits")
CHOSEN = ("themes", "sensitive_themes", "ways", "languages", "day_parts")
MOST_PLACES = 12

REFUSED: Mapping[Refusal, Any] = {
    Refusal.TOO_LARGE: _("This file is too large. Choose a picture of at most 8 MB."),
    Refusal.TOO_MANY_PIXELS: _("This picture has too many pixels. Make it smaller first: 4,000 by 4,000 is plenty."),
    Refusal.NO_PICTURE: _("This is no picture that can be read. Choose a JPEG, PNG or WebP file."),
}


def _several(label: Any, of: Any, help_text: Any = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=options(of), required=required, widget=Chips, help_text=help_text
    )


def _story() -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(required=False, max_length=1200, widget=area)


class ProfileForm(KlankbordFormMixin, forms.Form):
    """Everything that stands on a profile."""

    introduction = forms.CharField(
        label=_("Who are you, in your own words?"),
        help_text=_("A few sentences that help somebody to choose. Rather no names of [[clients]]."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write at least one sentence about yourself.")},
    )
    story_first = _story()
    story_during = _story()
    story_limits = _story()
    themes = _several(_("What do you know well?"), open_themes)
    sensitive_themes = _several(
        _("Which of these are you used to as well?"),
        sensitive_themes,
        _("These come close. Tick what you have experience with; a coordinator has a look at it."),
    )
    ways = _several(_("How do you work?"), lambda: profile_texts().ways)
    languages = _several(
        _("In which languages do you coach?"), lambda: profile_texts().languages, _("Freely, not just a bit."),
        required=True,
    )  # fmt: skip
    places = forms.CharField(
        label=_("Where can people meet you?"),
        help_text=_("Towns or buildings, with a comma between them. Only online? Leave it empty."),
        required=False,
        max_length=600,
    )
    online = forms.BooleanField(label=_("Online is fine too"), required=False)
    day_parts = _several(_("When can you usually?"), lambda: profile_texts().day_parts)
    gender = forms.ChoiceField(
        label=_("Are you a woman or a man?"),
        help_text=_("It does not stand on your profile. Somebody may rather talk with a woman, or with a man."),
        choices=[("", _("I would rather not say")), ("woman", _("A woman")), ("man", _("A man"))],
        widget=ChoiceChips,
        required=False,
    )

    def __init__(self, *args: Any, asks_gender: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_gender:
            del self.fields["gender"]
        for name, beginning in story_beginnings().items():
            self.fields[name].label = f"{beginning} …"

    def clean_places(self) -> tuple[str, ...]:
        """The places one by one, each once."""
        places = tuple(dict.fromkeys(" ".join(one.split()) for one in self.cleaned_data["places"].split(",")))
        places = tuple(one for one in places if one)
        if len(places) > MOST_PLACES or any(len(one) > 80 for one in places):
            raise forms.ValidationError(gettext("Name at most twelve places, each in a few words."))
        return places

    def clean(self) -> dict[str, Any]:
        """Somewhere people must be able to meet."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("online") and not given.get("places") and "places" not in self.errors:
            self.add_error("places", gettext("Name a place, or tick that online is fine."))
        return given

    @property
    def words(self) -> ProfileWords:
        """What was filled in, of a valid form."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in self.cleaned_data.items()
        }
        return ProfileWords(**given)


def as_it_stands(profile: CoachProfile, typed: Mapping[str, str]) -> dict[str, Any]:
    """The first values of the form: the profile, or what was being typed."""
    names = ("introduction", *STORIES, *CHOSEN, "online", "gender")
    stands: dict[str, Any] = {name: getattr(profile, name) for name in names}
    stands["places"] = ", ".join(profile.places)
    if not typed:
        return stands
    kept: dict[str, Any] = {name: typed.get(name, "") for name in ("introduction", *STORIES, "places", "gender")}
    kept |= {name: typed.get(name, "").split() for name in CHOSEN}
    return kept | {"online": typed.get("online") == "on"}


class RoomForm(KlankbordFormMixin, forms.Form):
    """How much room there is."""

    capacity = forms.IntegerField(
        label=_("How many [[clients]] fit at the same time?"),
        help_text=_("All together, those you have now as well."),
        min_value=0,
        max_value=40,
    )
    paused = forms.BooleanField(
        label=_("No [[new clients]] for now"),
        required=False,
        help_text=_("What runs goes on. Colleagues read that you have no place, and not why."),
    )
    paused_until = forms.DateField(
        label=_("Until and including"),
        required=False,
        help_text=_("After that you have room again by itself. Leave it empty if you do not know yet."),
    )

    def clean(self) -> dict[str, Any]:
        """A pause ends in the future."""
        given: dict[str, Any] = super().clean() or {}
        until = given.get("paused_until")
        if given.get("paused") and until and until < clock.today():
            self.add_error("paused_until", gettext("This day is behind us. Choose a later one."))
        return given


class PhotoForm(KlankbordFormMixin, forms.Form):
    """A photo to show beside one's name."""

    photo = forms.FileField(
        label=_("Your photo"),
        help_text=_("A JPEG, PNG or WebP file of at most 8 MB. A square from the middle of it is shown."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture first. A very large file does not arrive."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_photo(self) -> bytes:
        """The photo, made anew."""
        file: UploadedFile[bytes] = self.cleaned_data["photo"]
        try:
            return photo_from(file.read())
        except PictureRefused as refused:
            raise forms.ValidationError(REFUSED[refused.why]) from refused


class WordForm(SendOnce):
    """A word of a coordinator about a profile."""

    text = forms.CharField(
        label=_("What would you like to see otherwise?"),
        help_text=_("Only the coach and the coordinators read this. It goes once the profile is visible."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write at least one sentence.")},
    )


class LookForm(forms.Form):
    """Which state of a profile a coordinator looked at."""

    seen = forms.CharField()


class CoachesFilter(KlankbordFormMixin, forms.Form):
    """What somebody looks for in a coach; the address holds it all."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    way = forms.ChoiceField(label=_("Way of working"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    employer = forms.ChoiceField(label=_("Works"), required=False)
    room = forms.ChoiceField(label=_("Room"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = profile_texts()
        for name, of in (
            ("theme", all_themes),
            ("way", lambda: texts.ways),
            ("language", lambda: texts.languages),
        ):
            self._offer(name, options(of)())
        self._offer("employer", [("internal", gettext("in the organisation")), ("external", gettext("outside it"))])
        self._offer("room", [("yes", gettext("has a place free"))])
        self._offer("order", [("name", gettext("by name"))], first=gettext("mixed, other every day"))

    def _offer(self, name: str, choices: list[tuple[str, str]], first: str = "") -> None:
        self.fields[name].choices = [("", first or gettext("does not matter")), *choices]  # type: ignore[attr-defined]

    def offer_places(self, places: Iterable[str]) -> None:
        """The places that coaches name, and talking from a distance."""
        self._offer("place", [(ONLINE, gettext("online")), *((place, place) for place in places)])


def looking(query: Mapping[str, str]) -> Looking:
    """What an address asks for. What makes no sense finds nobody, or does not matter; it is never an error."""
    asked = {name: query.get(name, "")[:120] for name in ("theme", "way", "language", "place", "employer")}
    if asked["employer"] not in ("internal", "external"):
        asked["employer"] = ""
    return Looking(
        text=query.get("q", "").strip()[:120],
        room=query.get("room") == "yes",
        by_name=query.get("order") == "name",
        **asked,
    )
