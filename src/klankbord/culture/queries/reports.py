"""Reads for reports: of published sets only. Which units somebody reads is said by the row policies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from klankbord.core import clock
from klankbord.culture import ballots
from klankbord.culture.models import Publication, PublishedUnit, PublishedWhole, TeamDecision, Wave, WaveUnit
from klankbord.culture.rules.classes import ByClass, by_class, cells_to_show
from klankbord.culture.rules.decisions import kept_since, kept_until
from klankbord.culture.rules.reports import Figures, Report, Unit, figures_of, pulse_of, report_of
from klankbord.culture.rules.waves import State
from klankbord.people.api import Person
from klankbord.privacy import vault

READ_ALL = frozenset({"coordinator", "leadership"})


def published_waves(since: date | None = None) -> list[Wave]:
    """Every wave of which something is published, the newest first; or only those published on *since* or later."""
    found = Wave.objects.filter(state=State.PUBLISHED).order_by("-opens", "-published_on", "id")
    return list(found if since is None else found.filter(published_on__gte=since))


def published_wave_for(pk: UUID) -> Wave:
    """The door to what is published of a wave. Raises ``Http404``."""
    wave = Wave.objects.filter(pk=pk, state=State.PUBLISHED).first()
    if wave is None:
        raise Http404
    return wave


def wave_for_readers_of_all(pk: UUID, roles: Collection[str]) -> Wave:
    """The same, for coordinators and leadership. Raises ``PermissionDenied`` for everybody else."""
    if not READ_ALL & set(roles):
        raise PermissionDenied
    return published_wave_for(pk)


def whole_unit(wave: Wave) -> WaveUnit:
    """The organisation as a whole, as it was when the wave opened."""
    root = WaveUnit.objects.filter(wave=wave, parent_id=None).order_by("path").first()
    if root is None:
        raise Http404
    return root


def my_units(wave: Wave) -> list[WaveUnit]:
    """The acting person's own unit, those above it and those of the people they lead, as they were; the root first."""
    return list(WaveUnit.objects.filter(wave=wave, unit_id__in=ballots.units_read()).order_by("path"))


def unit_for(wave: Wave, unit: UUID, roles: Collection[str]) -> WaveUnit:
    """The door to the report of a unit. Raises ``Http404`` for a unit that is not for the acting person.

    SECURITY: it does not look whether anything is published of it. A unit about which nothing is told, for whatever
    reason, is answered like one about which nobody may know why.
    """
    found = WaveUnit.objects.filter(wave=wave, unit_id=unit).first()
    if found is None or not (READ_ALL & set(roles) or found.unit_id in ballots.units_read()):
        raise Http404
    return found


@dataclass(frozen=True)
class Told:
    """What is published of one unit in one wave: its report, how many answered and were invited, and of earlier times.

    ``over_time`` holds the report of each published wave, the oldest first. ``by_class`` is None when the wave laid
    nothing beside the answers.
    """

    wave: Wave
    unit: WaveUnit
    report: Report
    answered: int | None
    invited: int | None
    before: Wave | None
    everybody: Mapping[str, Any]
    over_time: tuple[tuple[Wave, Report], ...]
    by_class: ByClass | None = None


def told_of(wave: Wave, unit: WaveUnit, root: WaveUnit) -> Told:
    """Everything a report shows, in three questions to the database however many waves and units there are."""
    waves = {one.pk: one for one in published_waves()}
    rows = PublishedUnit.objects.filter(unit_id__in={unit.unit_id, root.unit_id}, wave_id__in=waves)
    found = {(one.wave_id, one.unit_id): one for one in rows}
    everybody = everybody_of(wave)
    before = waves.get(UUID(everybody["before"])) if everybody.get("before") else None

    def report(of: Wave, earlier: Wave | None = None) -> Report:
        row = found.get((of.pk, unit.unit_id))
        read = Unit(
            figures=_figures(row),
            whole=_figures(found.get((of.pk, root.unit_id))),
            before=_figures(found.get((earlier.pk, unit.unit_id))) if earlier else {},
            moves=row.about.get("change", {}) if row else {},
        )
        return _report(of, read)

    row = found.get((wave.pk, unit.unit_id))
    return Told(
        wave=wave,
        unit=unit,
        report=report(wave, before),
        answered=row.answered if row else None,
        invited=row.invited if row else None,
        before=before,
        everybody=everybody,
        over_time=tuple((one, report(one)) for one in sorted(waves.values(), key=lambda one: one.opens)),
        by_class=_by_class(wave, row, of_all=unit.unit_id == root.unit_id),
    )


def _report(wave: Wave, unit: Unit) -> Report:
    if wave.kind == Wave.Kind.PULSE:
        return pulse_of(unit, wave.rated)
    return report_of(wave.instrument, unit, wave.own_rated)


def _by_class(wave: Wave, row: PublishedUnit | None, *, of_all: bool) -> ByClass | None:
    """What the publication tells of classes in a unit. Classes are known in it by their numbers."""
    if wave.attribute_name is None or not wave.classes:
        return None
    names = wave.class_names
    cells = cells_to_show(row.cells, len(names), of_all=of_all) if row else []
    of_classes = [figures_of(cells, str(number)) for number in range(1, len(names) + 1)]
    reports = [_report(wave, Unit(figures=one)) for one in of_classes]
    return by_class(_report(wave, Unit(figures=_figures(row))), reports, wave.attribute_name, names)


def _figures(row: PublishedUnit | None) -> Figures:
    return figures_of(row.cells) if row else {}


def everybody_of(wave: Wave) -> Mapping[str, Any]:
    """How far the figures of a wave can be trusted; empty when that is not told."""
    found = PublishedWhole.objects.filter(wave=wave).values_list("about", flat=True).first()
    return found or {}


def relations_of(wave: Wave) -> Mapping[str, Any]:
    """How dimensions and outcomes go together in the whole organisation, for who reads all; empty when not told."""
    found = Publication.objects.filter(wave=wave).values_list("about", flat=True).first()
    together: Mapping[str, Any] = (found or {}).get("together", {})
    return together


def all_units(wave: Wave) -> list[WaveUnit]:
    """Every unit as it was, in the order of the tree."""
    return list(WaveUnit.objects.filter(wave=wave).order_by("path"))


def rows_of_units(wave: Wave, units: Collection[UUID] | None = None) -> dict[UUID, PublishedUnit]:
    """What is published of these units, or of all, by unit. What is withheld is left where it is: no page tells it."""
    rows = PublishedUnit.objects.filter(wave=wave).defer("withheld")
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    return {one.unit_id: one for one in rows}


# --- what a team decided --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """Something a team decided, with its words."""

    row: TeamDecision
    text: str

    @property
    def until(self) -> date:
        """The last day on which the team reads it."""
        return kept_until(self.row.decided_on)


def decisions_of(unit: UUID) -> list[Decided]:
    """What the team decided and is still kept, the oldest first. Empty for who is not in it.

    What was kept long enough is not shown any more, also when it still waits for the night that takes it away: its key
    may be gone already.
    """
    kept = TeamDecision.objects.filter(unit_id=unit, decided_on__gte=kept_since(clock.today()))
    rows = list(kept.order_by("decided_on", "id"))
    vault.prepare(rows)
    return [Decided(row, vault.read(row, "text")) for row in rows]


def own_team(person: Person, unit: UUID) -> None:
    """The door to writing for a team: only who is in it. Raises ``PermissionDenied``."""
    if person.unit_id != unit:
        raise PermissionDenied


def decision_for(unit: UUID, pk: UUID) -> TeamDecision:
    """The door to one decision of a team. Raises ``Http404``."""
    row = TeamDecision.objects.filter(pk=pk, unit_id=unit).first()
    if row is None:
        raise Http404
    return row
