"""The first page: one thing to do now, and who sees it."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_somebody_without_anything_waiting_is_shown_how_to_begin(site, no_barriers, shots, width, scheme):
    page = site.open_as("johan", width=width, scheme=scheme)
    assert "Johan" in page.locator("h1").inner_text()
    assert page.locator("main a[href='/waterland/vraag/']").count() == 1
    no_barriers(page)
    if shots:
        page.screenshot(path=shots / f"today-{width}-{scheme}.png", full_page=True)
