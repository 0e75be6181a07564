""" "Onze afspraken" as one form: the plan of the talks, and every clause with its own words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klankbord.core import clock
from klankbord.core.comparison import same_words
from klankbord.core.forms import KlankbordFormMixin
from klankbord.engagements.forms.course import FURTHEST, TOO_LONG, local_moment
from klankbord.engagements.queries.drafting import Offer, first_moment, refilled
from klankbord.engagements.queries.policy import Policies
from klankbord.engagements.rules.agreement import Clause
from klankbord.policy.api import InForce

LONGEST_CLAUSE = 5_000
MOST_OWN = 20
OWN_ID = re.compile(r"own-[1-9]\d?")


class AcceptForm(forms.Form):
    """Which version somebody says yes to: the one that was on the screen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


@dataclass(frozen=True)
class ClauseFields:
    """The fields of one clause, for the template."""

    id: str
    title: str
    why: str
    text: BoundField
    included: BoundField
    filled: BoundField
    own_title: BoundField | None


def _whole(label: Any, low: int, high: int, reason: Any = "", unit: Any = "") -> forms.IntegerField:
    # Lazily: the form is made once, and read in the language of whoever opens it.
    between = lazy(lambda: gettext("Choose a number from %(low)d to %(high)d.") % {"low": low, "high": high}, str)()
    errors = {"required": between, "invalid": between, "min_value": between, "max_value": between}
    return forms.IntegerField(label=label, min_value=low, max_value=high, help_text=reason, error_messages=errors)


class AgreementForm(KlankbordFormMixin, forms.Form):
    """The plan, and for each clause a text and whether it belongs; for a clause of their own also a title.

    ``filled_…`` remembers what the facts alone made of a clause, so that words somebody chose are never filled over.
    """

    day = forms.DateField(label=_("First talk on"), error_messages={"required": _("Choose a day.")})
    time = forms.TimeField(label=_("At"), error_messages={"required": _("Choose a time.")})
    place = forms.CharField(
        label=_("Where do you meet?"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("A place fits in %(limit_value)d characters.")},
    )
    count = _whole(_("How many talks?"), 1, 30)
    weeks = _whole(_("Every how many weeks?"), 1, 12)
    minutes = _whole(_("How many minutes each?"), 15, 240)
    evaluate_after = _whole(_("Look back together after talk"), 1, 30)
    retention_months = _whole(_("Keep the texts how many months after closing?"), 0, 24)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    own = forms.CharField(widget=forms.HiddenInput, required=False)

    PLAN = ("day", "time", "place", "count", "weeks", "minutes", "evaluate_after", "retention_months")

    def __init__(
        self,
        *args: Any,
        titles: Mapping[str, str],
        reasons: Mapping[str, str],
        first_was: datetime | None = None,
        policies: Policies,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titles, self.reasons, self.first_was, self.policies = titles, reasons, first_was, policies
        given = self.data.get("own", "") if self.is_bound else self.initial.get("own", "")
        self.own_ids = own_ids(given)
        for clause_id in (*titles, *self.own_ids):
            self._add_clause(clause_id)
        if policies.newer:
            self._offer_policy(policies.now.number)

    def _offer_policy(self, number: int) -> None:
        """The choice to go on under the policy that holds now."""
        self.fields["newer_policy"] = forms.BooleanField(
            label=_("We go on under version %(number)d of the policy") % {"number": number},
            help_text=_(
                "Only if you both want to: it holds once all have said yes. "
                "The coordinator sees under which version you work."
            ),
            required=False,
        )

    def _add_clause(self, clause_id: str) -> None:
        own = clause_id in self.own_ids
        if own:
            self.fields[f"title_{clause_id}"] = forms.CharField(label=_("Title"), required=False, max_length=120)
        self.fields[f"in_{clause_id}"] = forms.BooleanField(label=_("This belongs in our agreement"), required=False)
        self.fields[f"text_{clause_id}"] = forms.CharField(
            label=_("What we agree") if own else self.titles[clause_id],
            help_text=self.reasons.get(clause_id, ""),
            required=False,
            max_length=LONGEST_CLAUSE,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"max_length": TOO_LONG},
        )
        self.fields[f"filled_{clause_id}"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=LONGEST_CLAUSE, strip=False
        )

    @property
    def under(self) -> InForce:
        """The version of the policy that this version of the agreement would be under, as the form stands."""
        taken_over = "newer_policy" in self.fields and self["newer_policy"].value()
        return self.policies.now if taken_over else self.policies.kept

    def clause_fields(self) -> list[ClauseFields]:
        """Every clause with its fields, in the order of the page."""
        return [
            ClauseFields(
                id=one,
                title=self.titles.get(one, ""),
                why=self.reasons.get(one, ""),
                text=self[f"text_{one}"],
                included=self[f"in_{one}"],
                filled=self[f"filled_{one}"],
                own_title=self[f"title_{one}"] if one in self.own_ids else None,
            )
            for one in (*self.titles, *self.own_ids)
        ]

    def clean(self) -> dict[str, Any]:
        """The talks can be planned, and every clause that belongs says something."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["based_on"] = cleaned.get("based_on") or 0
        if cleaned.get("day") and cleaned.get("time"):
            self._clean_first(cleaned)
        if (cleaned.get("evaluate_after") or 0) > (cleaned.get("count") or 99):
            self.add_error("evaluate_after", _("There are fewer talks than this."))
        belonging = [one for one in (*self.titles, *self.own_ids) if cleaned.get(f"in_{one}")]
        for one in belonging:
            if f"text_{one}" in cleaned and not cleaned[f"text_{one}"].strip():
                self.add_error(f"text_{one}", _("Write a few words, or leave this clause out."))
            if one in self.own_ids and not cleaned.get(f"title_{one}", "").strip():
                self.add_error(f"title_{one}", _("Give this clause a title."))
        if not belonging:
            self.add_error(None, _("Choose at least one clause."))
        return cleaned

    def _clean_first(self, cleaned: dict[str, Any]) -> None:
        first = local_moment(cleaned["day"], cleaned["time"])
        cleaned["first"] = first
        # While the talks run, the first one lies behind them; it may stay where it was.
        if first <= clock.now() and first != self.first_was:
            self.add_error("day", _("This moment has passed already. Choose one that is still to come."))
        elif first > clock.now() + FURTHEST:
            self.add_error("day", _("This is more than two years away. Choose a day nearer by."))

    def plan(self) -> dict[str, Any] | None:
        """The plan, when everything it needs is right. Ask for it after ``is_valid()``."""
        cleaned = getattr(self, "cleaned_data", {})
        numbers = {name: cleaned.get(name) for name in self.PLAN[3:]}
        if "first" not in cleaned or None in numbers.values() or set(self.errors) & set(self.PLAN):
            return None
        return {"first": cleaned["first"].isoformat(), "place": cleaned.get("place", ""), **numbers}

    def chosen(self) -> list[Clause]:
        """The clauses that belong, as they were written. Only of a valid form."""
        cleaned = self.cleaned_data
        return [
            Clause(one, self.titles.get(one) or cleaned[f"title_{one}"].strip(), cleaned[f"text_{one}"].strip())
            for one in (*self.titles, *self.own_ids)
            if cleaned.get(f"in_{one}")
        ]


@dataclass(frozen=True)
class PlanChange:
    """One fact about the talks in which two plans differ, in words."""

    label: str
    old: str
    new: str


def plan_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[PlanChange]:
    """The facts in which two plans differ, under the labels of the form."""
    labels = {"first": _("First talk on")} | {
        name: AgreementForm.base_fields[name].label for name in AgreementForm.PLAN
    }
    return [
        PlanChange(str(label), _fact(old, name), _fact(new, name))
        for name, label in labels.items()
        if name in new and old.get(name) != new[name]
    ]


def _fact(plan: Mapping[str, Any], name: str) -> str:
    return date_format(first_moment(plan), "l j F Y, H.i") if name == "first" else str(plan.get(name, ""))


def own_ids(text: Any) -> tuple[str, ...]:
    """The ids of the clauses people added themselves, from the hidden field that carries them."""
    found = dict.fromkeys(one for one in str(text or "").split(",") if OWN_ID.fullmatch(one))
    return tuple(found)[:MOST_OWN]


def first_values(
    plan: Mapping[str, Any] | None,
    offers: Sequence[Offer],
    based_on: int,
    *,
    usual: Mapping[str, int],
    newer_policy: bool = False,
) -> dict[str, Any]:
    """What the form begins with: the last plan, and what is *usual* where there is none."""
    values: dict[str, Any] = {**usual, **(plan or {}), "based_on": based_on, "newer_policy": newer_policy}
    if plan:
        first = first_moment(plan)
        values |= {"day": first.date(), "time": first.time()}
    for offer in offers:
        values |= {
            f"title_{offer.id}": offer.title,
            f"text_{offer.id}": offer.text,
            f"filled_{offer.id}": offer.filled,
            f"in_{offer.id}": offer.included,
        }
    values["own"] = ",".join(offer.id for offer in offers if OWN_ID.fullmatch(offer.id))
    return values


def values_of_draft(draft: Mapping[str, str], first: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody was typing, over what the form begins with. A box that is not in a draft was not ticked."""
    if not draft:
        return dict(first)
    ticked = {name: name in draft for name in first if name.startswith("in_") or name == "newer_policy"}
    return {**first, **ticked, **draft}


def with_refilled(data: Mapping[str, str], filled: Iterable[Clause]) -> tuple[dict[str, str], list[str]]:
    """What was sent, with the clauses nobody touched filled again; and the titles of those that now read otherwise."""
    values, changed = dict(data), []
    for clause in filled:
        text, was = values.get(f"text_{clause.id}", ""), values.get(f"filled_{clause.id}", "")
        values[f"text_{clause.id}"] = refilled(text, was, clause.text)
        values[f"filled_{clause.id}"] = clause.text
        # Browsers send line ends in their own way: only other words are another clause.
        if not same_words(values[f"text_{clause.id}"], text) and f"in_{clause.id}" in values:
            changed.append(clause.title)
    return values, changed


def with_one_more(data: Mapping[str, str]) -> dict[str, str]:
    """What was sent, with room for one more clause of their own."""
    ids = own_ids(data.get("own", ""))
    numbers = {int(one.removeprefix("own-")) for one in ids}
    free = next(number for number in range(1, 100) if number not in numbers)
    added = f"own-{free}"
    return {**data, "own": ",".join((*ids, added)), f"in_{added}": "on"}
