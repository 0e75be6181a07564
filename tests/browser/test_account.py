"""A year on one page: Fatima looks how it would read, writes a few words and publishes; Anton and Johan read it."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.telling import fill, press, text_of
from tests.part_account import YEAR, a_year

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_fatima_publishes_the_account_of_last_year_and_everybody_reads_it(tell, site, no_barriers, a_year_of_coaching):
    fatima = tell("fatima")
    press(fatima, "Hoe het ging met coaching, jaar na jaar")
    assert "Er is nog geen jaarverslag." in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "years")
    press(fatima, f"Bekijk {YEAR + 1} tot nu toe")
    assert "Alleen voor de coördinatoren" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "so-far")
    press(fatima, "Jaarverslagen")
    press(fatima, f"Maak het jaarverslag van {YEAR}")
    assert "Er kwamen 12 aanvragen binnen." in text_of(fatima)
    assert "€" not in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "make")
    fill(fatima, "Hoe was dit jaar", "Meer mensen vonden de weg naar een coach.")
    fill(fatima, "Wat doen we er volgend jaar mee?", "We zoeken coaches in het noorden.")
    press(fatima, "Publiceer voor iedereen")
    assert "Gepubliceerd." in text_of(fatima)

    johan = tell("johan")
    press(johan, "Hoe het ging met coaching, jaar na jaar")
    press(johan, f"Coaching in {YEAR}")
    assert "Meer mensen vonden de weg naar een coach." in text_of(johan)
    for scheme in ("light", "dark"):
        johan.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        no_barriers(johan)
        assert johan.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        tell.look(johan, f"read-{scheme}")
    with johan.expect_download() as waiting:
        johan.get_by_role("link", name="Bewaar als pdf").click()
    paper = PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    assert len(paper.pages) == 1
    assert "We zoeken coaches in het noorden." in " ".join(paper.pages[0].extract_text().split())
    if tell.shots:
        (tell.shots / "account.pdf").write_bytes(waiting.value.path().read_bytes())

    anton = tell("anton")
    press(anton, "Hoe het ging met coaching, jaar na jaar")
    press(anton, f"Coaching in {YEAR}")
    tell.look(anton, "read-wide")
    assert anton.goto(f"{site.url}/waterland/jaarverslag/{YEAR}/maken/").status == 403


@pytest.fixture
def a_year_of_coaching(site):
    """Twelve people were coached last year, by six coaches."""
    a_year(site.cast, clients=12, coaches=6)
