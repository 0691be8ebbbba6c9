"""The table of commands."""

import sys

import typer
from typer.exceptions import TyperException

from core.cli import (
    channels,
    comments,
    conversations,
    demo,
    faq,
    gaps,
    kb,
    models,
    ops,
    posts,
    rules,
    serve,
)

app = typer.Typer(
    name="socialsync-headless",
    help="SocialSync without a screen: the companion, and every action as a command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("serve")(serve.serve)
app.command("doctor")(ops.doctor)
app.command("migrate")(ops.migrate)
app.command("status")(ops.status)
app.command("triage")(rules.triage)
app.command("bench")(ops.bench)
app.add_typer(demo.app, name="demo")
app.add_typer(channels.app, name="channels")
app.add_typer(comments.app, name="comments")
app.add_typer(posts.app, name="posts")
app.add_typer(conversations.app, name="conversations")
kb.app.command("gaps")(gaps.list_gaps)
app.add_typer(kb.app, name="kb")
app.add_typer(faq.app, name="faq")
app.add_typer(rules.app, name="rules")
app.add_typer(models.app, name="models")
app.add_typer(ops.webhook, name="webhook")


def run() -> None:
    """Run the command line; a wrong call is one line and ends with 2, a failure with 1."""
    try:
        code = app(standalone_mode=False)
    except TyperException as wrong:
        words = wrong.format_message() if hasattr(wrong, "format_message") else str(wrong)
        typer.echo(_one_line(words), err=True)
        sys.exit(getattr(wrong, "exit_code", 1))
    except typer.Abort:
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


def _one_line(words: str) -> str:
    """Return a refusal as one line; a call without any command gets the whole help."""
    return (
        words
        if words.lstrip().startswith("Usage:")
        else f"Error: {' '.join(words.split())}"
    )
