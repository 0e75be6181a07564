"""What other apps may use of the culture scan."""

from klankbord.culture.actions import Received, cast_ballot, close_wave, draft_wave, open_wave, remind
from klankbord.culture.models import Wave
from klankbord.culture.queries import publication_of, published_units_of, wave_behind, wave_for, waves
from klankbord.culture.rules.waves import WavePlan
from klankbord.culture.today import scan_lines

__all__ = [
    "Received",
    "Wave",
    "WavePlan",
    "cast_ballot",
    "close_wave",
    "draft_wave",
    "open_wave",
    "publication_of",
    "published_units_of",
    "remind",
    "scan_lines",
    "wave_behind",
    "wave_for",
    "waves",
]
