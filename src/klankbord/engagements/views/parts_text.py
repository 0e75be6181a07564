"""A text of one's own in parts, such as the plan or the crib: shown, saved, and put side by side when it clashed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.texts import Overtaken, save_text
from klankbord.engagements.afterwards_texts import Ask, questions, titles
from klankbord.engagements.forms.afterwards import PartsForm
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.rules.parts import body_of, in_words, parts_in
from klankbord.engagements.views.engagement_page import Clash, clash_with
from klankbord.engagements.writings import Kind
from klankbord.privacy.drafts import draft_at, drop_draft


@dataclass(frozen=True)
class PartsField:
    """One text in parts to write: its form, where it is sent, and what went on in the meantime if anything did."""

    kind: Kind
    asks: Sequence[Ask]
    form: PartsForm
    place: str
    saved: Text | None
    clash: Clash | None = None

    @property
    def sent(self) -> bool:
        return self.saved is not None and self.saved.sent_at is not None

    @property
    def told(self) -> list[dict[str, str]]:
        """What was saved, part by part with its title."""
        return told_in(self.saved, self.asks)


def told_in(saved: Text | None, asks: Sequence[Ask]) -> list[dict[str, str]]:
    """The parts of a saved text that say something, each with its title in the language on the screen."""
    names = titles(asks, language())
    return [{"title": names[name], "text": text} for name, text in _parts(saved, asks).items()]


def _parts(saved: Text | None, asks: Sequence[Ask]) -> dict[str, str]:
    return parts_in(saved.body, [one.id for one in asks]) if saved else {}


def parts_field(standing: Standing, kind: Kind, asks: Sequence[Ask], place: str, data: Any = None) -> PartsField:
    """The form of a text in parts: filled with what is sent, else what was being typed, else what was saved.

    What was being typed may be older than what was saved since; then both are shown.
    """
    saved = texts_of(standing, [kind]).mine(kind)
    revision, typed = (saved.revision if saved else 0), ({} if data else draft_at(place))
    based_on = typed.get("based_on", "")
    stale = bool(typed and saved and (int(based_on) if based_on.isdigit() else 0) < revision)
    initial = {**_parts(saved, asks), "based_on": revision, **typed}
    if stale:
        initial["based_on"] = revision
    form = PartsForm(data, initial=initial, questions=questions(asks, language()), auto_id=f"{kind.value}_%s")
    field = PartsField(kind, asks, form, place, saved)
    same = form.typed() == {**dict.fromkeys(form.names, ""), **_parts(saved, asks)}
    return _clashed(standing, field) if stale and not same else field


def _clashed(standing: Standing, field: PartsField) -> PartsField:
    """The same field with what was saved in the meantime beside what was typed."""
    if field.saved is None:
        return field
    names = titles(field.asks, language())
    mine = {name: text for name, text in field.form.typed().items() if text.strip()}
    theirs = in_words(_parts(field.saved, field.asks), names)
    return replace(field, clash=replace(clash_with(standing, field.saved, in_words(mine, names)), theirs=theirs))


def take_parts(
    standing: Standing, slug: str, field: PartsField, *, send: bool = False, link: str = ""
) -> PartsField | None:
    """Save what a valid form holds. None when that went well; else the same field with both texts.

    Raises ``NotNow`` when it is too late for it.
    """
    parts = field.form.parts()
    try:
        save_text(
            standing=standing,
            slug=slug,
            kind=field.kind,
            text=body_of(parts, [one.id for one in field.asks]),
            based_on=field.form.cleaned_data["based_on"],
            send=send,
            link=link,
        )
    except Overtaken as overtaken:
        saved = texts_of(standing, [field.kind]).mine(field.kind)
        data = {**parts, "based_on": overtaken.revision}
        form = PartsForm(data, questions=questions(field.asks, language()), auto_id=field.form.auto_id)
        return _clashed(standing, replace(field, form=form, saved=saved))
    drop_draft(field.place)
    return None
