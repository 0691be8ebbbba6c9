"""`posts`: plan what is published, and see what became of it."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from core.actions import plan, post_files
from core.actions.plan import Plan
from core.actions.post_files import PostFile
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.domain.ids import ChannelId, PostId
from core.domain.post import Post, PostStatus
from core.platforms.publishing import PostFormat
from core.queries import posts
from core.queries.posts import WantedPosts

app = typer.Typer(help="Plan posts, and see what became of them.", no_args_is_help=True)


class Kind(StrEnum):
    """What a picture or film may be besides an ordinary post."""

    REEL = "reel"
    STORY = "story"
    CAROUSEL = "carousel"


_At = Annotated[
    str, typer.Option("--at", help="When, with zone: 2026-12-24T09:00+01:00; else now.")
]


@app.command("add")
def add(  # noqa: PLR0913 - a command's options
    channel: UUID,
    text: Annotated[str, typer.Option(help="What it says.")] = "",
    image: Annotated[
        list[str] | None, typer.Option(help="A picture: a file or an https address.")
    ] = None,
    video: Annotated[
        list[str] | None, typer.Option(help="A film: a file or an https address.")
    ] = None,
    link: Annotated[str | None, typer.Option(help="An address to show.")] = None,
    kind: Annotated[
        Kind | None, typer.Option("--format", help="Other than an ordinary post.")
    ] = None,
    at: _At = "",
    as_json: Json = False,
) -> None:
    """Publish a post, at a time or now."""
    when = _moment(at) if at else None
    sources = [*(image or ()), *(video or ())]

    async def work(own: Settings) -> Post:
        wanted = Plan(
            channel=ChannelId(channel),
            text=text,
            link=link,
            files=tuple(map(_file, sources)),
            format=None if kind is None else PostFormat(kind.value),
            at=when,
        )
        async with signed_in(own) as engine:
            return await posts.one(engine.kit, await plan.schedule(engine.kit, wanted))

    post = run(work)
    show(
        post, lambda: f"Queued as {post.id} for {_shown(post.publish_at)}.", as_json=as_json
    )


@app.command("list")
def list_(
    channel: Annotated[UUID | None, typer.Option(help="Of this channel only.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also those that are published or cancelled.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the posts that are planned, under way or in trouble."""
    of = None if channel is None else ChannelId(channel)

    async def work(own: Settings) -> tuple[Post, ...]:
        async with signed_in(own) as engine:
            return await posts.page(engine.kit, WantedPosts(channel=of, ended=every))

    found = run(work)
    show(found, lambda: "\n".join(map(_line, found)) or "No post waits.", as_json=as_json)


@app.command("move")
def move(
    post: UUID,
    time: Annotated[str, typer.Argument(help="With zone: 2026-12-24T09:00+01:00.")],
    as_json: Json = False,
) -> None:
    """Publish a post at another time."""
    when = _moment(time)

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await plan.move(engine.kit, PostId(post), when)

    run(work)
    show(
        {"post_id": post, "publish_at": when},
        lambda: f"Moved to {_shown(when)}.",
        as_json=as_json,
    )


@app.command("cancel")
def cancel(post: UUID, as_json: Json = False) -> None:
    """Take back a post that nobody has seen yet."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await plan.cancel(engine.kit, PostId(post))

    run(work)
    show(
        {"post_id": post, "status": PostStatus.CANCELLED},
        lambda: "Cancelled.",
        as_json=as_json,
    )


class Finding(StrEnum):
    """What somebody found on the platform."""

    PUBLISHED = "published"
    MISSING = "missing"


@app.command("mark")
def mark(
    post: UUID,
    found: Annotated[Finding, typer.Argument(help="What the platform shows.")],
    as_json: Json = False,
) -> None:
    """Say what became of a post of which nobody knows."""
    change = plan.mark_published if found is Finding.PUBLISHED else plan.mark_not_published

    async def work(own: Settings) -> Post:
        async with signed_in(own) as engine:
            await change(engine.kit, PostId(post))
            return await posts.one(engine.kit, PostId(post))

    marked = run(work)
    show(marked, lambda: f"Noted: {marked.status}.", as_json=as_json)


@app.command("retry")
def retry(post: UUID, as_json: Json = False) -> None:
    """Publish a post that has failed after all."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await plan.retry_failed(engine.kit, PostId(post))

    run(work)
    show({"post_id": post, "status": PostStatus.QUEUED}, lambda: "Queued.", as_json=as_json)


def _file(source: str) -> PostFile:
    if "://" in source:
        return PostFile(url=source)
    return PostFile(file=post_files.read_file(Path(source)))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text} is no time; write 2026-12-24T09:00+01:00"
        ) from error
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{text} names no zone; write 2026-12-24T09:00+01:00")
    return moment


def _shown(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _line(post: Post) -> str:
    content = post.content
    what = " ".join((content.text or content.link or content.format).split())[:60]
    why = "  ".join(filter(None, (post.error, post.error_next)))
    return (
        f"{post.id}  {post.platform:<9}  {_shown(post.publish_at)}  {post.status:<10}  "
        f"{what}{f'  ({why})' if why else ''}"
    )
