"""Work about coaches that happens after the answer."""

from klankbord.coaches.lending.jobs import tell_other_side

__all__ = ["tell_other_side"]
