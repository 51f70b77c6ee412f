"""IIIF Image API 3.0 (https://iiif.io/api/image/3.0/), level 2, with mirroring.

    /iiif/image/<photo>                                             303 to its info.json
    /iiif/image/<photo>/info.json
    /iiif/image/<photo>/{region}/{size}/{rotation}/{quality}.{format}

Strangers get the picture at the collection's largest public size, as if it had no more pixels: nothing they
can ask for is cut from finer ones. Tiles come off the disk; every other part is put together from tiles in a
child process, a few at a time, and never more than `MOST_PIXELS` of them.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive import vault
from archive.access import rights
from archive.api import ranges
from archive.api.iiif_request import Extent, IiifError, ImageRequest, parse
from archive.api.photo_files import BusyError, busy, dressed, gone, orientation_of, picture_of, seen, turn
from archive.vault.crops import crop
from archive.vault.tiles import Pyramid, kept, pyramid

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.catalogue.models import File, Photo

log = logging.getLogger(__name__)

MOST_PIXELS = 25_000_000
CONTEXT = "http://iiif.io/api/image/3/context.json"
LEVEL = "level2"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Shown:
    """A photo's file as one viewer may have it."""

    photo: Photo
    file: File
    inside: bool

    @property
    def largest(self) -> int | None:
        """Bound of the long edge; None when this picture stays below it."""
        most = self.photo.collection.largest_public_px
        unbound = self.inside or max(self.file.width or most + 1, self.file.height or most + 1) <= most
        return None if unbound else most

    @property
    def caching(self) -> str:
        if self.inside or not self.photo.collection.open_to_public:
            return f"private, max-age={_DAY}"
        return f"public, max-age={_DAY}, s-maxage=3600"

    def tiles(self) -> Pyramid:
        """Return the tiles; making them waits for a turn. Raises `VaultError`, `BusyError`."""
        named = self.file.sha256, orientation_of(self.file), self.largest
        found = kept(*named)
        if found is not None:
            return found
        with turn():
            return pyramid(*named)


@require_safe
def base(request: HttpRequest, public_id: str) -> HttpResponseBase:
    if seen(request, public_id) is None:
        return _open(gone())
    answer = HttpResponse(status=303)
    answer.headers["Location"] = reverse("iiif-info", args=[public_id])
    return _open(answer)


@require_safe
def info(request: HttpRequest, public_id: str) -> HttpResponseBase:
    shown = _shown(request, public_id)
    if shown is None:
        return _open(gone())
    try:
        tiles = shown.tiles()
    except BusyError:
        return _open(busy())
    except vault.VaultError as problem:
        log.warning("no tiles of photo %s: %s", public_id, problem)
        return _open(gone())
    linked = "application/ld+json" in request.headers.get("Accept", "")
    media_type = f'application/ld+json;profile="{CONTEXT}"' if linked else "application/json"
    address = request.build_absolute_uri(reverse("iiif-base", args=[public_id]))
    answer = JsonResponse(_described(address, tiles, shown.photo), content_type=media_type)
    return _open(dressed(answer, caching=shown.caching), vary="Cookie, Accept")


@require_safe
def part(request: HttpRequest, public_id: str, **asked: str) -> HttpResponseBase:
    shown = _shown(request, public_id)
    if shown is None:
        return _open(gone())
    try:
        tiles = shown.tiles()
        order = parse(Extent(tiles.width, tiles.height, MOST_PIXELS), **asked)
        answer = _picture(request, shown, tiles, order)
    except IiifError as refusal:
        text = HttpResponse(f"{refusal}\n", status=refusal.status, content_type="text/plain; charset=utf-8")
        return _open(dressed(text, caching="no-store"))
    except (BusyError, FileNotFoundError):  # the latter: tiles made room for others since they were found
        return _open(busy())
    except vault.VaultError as problem:
        log.warning("no tiles of photo %s: %s", public_id, problem)
        return _open(gone())
    address = request.build_absolute_uri(reverse("iiif-base", args=[public_id]))
    answer.headers["Link"] = (
        f'<{address}/{order.canonical}>;rel="canonical",'
        f'<http://iiif.io/api/image/3/{LEVEL}.json>;rel="profile"'
    )
    return _open(dressed(answer, caching=shown.caching))


def _shown(request: HttpRequest, public_id: str) -> _Shown | None:
    photo = seen(request, public_id)
    file = picture_of(request, photo) if photo else None
    if photo is None or file is None:
        return None
    return _Shown(photo, file, rights.is_inside(request.user, photo.collection))


def _described(address: str, tiles: Pyramid, photo: Photo) -> dict[str, object]:
    sizes = [tiles.level_size(scale) for scale in reversed(tiles.scales)]
    described: dict[str, object] = {
        "@context": CONTEXT,
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": LEVEL,
        "width": tiles.width,
        "height": tiles.height,
        "sizes": [
            {"width": width, "height": height} for width, height in sizes if width * height <= MOST_PIXELS
        ],
        "tiles": [{"width": tiles.tile, "height": tiles.tile, "scaleFactors": list(tiles.scales)}],
        "preferredFormats": ["jpg"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": ["canonicalLinkHeader", "mirroring", "profileLinkHeader"],
    }
    if tiles.width * tiles.height > MOST_PIXELS:
        described["maxArea"] = MOST_PIXELS
    rights_uri = photo.rights_uri or photo.collection.rights_uri
    return described | ({"rights": rights_uri} if rights_uri else {})


def _picture(request: HttpRequest, shown: _Shown, tiles: Pyramid, order: ImageRequest) -> HttpResponseBase:
    version = f"{shown.file.sha256}{vault.RECIPE}{shown.largest}{order.canonical}"
    etag = f'"{hashlib.sha256(version.encode()).hexdigest()[:32]}"'
    met = get_conditional_response(request, etag=etag)
    if met is not None:
        return cast("HttpResponseBase", met)
    place = stored_tile(tiles, order)
    stream = place.open("rb") if place else _put_together(tiles, order)
    size = stream.seek(0, 2)
    answer = ranges.send(request, open_file=lambda: stream, size=size, etag=etag)
    if request.method == "HEAD" or answer.status_code == 416:
        stream.close()
    if answer.status_code in {200, 206}:
        answer.headers["Content-Type"] = {"jpg": "image/jpeg", "png": "image/png"}[order.format]
    return answer


def stored_tile(tiles: Pyramid, order: ImageRequest) -> Path | None:
    """Return the tile that is exactly what was ordered, None when something must be made."""
    plain = order.rotation == 0 and not order.mirrored and order.quality in {"default", "color"}
    if not plain or order.format != "jpg":
        return None
    for scale in tiles.scales:
        edge = tiles.tile * scale
        column, row = order.region.x // edge, order.region.y // edge
        full = tiles.level_size(scale)
        wanted = (
            column * edge,
            row * edge,
            min(edge, tiles.width - column * edge),
            min(edge, tiles.height - row * edge),
            min(tiles.tile, full[0] - column * tiles.tile),
            min(tiles.tile, full[1] - row * tiles.tile),
        )
        region = order.region
        if wanted == (region.x, region.y, region.width, region.height, order.width, order.height):
            return tiles.path(scale, column, row)
    return None


def _put_together(tiles: Pyramid, order: ImageRequest) -> BinaryIO:
    """Make the part in a child and return it opened; the file has no name any more and goes when closed."""
    region = order.region
    with turn(), tempfile.TemporaryDirectory(prefix="whence-part-") as folder:
        target = Path(folder) / f"part.{order.format}"
        crop(
            tiles,
            region=(region.x, region.y, region.width, region.height),
            size=(order.width, order.height),
            mirrored=order.mirrored,
            rotation=order.rotation,
            quality=order.quality,
            encoding=order.format,
            target=target,
        )
        return target.open("rb")


def _open(answer: HttpResponseBase, *, vary: str = "Cookie") -> HttpResponseBase:
    """Let pages of other sites read the answer; they never send our cookie, so they see what all see."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Vary"] = vary
    return answer


urlpatterns: list[URLPattern] = [
    path("iiif/image/<str:public_id>", base, name="iiif-base"),
    path("iiif/image/<str:public_id>/info.json", info, name="iiif-info"),
    path(
        "iiif/image/<str:public_id>/<str:region>/<str:size>/<str:rotation>/<str:quality_format>",
        part,
        name="iiif-part",
    ),
]
