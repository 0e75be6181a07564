"""How long it usually takes from asking to the first talk, as it was published for everybody."""

from klankbord.engagements.models import WaitingFigure


def usual_wait() -> WaitingFigure | None:
    """The last figure that was published; None as long as there is none."""
    return WaitingFigure.objects.order_by("-until").first()
