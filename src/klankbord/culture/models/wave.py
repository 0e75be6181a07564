"""A wave: what is asked, of whom and until when; and who was invited."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.core.wording import Wording
from klankbord.culture.instrument import Instrument, OpenQuestion, Rated, instrument, own_item
from klankbord.culture.rules.ballots import FULL_SIZE, PULSE_SIZE
from klankbord.culture.rules.waves import NAMES, SMALLEST, Attribute, State
from klankbord.people.models import Person
from klankbord.privacy import vault


class Wave(OrganisationModel):
    """One time of asking. A draft is the coordinators'; from opening on nobody changes what is asked of whom."""

    class Kind(models.TextChoices):
        FULL = "full"
        PULSE = "pulse"

    class Whom(models.TextChoices):
        ALL = "all"
        UNITS = "units"
        SAMPLE = "sample"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FULL)
    instrument_version = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    about_nl = models.CharField(max_length=600, blank=True)
    about_en = models.CharField(max_length=600, blank=True)
    # Sentences of the organisation itself, at most five: {"nl": …, "en": …}.
    own_items = models.JSONField(default=list)
    attribute = models.CharField(max_length=10, default=Attribute.NONE, db_collation="C")
    attribute_nl = models.CharField(max_length=60, blank=True)
    attribute_en = models.CharField(max_length=60, blank=True)
    # The classes in their order, once the wave is open: {"nl": …, "en": …}. Their numbers begin at 1.
    classes = models.JSONField(default=list)
    k = models.PositiveSmallIntegerField(default=SMALLEST)
    state = models.CharField(max_length=10, default=State.DRAFT, db_collation="C")
    opens = models.DateField()
    closes = models.DateField()
    whom = models.CharField(max_length=10, choices=Whom.choices, default=Whom.ALL)
    # Ids of the units that are asked with everything under them, when not everybody is.
    units = models.JSONField(default=list)
    sample_size = models.PositiveIntegerField(null=True)
    # Who answers questions about it; named in the letters.
    contact = CompositeKey(Person, related_name="+")
    letters = models.PositiveSmallIntegerField(default=0)
    last_letter_on = models.DateField(null=True)
    # The days on which a reminder goes by itself, and those on which one went, by itself or by hand.
    reminders = ArrayField(models.DateField(), default=list)
    reminded = ArrayField(models.DateField(), default=list)
    # Response in a band of the whole organisation (rules.waves.BANDS), looked at once a day while the wave is open.
    turnout = models.PositiveSmallIntegerField(null=True)
    closed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    keys_gone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-opens", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(k__gte=SMALLEST), name="never_about_fewer_than_five"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "opens"], name="waves_by_day")]

    @property
    def instrument(self) -> Instrument:
        """The questionnaire in the version this wave was made with."""
        return instrument(self.instrument_version)

    @property
    def title(self) -> Wording:
        """What the organisation calls it."""
        return Wording(nl=self.title_nl, en=self.title_en)

    @property
    def about(self) -> Wording:
        """What the organisation says about it."""
        return Wording(nl=self.about_nl, en=self.about_en)

    @property
    def own_rated(self) -> tuple[Rated, ...]:
        """The organisation's own sentences."""
        wordings = [Wording(nl=one["nl"], en=one["en"]) for one in self.own_items]
        return tuple(own_item(number, wording) for number, wording in enumerate(wordings, start=1))

    @property
    def rated(self) -> tuple[Rated, ...]:
        """Every sentence that is asked on five points, in the order of the digits of a ballot."""
        ours = self.instrument.pulse_items if self.kind == self.Kind.PULSE else self.instrument.rated
        return (*ours, *self.own_rated)

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """The questions to answer in own words; a pulse has none."""
        return () if self.kind == self.Kind.PULSE else self.instrument.open_questions

    @property
    def attribute_name(self) -> Wording | None:
        """What the attribute is called; None when there is none."""
        if self.attribute == Attribute.UPLOADED:
            return Wording(nl=self.attribute_nl, en=self.attribute_en)
        return NAMES.get(Attribute(self.attribute))

    @property
    def class_names(self) -> tuple[Wording, ...]:
        """The classes in their order."""
        return tuple(Wording(nl=one["nl"], en=one["en"]) for one in self.classes)

    @property
    def ballot_size(self) -> int:
        """Bytes of each ballot before it is sealed."""
        return PULSE_SIZE if self.kind == self.Kind.PULSE else FULL_SIZE

    @property
    def tokens_scope(self) -> UUID:
        """The key that links and codes are reckoned with. It goes before the box is opened."""
        return vault.scope(self.organisation_id, "wave_tokens", self.pk)

    @property
    def box_scope(self) -> UUID:
        """The key of what lies in the box. It goes as soon as the box is emptied."""
        return vault.scope(self.organisation_id, "wave_box", self.pk)

    @property
    def answers_scope(self) -> UUID:
        """The key of answers between closing and the figures. It goes when the figures are made."""
        return vault.scope(self.organisation_id, "wave_answers", self.pk)

    @property
    def words_scope(self) -> UUID:
        """The key of answers in own words. It goes when they are no longer kept."""
        return vault.scope(self.organisation_id, "wave_words", self.pk)


class WaveUnit(OrganisationModel):
    """A unit as it was when the wave opened: an old wave is never told again under a new tree.

    Ids without references, because units may go.
    """

    wave = CompositeKey(Wave, related_name="tree")
    unit_id = models.UUIDField()
    parent_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=600, db_collation="C")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wave", "unit_id"], name="one_wave_unit_per_unit"),
        ]


class Preparation(OrganisationModel):
    """What a coordinator laid ready about one person: class, and whether on paper. It goes when the wave opens."""

    wave = CompositeKey(Wave, related_name="preparations")
    person = CompositeKey(Person, related_name="+")
    group = models.CharField(max_length=60, blank=True)
    paper = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wave", "person"], name="one_preparation_per_person"),
        ]


class Invitation(OrganisationModel):
    """That somebody was invited, in which unit, and how. It holds no link, no code, and not whether it was used.

    SECURITY: nothing here may ever differ between who answered and who did not. A letter's day is no moment.
    """

    class By(models.TextChoices):
        MAIL = "mail"
        PAPER = "paper"

    wave = CompositeKey(Wave, related_name="invitations")
    person = CompositeKey(Person, related_name="+")
    unit_id = models.UUIDField()
    by = models.CharField(max_length=10, choices=By.choices, db_collation="C")
    letters = models.PositiveSmallIntegerField(default=0)
    letter_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wave", "person"], name="one_invitation_per_person"),
        ]
