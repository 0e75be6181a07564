"""Where the tests of waves take place."""

import pytest
from tests.scan import fill_units


@pytest.fixture
def waterland(cast):
    """Waterland with eight more people in each of its five units."""
    fill_units(cast, 8)
    return cast
