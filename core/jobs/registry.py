"""The table of background jobs: a name, a queue, how often to try again, what runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from core.domain.ids import TenantId
from core.jobs import (
    fetch_media,
    fetch_message,
    fetch_picture,
    fetch_profile,
    find_posts,
    group_gaps,
    ingest_document,
    mark_read,
    reembed_knowledge,
    review_document,
    show_typing,
    sync_templates,
)
from core.kit import Kit
from core.queue import JobName

Run = Callable[[Kit, TenantId, UUID], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One kind of background work.

    `attempts` bounds the tries; they are `4 ** attempt` seconds apart.
    """

    name: JobName
    queue: str
    attempts: int
    run: Run


JOBS = (
    Job(name=JobName.FETCH_MEDIA, queue="media", attempts=6, run=fetch_media.run),
    Job(name=JobName.FETCH_PROFILE, queue="media", attempts=4, run=fetch_profile.run),
    Job(name=JobName.FETCH_MESSAGE, queue="media", attempts=5, run=fetch_message.run),
    Job(name=JobName.FETCH_PICTURE, queue="media", attempts=4, run=fetch_picture.run),
    Job(
        name=JobName.INGEST_DOCUMENT, queue="knowledge", attempts=3, run=ingest_document.run
    ),
    Job(
        name=JobName.REVIEW_DOCUMENT, queue="knowledge", attempts=3, run=review_document.run
    ),
    Job(
        name=JobName.REEMBED_KNOWLEDGE,
        queue="knowledge",
        attempts=5,
        run=reembed_knowledge.run,
    ),
    Job(name=JobName.GROUP_GAPS, queue="knowledge", attempts=4, run=group_gaps.run),
    Job(name=JobName.SYNC_TEMPLATES, queue="media", attempts=4, run=sync_templates.run),
    Job(name=JobName.FIND_POSTS, queue="media", attempts=4, run=find_posts.run),
    Job(name=JobName.MARK_READ, queue="courtesies", attempts=1, run=mark_read.run),
    Job(name=JobName.SHOW_TYPING, queue="courtesies", attempts=1, run=show_typing.run),
)
