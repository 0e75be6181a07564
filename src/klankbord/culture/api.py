"""What other apps may use of the culture scan.

A coordinator, acting in the organisation, makes and runs a wave: ``draft_wave(once=…, plan=WavePlan(…), contact=…)``,
``open_wave(wave=…)`` (may raise ``CannotOpen`` with findings), ``remind(wave=…)``, ``close_wave(wave=…)``. A job counts
and publishes. More of it (changing, classes, paper) stands in ``culture.actions``; reads stand in ``culture.queries``.

Whoever answers is not signed in: inside ``acting_in(organisation)``, without a person, ``wave_behind(given)`` gives the
wave of a link or code, and ``cast_ballot(given=…, values=…, words=…)`` says what became of the ballot.
"""

from klankbord.culture.actions import Received, cast_ballot, close_wave, draft_wave, open_wave, remind
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import publication_of, wave_behind, wave_for, waves
from klankbord.culture.rules.waves import WavePlan
from klankbord.culture.today import figures_to_read, scan_lines

__all__ = [
    "Received",
    "Wave",
    "WavePlan",
    "cast_ballot",
    "close_wave",
    "draft_wave",
    "figures_to_read",
    "open_wave",
    "publication_of",
    "remind",
    "scan_lines",
    "wave_behind",
    "wave_for",
    "waves",
]
