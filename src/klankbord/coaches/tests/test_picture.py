"""A photo is made anew: small, upright, and with nothing in it but what one sees."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from tests.part_pool import drawn

from klankbord.coaches import picture
from klankbord.coaches.picture import PictureRefused, Refusal, paper_from, photo_from

HERE = b"52.0907, 5.1214"
CAMERA = 0x0110
ORIENTATION = 0x0112
GPS = 0x8825


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def taken_somewhere() -> bytes:
    """A photo as a telephone takes one: on its side, with the place and the telephone in it."""
    exif = Image.Exif()
    exif[CAMERA] = "Telefoon van Marieke"
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (52.0, 5.0, 26.5), 3: "E", 4: (5.0, 7.0, 17.0)}
    return drawn(1200, 900, exif=exif, comment=HERE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_a_small_square(kind):
    made = opened(photo_from(drawn(1200, 700, kind)))
    assert (made.format, made.mode, made.size) == ("WEBP", "RGB", (480, 480))


def test_where_and_with_what_it_was_taken_stays_behind():
    before = taken_somewhere()
    assert opened(before).getexif().get_ifd(GPS)
    after = photo_from(before)
    assert dict(opened(after).getexif()) == {}
    assert set(opened(after).info) <= {"loop", "background", "timestamp", "duration"}
    for trace in (b"EXIF", b"XMP", b"ICCP", HERE, b"Telefoon"):
        assert trace not in after
    assert HERE in before


def test_a_photo_on_its_side_is_put_upright():
    # Left half white, right half black; turned a quarter to the right, white is above.
    side = Image.new("RGB", (400, 400), "black")
    side.paste("white", (0, 0, 200, 400))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    kept = BytesIO()
    side.save(kept, "JPEG", exif=exif)
    made = opened(photo_from(kept.getvalue())).convert("L")
    above, below = made.tobytes()[400 * 40 + 200], made.tobytes()[400 * 360 + 200]
    assert (above > 200, below < 50) == (True, True)


def test_other_colours_become_plain_ones_and_what_is_transparent_white():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in opened(photo_from(drawn(600, 600, icc_profile=profile))).info
    kept = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(kept, "PNG")
    assert opened(photo_from(kept.getvalue())).getpixel((150, 150)) == (255, 255, 255)


def test_a_small_picture_is_not_blown_up_and_a_paper_keeps_its_shape():
    assert opened(photo_from(drawn(200, 120))).size == (120, 120)
    assert opened(paper_from(drawn(4000, 2000))).size == (2000, 1000)


def png_that_claims(width: int, height: int) -> bytes:
    """A file of a few bytes whose head promises a picture of any size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Refusal.NO_PICTURE),
        (b"%PDF-1.7 een cv", Refusal.NO_PICTURE),
        (drawn(300, 300)[:800], Refusal.NO_PICTURE),
        (drawn(kind="GIF"), Refusal.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Refusal.NO_PICTURE),
        (png_that_claims(10_000, 10_000), Refusal.TOO_MANY_PIXELS),
        (png_that_claims(60_000, 60_000), Refusal.TOO_MANY_PIXELS),
        (b"\xff\xd8" + b"0" * picture.MOST_BYTES, Refusal.TOO_LARGE),
    ],
    ids=["nothing", "a document", "half a picture", "a gif", "a drawing", "a bomb", "a great bomb", "too large"],
)
def test_what_is_no_picture_or_too_much_is_refused_with_the_reason(content, why):
    with pytest.raises(PictureRefused) as refused:
        photo_from(content)
    assert refused.value.why is why
