"""Rows of `scheduled_posts` as posts, and their content as the JSON that they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.ids import AttachmentId, ChannelId, MemberId, PostId, TenantId
from core.domain.post import PlannedContent, PlannedMedia, Post, PostStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """What a query for posts returns."""

    id: PostId
    tenant: TenantId
    channel_id: ChannelId
    platform: PlatformName
    account_name: str
    content_json: dict[str, Any]
    publish_at: datetime
    time_zone: str
    status: PostStatus
    phase: str
    created_by: MemberId | None
    next_step_at: datetime | None
    published_at: datetime | None
    platform_post_id: str | None
    error_code: str | None
    error: str | None
    error_next: str | None
    handles: dict[str, str]
    begun_at: datetime | None
    tries: int


def post_of(row: PostRow) -> Post:
    """Return the post that a row holds."""
    return Post(
        id=row.id,
        tenant=row.tenant,
        channel_id=row.channel_id,
        platform=row.platform,
        account_name=row.account_name,
        content=_content(row.content_json),
        publish_at=row.publish_at,
        time_zone=row.time_zone,
        status=row.status,
        phase=row.phase,
        created_by=row.created_by,
        next_step_at=row.next_step_at,
        published_at=row.published_at,
        platform_post_id=row.platform_post_id,
        error_code=row.error_code,
        error=row.error,
        error_next=row.error_next,
    )


def as_json(content: PlannedContent) -> dict[str, Any]:
    """Return what `content_json` holds for a post."""
    return {
        "format": content.format,
        "text": content.text,
        "link": content.link,
        "media": [
            {
                "kind": one.kind,
                "mime_type": one.mime_type,
                "file_name": one.file_name,
                "alt_text": one.alt_text,
                "attachment_id": None
                if one.attachment_id is None
                else str(one.attachment_id),
                "url": one.url,
            }
            for one in content.media
        ],
    }


def _content(stored: Mapping[str, Any]) -> PlannedContent:
    """Return what was stored; a row that somebody else wrote may lack anything."""
    return PlannedContent(
        format=str(stored.get("format") or "text"),
        text=str(stored.get("text") or ""),
        link=stored.get("link"),
        media=tuple(_media(one) for one in stored.get("media") or ()),
    )


def _media(stored: Mapping[str, Any]) -> PlannedMedia:
    attachment = stored.get("attachment_id")
    return PlannedMedia(
        kind=str(stored.get("kind") or ""),
        mime_type=str(stored.get("mime_type") or ""),
        file_name=str(stored.get("file_name") or ""),
        alt_text=str(stored.get("alt_text") or ""),
        attachment_id=AttachmentId(UUID(attachment)) if attachment else None,
        url=stored.get("url"),
    )
