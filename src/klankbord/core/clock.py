"""The one place that asks what time it is, so that a test can turn the clock."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present day where the organisation is (``settings.TIME_ZONE``)."""
    return timezone.localdate()
