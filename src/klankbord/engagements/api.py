"""What other apps may use of engagements."""

from klankbord.engagements.queries.today import Moment, Way, moments_for

__all__ = ["Moment", "Way", "moments_for"]
