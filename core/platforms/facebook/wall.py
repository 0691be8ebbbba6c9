"""Posts on the Page's wall: words, links, one photo or several.

Photos are uploaded first without being shown; the post that shows them names their ids,
which is also how it is recognised afterwards.
"""

from collections.abc import Iterator
from typing import Any, Final

from core.domain.outbox import AnswerClass, SendAnswer
from core.platforms.facebook.making import Making, node_id, raise_if_unprepared
from core.platforms.meta.asking import Raw
from core.platforms.publishing import PublishProgress
from core.platforms.untyped import identifier, items, moment, section, words

_FIELDS: Final = (
    "id,message,created_time,"
    "attachments{target{id},unshimmed_url,subattachments{target{id}}}"
)
_DUPLICATE: Final = "506"


async def prepare(making: Making) -> PublishProgress:
    """Upload the next photo; READY once none is left and the wall can be looked at.

    Who may publish but not look could never tell afterwards whether a post is out: that
    is better known before.
    """
    uploaded = await next_photo(making)
    if uploaded is not None:
        return uploaded
    await making.listed("posts", "id")
    return making.ready()


async def next_photo(making: Making) -> PublishProgress | None:
    """Upload the next photo; None once none is left."""
    for position, media in enumerate(making.content.media):
        name = f"photo{position}"
        if making.handle(name) is not None:
            continue
        answer = await _upload(making, media.url or "", media.alt_text)
        if answer.result is not AnswerClass.ACCEPTED or not answer.platform_message_id:
            raise_if_unprepared(answer)
            return making.failed(answer)
        return making.preparing({name: answer.platform_message_id})
    return None


async def _upload(making: Making, url: str, alt_text: str) -> SendAnswer:
    """Have Facebook fetch a photo that nobody sees yet; the answer's id is the photo's."""
    body: dict[str, Any] = {"url": url, "published": False}
    if alt_text:
        body["alt_text_custom"] = alt_text
    return await making.post("photos", body, node_id)


async def publish(making: Making) -> PublishProgress:
    """Publish, unless the wall shows the post already."""
    if (found := await _find(making)) is not None:
        return making.published(found)
    answer = await making.post("feed", _body(making), node_id)
    if answer.code == _DUPLICATE and (found := await _find(making)) is not None:
        return making.published(found)
    return making.concluded(answer)


def _body(making: Making) -> dict[str, Any]:
    content = making.content
    body: dict[str, Any] = {"published": True}
    if content.text:
        body["message"] = content.text
    if content.link:
        body["link"] = content.link
    photos = _photos(making)
    if photos:
        body["attached_media"] = [{"media_fbid": photo} for photo in photos]
    return body


def _photos(making: Making) -> list[str]:
    named = (making.handle(f"photo{place}") for place in range(len(making.content.media)))
    return [photo for photo in named if photo is not None]


async def _find(making: Making) -> str | None:
    """Return our post: by its photos, which nothing else shows, or by its words."""
    listed = await making.listed("posts", _FIELDS)
    photos = set(_photos(making))
    for post in listed.rows:
        post_id = identifier(post.get("id"))
        if post_id is None:
            continue
        if photos and photos & set(_targets(post)):
            return post_id
        recent = moment(post.get("created_time")) >= listed.since
        if not photos and recent and _says_the_same(making, post):
            return post_id
    return None


def _targets(post: Raw) -> Iterator[str]:
    for attachment in _attachments(post):
        inner = items(section(attachment.get("subattachments")).get("data"))
        for one in (attachment, *map(section, inner)):
            target = identifier(section(one.get("target")).get("id"))
            if target is not None:
                yield target


def _attachments(post: Raw) -> list[Raw]:
    return [section(one) for one in items(section(post.get("attachments")).get("data"))]


def _says_the_same(making: Making, post: Raw) -> bool:
    """Return whether a post has our words; without words, our link.

    Links come back rewritten, so that equal words are believed whatever the link.
    """
    text = making.content.text.strip()
    if words(post.get("message")).strip() != text:
        return False
    if text or making.content.link is None:
        return bool(text)
    ours = making.content.link.rstrip("/")
    return any(
        words(one.get("unshimmed_url")).rstrip("/") == ours for one in _attachments(post)
    )
