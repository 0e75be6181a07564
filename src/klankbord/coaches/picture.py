"""Pictures that somebody uploads, made anew: small, upright, and with nothing in them but what one sees.

Nothing of the uploaded file is kept. Where it was taken, with which camera, a thumbnail of what was cut off, words in
its margins: all of that stays behind.
"""

from __future__ import annotations

import struct
import zlib
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
PHOTO_SIDE = 480
PAPER_SIDE = 2_000
MEDIA_TYPE = "image/webp"

_FORMATS = ("JPEG", "PNG", "WEBP")
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error, zlib.error)


class Refusal(StrEnum):
    """Why a picture is not taken."""

    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    NO_PICTURE = "no_picture"


class PictureRefused(Exception):
    """A file that is not taken as a picture."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def photo_from(content: bytes) -> bytes:
    """A square photo of at most 480 pixels, from the middle of the picture. Raises :class:`PictureRefused`."""
    picture = _opened(content)
    side = min(PHOTO_SIDE, *picture.size)
    return _saved(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=(0.5, 0.4)))


def paper_from(content: bytes) -> bytes:
    """The whole picture, of at most 2,000 pixels. Raises :class:`PictureRefused`."""
    picture = _opened(content)
    picture.thumbnail((PAPER_SIDE, PAPER_SIDE), Image.Resampling.LANCZOS)
    return _saved(picture)


def _opened(content: bytes) -> Image.Image:
    """The picture, upright and in plain colours."""
    if len(content) > MOST_BYTES:
        raise PictureRefused(Refusal.TOO_LARGE)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            # SECURITY: the size is in the head of the file, so it is known before a single pixel is unpacked. A file
            # of a few kilobytes may hold a picture of many gigabytes.
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused(Refusal.TOO_MANY_PIXELS)
            return _in_plain_colours(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as error:
        raise PictureRefused(Refusal.TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise PictureRefused(Refusal.NO_PICTURE) from error
    except _DAMAGED as error:
        raise PictureRefused(Refusal.NO_PICTURE) from error


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """The picture in sRGB on white, with nothing beside its pixels."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "LA", "PA"):
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    elif profile and image.mode in ("RGB", "CMYK"):
        image = _in_srgb(image, profile)
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    try:
        changed = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        # A profile that cannot be read: the colours are as they are without it.
        return image
    return changed or image


def _saved(picture: Image.Image) -> bytes:
    # SECURITY: what is kept is made from the pixels alone. A copy of the upload would hold where it was taken.
    kept = BytesIO()
    picture.save(kept, "WEBP", quality=82, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return kept.getvalue()
