"""A post as LinkedIn wants to be asked for it (CONTRACTS 6)."""

from typing import Any, Final
from urllib.parse import urlsplit

from core.platforms.base import ChannelSession
from core.platforms.linkedin.posts import escaped
from core.platforms.publishing import PostContent, PostFormat, PublishProgress

_TITLE_LIMIT: Final = 200


def post_body(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> dict[str, Any]:
    """Return the request that publishes, with the files that were handed over."""
    body: dict[str, Any] = {
        "author": session.account_id,
        "commentary": escaped(content.text),
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    shown = _shown(content, progress)
    return {**body, "content": shown} if shown else body


def _shown(content: PostContent, progress: PublishProgress) -> dict[str, Any]:
    """Return what a post shows beside its words, empty for words alone."""
    files = [
        (progress.handles[file_name(position)], one)
        for position, one in enumerate(content.media)
    ]
    if content.format is PostFormat.LINK:
        thumbnail = {"thumbnail": files[0][0]} if files else {}
        return {
            "article": {"source": content.link, "title": _headline(content), **thumbnail}
        }
    if content.format is PostFormat.CAROUSEL:
        images = [{"id": asset, "altText": one.alt_text} for asset, one in files]
        return {"multiImage": {"images": images}}
    if not files:
        return {}
    asset, one = files[0]
    if content.format is PostFormat.IMAGE:
        return {"media": {"id": asset, "altText": one.alt_text}}
    return {"media": {"id": asset, "title": one.alt_text or one.file_name}}


def _headline(content: PostContent) -> str:
    """Return an article's title, which LinkedIn wants and does not fetch: the first line."""
    lines = [line.strip() for line in content.text.splitlines() if line.strip()]
    host = urlsplit(content.link or "").hostname or ""
    return (lines[0] if lines else host)[:_TITLE_LIMIT]


def file_name(position: int) -> str:
    """Return the handle under which a file's URN is noted."""
    return f"file.{position}"


def file_ready(position: int) -> str:
    """Return the handle that says that a file is AVAILABLE."""
    return f"file.{position}.ready"
