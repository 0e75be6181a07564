"""A staff file: kept while its uploader looks at what it would do, and carried out whole or not at all."""

from collections.abc import Sequence

from django.db import connection
from procrastinate.contrib.django import app as jobs

from klankbord.core import clock
from klankbord.core.tenant import current_scope
from klankbord.people.actions._carrying_out import carry_out
from klankbord.people.import_rows import StaffRow
from klankbord.people.import_rules import ImportPlan, plan_import
from klankbord.people.mailing import mails_are_held
from klankbord.people.models import Person, StaffImport
from klankbord.people.queries import staff_as_it_stands
from klankbord.people.staff_file import read_staff_file
from klankbord.privacy.audit import action, record

# The job that runs when a staff file was taken in; whoever wants to know defines it.
STAFF_CHANGED = "people.staff_changed"


class NotAsSeen(Exception):
    """The plan is no longer the one that was looked at, or cannot be carried out. Nothing was changed."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__("the staff changed since this plan was shown")
        self.plan = plan


@action("staff_file.keep")
def keep_staff_file(*, person: Person, file_name: str, content: bytes, complete: bool) -> StaffImport:
    """Keep an uploaded file for its uploader. A person looks at one file at a time: an earlier one goes."""
    StaffImport.objects.filter(person_id=person.pk).delete()
    upload = StaffImport(
        organisation_id=current_scope().organisation_id,
        person_id=person.pk,
        file_name=file_name[:200],
        content=content,
        complete=complete,
    )
    upload.save(force_insert=True)
    record("staff_file.keep", upload)
    return upload


@action("staff_file.discard")
def discard_staff_file(*, upload: StaffImport) -> None:
    """The file is thrown away unused."""
    record("staff_file.discard", upload)
    upload.delete()


@action("staff_file.apply")
def apply_staff_file(*, upload: StaffImport, seen: str) -> ImportPlan:
    """Carry out an uploaded file. *seen* is the mark of the plan its uploader looked at.

    Raises :class:`NotAsSeen` when it would now do something else. Afterwards the file itself is gone; what remains of
    the row is that it was applied, so that pressing the button twice does it once.
    """
    plan = _apply(read_staff_file(bytes(upload.content)).rows, complete=upload.complete, seen=seen)
    upload.content, upload.applied_at = b"", clock.now()
    upload.save(update_fields=["content", "applied_at"])
    record("staff_file.apply", upload, detail={"count": _count(plan)})
    return plan


@action("staff_file.apply")
def apply_staff_rows(*, rows: Sequence[StaffRow]) -> ImportPlan:
    """Carry out a file that nobody looks at first, as the command line does. Raises :class:`NotAsSeen` for problems."""
    plan = _apply(rows, complete=False, seen=None)
    record("staff_file.apply", detail={"count": _count(plan)})
    return plan


def _apply(rows: Sequence[StaffRow], *, complete: bool, seen: str | None) -> ImportPlan:
    # One at a time for each organisation: both would otherwise start from the same staff.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(current_scope().organisation_id)])
    staff = staff_as_it_stands()
    plan = plan_import(staff, rows, today=clock.today(), complete=complete)
    if not plan.may_be_carried_out or (seen is not None and seen != plan.mark):
        raise NotAsSeen(plan)
    carry_out(plan, staff)
    _tell_who_waits_for_it()
    return plan


def _tell_who_waits_for_it() -> None:
    """Put a job in the queue for the parts that look again when people moved. It names the organisation alone."""
    if not mails_are_held():
        jobs.configure_task(STAFF_CHANGED).defer(organisation=str(current_scope().organisation_id))


def _count(plan: ImportPlan) -> int:
    return len(plan.additions) + len(plan.changes) + len(plan.leavers)
