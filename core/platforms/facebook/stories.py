"""Stories of a Page: a photo that was uploaded unseen, or a film made as reels are."""

from dataclasses import dataclass, replace
from typing import Any, Final

from core.domain.errors import Refused
from core.domain.outbox import AnswerClass
from core.platforms.facebook import films, wall
from core.platforms.facebook.making import Making
from core.platforms.publishing import PublishPhase, PublishProgress
from core.platforms.untyped import identifier, section

_VIDEO: Final = "video"
_FIELDS: Final = "post_id,media_id,media_type,status,creation_time"


async def prepare(making: Making) -> PublishProgress:
    """Upload the photo or the film."""
    if _is_film(making):
        return await films.prepare_story(making)
    return await wall.next_photo(making) or making.ready()


async def publish(making: Making) -> PublishProgress:
    """Show the story, unless it is shown already: Facebook lists each with its photo.

    It lists them only where the Page keeps an archive. Without one the photo itself is the
    guard, which can be a story once; a refusal then leaves open whether ours is out.
    """
    if _is_film(making):
        return await films.publish_story(making)
    photo = making.handle("photo0") or ""
    archive = await _look(making, photo)
    if archive.found is not None:
        return making.published(archive.found)
    answer = await making.post("photo_stories", {"photo_id": photo}, _post_id)
    if answer.result is AnswerClass.REFUSED:
        archive = await _look(making, photo)
        if archive.found is not None:
            return making.published(archive.found)
        if not archive.open:
            end = PublishPhase.UNCERTAIN
            return replace(making.progress, phase=end, answer=answer)
    return making.concluded(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Archive:
    """What a look at the stories showed: ours, if it is there; `open` if any are shown."""

    open: bool
    found: str | None = None


async def _look(making: Making, photo: str) -> _Archive:
    try:
        return _Archive(open=True, found=await _find(making, photo))
    except Refused:
        return _Archive(open=False)


async def _find(making: Making, photo: str) -> str | None:
    listed = await making.listed("stories", _FIELDS)
    for row in listed.rows:
        if identifier(row.get("media_id")) == photo:
            return identifier(row.get("post_id")) or photo
    return None


def _is_film(making: Making) -> bool:
    return making.content.media[0].kind == _VIDEO


def _post_id(found: Any) -> str | None:
    return identifier(section(found).get("post_id"))
