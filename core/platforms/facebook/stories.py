"""Stories of a Page: a photo that was uploaded unseen, or a film made as reels are."""

from typing import Any, Final

from core.domain.outbox import AnswerClass
from core.platforms.facebook import films, wall
from core.platforms.facebook.making import Making
from core.platforms.publishing import PublishProgress
from core.platforms.untyped import identifier, section

_VIDEO: Final = "video"
_FIELDS: Final = "post_id,media_id,media_type,status,creation_time"


async def prepare(making: Making) -> PublishProgress:
    """Upload the photo or the film."""
    if _is_film(making):
        return await films.prepare_story(making)
    return await wall.prepare(making)


async def publish(making: Making) -> PublishProgress:
    """Show the story, unless it is shown already: Facebook lists each with its photo."""
    if _is_film(making):
        return await films.publish_story(making)
    photo = making.handle("photo0") or ""
    if (found := await _find(making, photo)) is not None:
        return making.published(found)
    answer = await making.post("photo_stories", {"photo_id": photo}, _post_id)
    if answer.result is AnswerClass.REFUSED:
        # A photo can be a story once: a refusal may speak of the one that we made.
        found = await _find(making, photo)
        if found is not None:
            return making.published(found)
    return making.concluded(answer)


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
