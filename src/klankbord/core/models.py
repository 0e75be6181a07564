"""The organisation, and the base of every row that belongs to one."""

import uuid
from typing import Any

from django.db import models


class Organisation(models.Model):
    """A tenant: everything else belongs to exactly one of these.

    Which organisations exist is no secret to the code (the slug stands in every address), so this is the one table
    without a row policy for reading; what hangs under it is guarded row by row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="nl")

    def __str__(self) -> str:
        return self.name


class CompositeKey(models.ForeignKey[Any, Any]):
    """A foreign key between rows of one organisation.

    PostgreSQL checks foreign keys without looking at row security, so a plain key would accept a row of another
    organisation. The constraint is therefore on ``(organisation_id, x_id)`` and made by
    :class:`klankbord.core.schema.CompositeReference`; Django's own single-column constraint is left out.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("db_constraint", None)
        return name, path, args, options


class OrganisationModel(models.Model):
    """A row of one organisation, guarded by row security (see ``klankbord.privacy.access``).

    The primary key is chosen in Python before the insert: sealed texts bind to it, and an insert under row security
    needs no ``RETURNING``, which would demand that the writer may also read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
