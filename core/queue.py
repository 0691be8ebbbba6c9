"""Background work: what may take minutes, by name and id.

The job joins the caller's transaction: it exists if and only if what it is about does.
Arguments are ids alone; a job reads the rest again under its tenant, so that a forged or
stale argument can do no more than run a job twice, which every job allows.
"""

from enum import StrEnum
from uuid import UUID

from core.store.pool import Unit


class JobName(StrEnum):
    """The jobs there are; `jobs.registry` has one entry for each."""

    FETCH_MEDIA = "fetch_media"
    FETCH_PROFILE = "fetch_profile"
    FETCH_MESSAGE = "fetch_message"
    FETCH_PICTURE = "fetch_picture"
    INGEST_DOCUMENT = "ingest_document"
    REVIEW_DOCUMENT = "review_document"
    REEMBED_KNOWLEDGE = "reembed_knowledge"
    GROUP_GAPS = "group_gaps"
    SYNC_TEMPLATES = "sync_templates"
    FIND_POSTS = "find_posts"
    MARK_READ = "mark_read"
    SHOW_TYPING = "show_typing"


_DEFER = "select app.defer_v1(%(job)s, %(id)s)"


async def put(unit: Unit, job: JobName, of: UUID) -> None:
    """Have a job run once this transaction has committed.

    Raises:
        Refused: this login may not start that job.
    """
    await unit.value(_DEFER, {"job": job.value, "id": of})


_DEFER_ONCE = "select app.defer_once_v1(%(job)s, %(id)s)"


async def put_once(unit: Unit, job: JobName, of: UUID) -> None:
    """Do the same, unless such a job waits or runs already.

    Raises:
        Refused: this login may not start that job.
    """
    unit.lastly(_DEFER_ONCE, {"job": job.value, "id": of})
