"""What changes about waves. Every verb leaves its audit row; putting a ballot in the box leaves none (``ballots``)."""

from klankbord.culture.actions.ballots import Received, cast_ballot
from klankbord.culture.actions.closing import count_wave, forget_words, publish_wave
from klankbord.culture.actions.waves import (
    change_wave,
    choose_paper,
    close_wave,
    draft_wave,
    drop_wave,
    open_wave,
    plan_reminders,
    prepare_classes,
    print_letters,
    remind,
    remind_as_planned,
)

__all__ = [
    "Received",
    "cast_ballot",
    "change_wave",
    "choose_paper",
    "close_wave",
    "count_wave",
    "draft_wave",
    "drop_wave",
    "forget_words",
    "open_wave",
    "plan_reminders",
    "prepare_classes",
    "print_letters",
    "publish_wave",
    "remind",
    "remind_as_planned",
]
