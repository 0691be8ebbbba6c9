"""`comments`: what people say under our posts."""

from typing import Annotated
from uuid import UUID

import typer

from core.actions import comment as act
from core.actions import monitor
from core.actions.comment import Answer
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.domain.ids import ChannelId, CommentId, DeedId, MonitoredPostId
from core.queries import comments
from core.queries.comments import ShownComment
from core.store.comments import Wanted

app = typer.Typer(help="Read and answer comments under your posts.", no_args_is_help=True)


@app.command("list")
def list_(
    every: Annotated[
        bool, typer.Option("--all", help="Also those that were dealt with.")
    ] = False,
    channel: Annotated[UUID | None, typer.Option(help="Of this channel only.")] = None,
    as_json: Json = False,
) -> None:
    """List the comments that wait for an answer, newest first."""
    wanted = Wanted(
        waiting=not every, channel=None if channel is None else ChannelId(channel)
    )

    async def work(own: Settings) -> tuple[ShownComment, ...]:
        async with signed_in(own) as engine:
            return (await comments.page(engine.kit, wanted)).comments

    found = run(work)
    show(
        found,
        lambda: "\n".join(map(_line, found)) or "No comment waits.",
        as_json=as_json,
    )


def _line(shown: ShownComment) -> str:
    comment = shown.comment
    when = comment.at.astimezone().strftime("%Y-%m-%d %H:%M")
    marks = [
        mark
        for mark, there in (
            ("hidden", comment.hidden_at),
            ("removed", comment.deleted_at),
            ("cannot be answered here", shown.obstacle),
        )
        if there
    ]
    noted = f"  ({', '.join(marks)})" if marks else ""
    text = " ".join(comment.text.split())[:100]
    return (
        f"{comment.id}  {comment.platform:<9}  {when}  {comment.shown_author or '?'}: "
        f"{text}{noted}"
    )


@app.command("reply")
def reply(
    comment: UUID,
    text: str,
    private: Annotated[
        bool, typer.Option("--private", help="Answer its author in a message, once.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Answer a comment, in public or in private."""
    answer = Answer(comment=CommentId(comment), text=text)
    speak = act.reply_privately if private else act.reply

    async def work(own: Settings) -> DeedId:
        async with signed_in(own) as engine:
            return await speak(engine.kit, answer)

    _report(run(work), "Queued", as_json=as_json)


@app.command("hide")
def hide(
    comment: UUID,
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    as_json: Json = False,
) -> None:
    """Hide a comment from others, or show it again."""

    async def work(own: Settings) -> DeedId:
        async with signed_in(own) as engine:
            change = act.show if undo else act.hide
            return await change(engine.kit, CommentId(comment))

    _report(run(work), "Queued", as_json=as_json)


@app.command("remove")
def remove(comment: UUID, as_json: Json = False) -> None:
    """Remove a comment for good."""

    async def work(own: Settings) -> DeedId:
        async with signed_in(own) as engine:
            return await act.remove(engine.kit, CommentId(comment))

    _report(run(work), "Queued", as_json=as_json)


@app.command("done")
def done(comment: UUID, as_json: Json = False) -> None:
    """Tick a comment off: nothing to do about it."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await act.handled(engine.kit, CommentId(comment))

    run(work)
    show({"handled": comment}, lambda: "Done.", as_json=as_json)


@app.command("watch")
def watch(
    post: UUID,
    days: Annotated[int, typer.Option(min=1, max=30, help="How much longer.")] = 7,
    stop: Annotated[bool, typer.Option("--stop", help="Read it no longer.")] = False,
    as_json: Json = False,
) -> None:
    """Read the comments under a post for some days, or no longer."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            if stop:
                await monitor.unwatch(engine.kit, MonitoredPostId(post))
            else:
                await monitor.watch(engine.kit, MonitoredPostId(post), days)

    run(work)
    words = "No longer read." if stop else f"Read for {days} days."
    show({"post": post, "watched": not stop}, lambda: words, as_json=as_json)


def _report(deed: DeedId, word: str, *, as_json: bool) -> None:
    show({"deed_id": deed}, lambda: f"{word} as {deed}.", as_json=as_json)
