"""Johan and Marieke each take away everything of theirs: from their own details, in one file."""

import io
import json
from zipfile import ZipFile

import pytest

from tests.browser.telling import press, text_of
from tests.story import COACH_PAGE, WORDS, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


@pytest.fixture
def told(site):
    return running(site.cast)


def taken_by(page) -> tuple[ZipFile, str]:
    """The file, and the page in it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Maak het bestand").click()
    assert waiting.value.suggested_filename.startswith("klankbord-")
    file = ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    return file, file.read("alles.html").decode()


def test_johan_and_marieke_each_take_away_what_is_theirs(tell, site, no_barriers, told, tmp_path):
    for name, own, other in (("johan", WORDS, COACH_PAGE), ("marieke", COACH_PAGE, WORDS)):
        page = tell(name)
        page.goto(f"{site.url}/waterland/mijn-gegevens/")
        press(page, "Alles van jou meenemen")
        assert "Klankbord houdt geen kopie." in text_of(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            no_barriers(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            tell.look(page, f"takeout-{name}-{scheme}")
        # A second time as well: the button is not used up by a file that was handed over.
        taken_by(page)
        file, read = taken_by(page)
        assert own in read
        assert other not in read
        assert json.loads(file.read("alles.json"))["klankbord_takeout"] == 1
        kept = tmp_path / f"{name}.html"
        kept.write_text(read)
        page.goto(kept.as_uri())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            no_barriers(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            tell.look(page, f"file-{name}-{scheme}")
