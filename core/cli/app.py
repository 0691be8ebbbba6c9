"""The table of commands."""

import typer

from core.cli import channels, conversations, demo, faq, kb, ops, rules, serve

app = typer.Typer(
    name="socialsync-headless",
    help="SocialSync without a screen: the companion, and every action as a command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("doctor")(ops.doctor)
app.command("migrate")(ops.migrate)
app.command("status")(ops.status)
app.command("triage")(rules.triage)
app.command("bench")(ops.bench)
app.add_typer(demo.app, name="demo")
app.add_typer(channels.app, name="channels")
app.add_typer(conversations.app, name="conversations")
app.add_typer(kb.app, name="kb")
app.add_typer(faq.app, name="faq")
app.add_typer(rules.app, name="rules")
app.add_typer(ops.webhook, name="webhook")


def run() -> None:
    """Run the command line; a wrong call ends with 2, a failure with 1."""
    app()
