"""Accounts to sign in with, and the persons they are inside an organisation."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel


class AccountManager(BaseUserManager["Account"]):
    """Accounts are known by their e-mail address, in lower case."""

    def create_user(self, email: str, **fields: Any) -> "Account":
        """Make an account without a password: one signs in with a code or through the organisation's provider."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. It says nothing about a person; one account may belong to persons of several organisations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


class Unit(OrganisationModel):
    """A part of the organisation. Units form one tree; ``path`` names the way down to it."""

    parent = CompositeKey("self", null=True, blank=True, related_name="children")
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=600, db_collation="C")
    code = models.CharField(max_length=40, blank=True, db_collation="C")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "path"], name="one_unit_per_path"),
        ]

    def __str__(self) -> str:
        return self.name


# SECURITY: everybody may change the own row, for the language on screen. Without this somebody could make themselves
# the manager of nobody, or take another's address.
ONLY_THE_OWN_LANGUAGE = pgtrigger.Trigger(
    name="only_the_own_language",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    func="""
        if klankbord_holds('administrator') then
            return new;
        end if;
        if to_jsonb(new) - 'language' is distinct from to_jsonb(old) - 'language' then
            raise exception 'Cannot update: only an administrator changes more than the own language';
        end if;
        return new;
    """,
)


# SECURITY: only the function that looks at the agreement between two organisations lets a guest in.
GUESTS_BY_FUNCTION = pgtrigger.Trigger(
    name="guests_by_function",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app' and new.guest"),
    func="""
        if tg_op = 'INSERT' or not old.guest then
            raise exception 'Cannot write: a guest comes in through an agreement on lending coaches';
        end if;
        return new;
    """,
)


class Person(OrganisationModel):
    """Somebody, inside one organisation.

    A *guest* coaches here and works at an organisation that lends its coaches. A guest is no member of staff: row
    security shows a guest the own coaching and nothing else, and no list of people names one.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="persons", null=True)
    staff_number = models.CharField(max_length=40, blank=True, db_collation="C")
    name = models.CharField(max_length=120)
    # Under row security only comparisons in collation "C" may use an index, so what is sorted is stored normalised.
    sort_key = models.CharField(max_length=160, db_collation="C", editable=False)
    email = models.EmailField(db_collation="C")
    language = models.CharField(max_length=5, default="nl")
    unit = CompositeKey(Unit, related_name="people")
    manager = CompositeKey("self", null=True, blank=True, related_name="reports")
    employer = models.CharField(max_length=120, blank=True)
    active = models.BooleanField(default=True)
    # With a default in the database: people are added by functions that name their columns.
    guest = models.BooleanField(default=False, db_default=False)

    class Meta:
        triggers: ClassVar = [ONLY_THE_OWN_LANGUAGE, GUESTS_BY_FUNCTION]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "staff_number"],
                condition=~models.Q(staff_number=""),
                name="one_person_per_staff_number",
            ),
            models.UniqueConstraint(fields=["organisation", "email"], name="one_person_per_email"),
            models.UniqueConstraint(fields=["organisation", "account"], name="one_person_per_account"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "sort_key"], name="people_by_name"),
            models.Index(fields=["organisation", "unit"], name="people_by_unit"),
            models.Index(fields=["organisation", "manager"], name="people_by_manager"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """How people are called on screen."""
        return self.name.split(" ")[0]

    @property
    def external(self) -> bool:
        """Whether somebody works for another employer, such as a coaching bureau."""
        return bool(self.employer)


class LineSpell(OrganisationModel):
    """Who managed whom from when to when; no ``until`` is: still. As readable as who manages whom now.

    The database writes it whenever a manager changes, whichever way that happened, and the application cannot: a line
    that somebody led is a reason not to coach there, and not to be argued away. Ids without references, because a
    staff file of 100,000 people writes as many.
    """

    person_id = models.UUIDField()
    manager_id = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person_id", "since"], name="line_spells_by_person"),
            models.Index(fields=["manager_id"], name="line_spells_by_manager"),
        ]


class Membership(OrganisationModel):
    """A role that a person holds in the organisation. Everyone is an employee; that is no row."""

    class Role(models.TextChoices):
        COACH = "coach"
        ORGANISATION_COACH = "organisation_coach"
        COORDINATOR = "coordinator"
        LEADERSHIP = "leadership"
        ADMINISTRATOR = "administrator"
        FINANCE = "finance"

    person = CompositeKey(Person, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices, db_collation="C")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "role"], name="one_membership_per_role"),
        ]


class StaffImport(OrganisationModel):
    """An uploaded staff file, kept as long as somebody looks at its preview. Only the uploader may open it."""

    person_id = models.UUIDField()
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    complete = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)


class Notification(OrganisationModel):
    """Something to tell one person: shown under "Vandaag" and sent by mail. It carries a kind, never content."""

    person = CompositeKey(Person, related_name="+")
    kind = models.CharField(max_length=60)
    link = models.CharField(max_length=300)
    parameters = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "person", "made_at"], name="notifications_by_person")]
