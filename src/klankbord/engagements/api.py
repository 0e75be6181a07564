"""What other apps may use of engagements."""

from klankbord.engagements.queries.today import COMING, Moment, Way, moments_for

__all__ = ["COMING", "Moment", "Way", "moments_for"]
