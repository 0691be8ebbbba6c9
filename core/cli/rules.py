"""`rules` and `triage`: what the assistant may do, and what it would."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions import configure, rehearse
from core.actions.rehearse import Opinion, Progress, Rehearsal, Trial
from core.cli import caps, confidence, rule_file
from core.cli.lines import read_lines
from core.cli.running import Json, dumped, run, show, signed_in
from core.config.settings import Settings
from core.domain.assistant_settings import AssistantSettings
from core.domain.channel import PlatformName
from core.engine import Part
from core.kit import Kit
from core.queries import rules as rules_query
from core.store.rules import RulesRow

app = typer.Typer(help="Show and set the assistant's rules.", no_args_is_help=True)
app.command("caps")(caps.caps)
app.command("confidence")(confidence.confidence)


Both = tuple[RulesRow, AssistantSettings]


async def _both(kit: Kit) -> Both:
    return await rules_query.current(kit), await rules_query.assistant_settings(kit)


@app.command("show")
def show_(as_json: Json = False) -> None:
    """Show the rules in force."""

    async def work(own: Settings) -> Both:
        async with signed_in(own) as engine:
            return await _both(engine.kit)

    found, settings = run(work)
    show(rule_file.shown(found, settings), lambda: _words(found), as_json=as_json)


def _words(found: RulesRow) -> str:
    state = "on" if found.ai_control_enabled else "off"
    lines = [
        f"assistant {state}, version {found.version}, sends from {found.threshold:.2f}",
        f"a wrong reply is as bad as {found.costs.wrong_reply:g} needless escalations,"
        f" a missed complaint as {found.costs.missed_complaint:g}",
    ]
    lines += [found.instructions] if found.instructions else []
    lines += [f"tone: {found.tone}"] if found.tone else []
    for title, examples in (
        ("ignored", found.ignore_examples),
        ("escalated", found.escalate_examples),
        ("answered", found.respond_examples),
    ):
        lines += (
            [f"{title}:", *(f"  - {example}" for example in examples)] if examples else []
        )
    lines += [
        f"rule {place}, {rule.outcome}{'' if rule.enabled else ', off'}: {rule.name}"
        for place, rule in enumerate(found.triage_rules, 1)
    ]
    return "\n".join(lines)


@app.command("set")
def set_(
    file: Annotated[
        Path, typer.Option(help="JSON as `rules show --json` prints it, or a part of it.")
    ],
    as_json: Json = False,
) -> None:
    """Change the rules to those of a JSON file; what it does not name stays."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")

    async def work(own: Settings) -> Both:
        content = rule_file.read(file)
        async with signed_in(own) as engine:
            new = rule_file.changed(content, *await _both(engine.kit))
            await configure.set_rules(engine.kit, new)
            return await _both(engine.kit)

    found, settings = run(work)
    show(
        rule_file.shown(found, settings),
        lambda: f"Version {found.version} is in force.",
        as_json=as_json,
    )


@app.command("rehearse")
def rehearse_(
    days: Annotated[int, typer.Option(help="How far back to go.")] = 30,
    file: Annotated[
        Path | None,
        typer.Option(help="JSON as for `rules set`; without it, the rules in force."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what rules would change about messages already decided; nothing is sent."""
    if file is not None and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")

    async def work(own: Settings) -> Rehearsal:
        content = {} if file is None else rule_file.read(file)
        async with signed_in(own, Part.THINKING) as engine:
            form = rule_file.changed(content, *await _both(engine.kit))
            return await rehearse.rehearse(engine.kit, form, days=days, progress=_told)

    found = run(work)
    show(found, lambda: _changes(found), as_json=as_json)


def _told(progress: Progress) -> None:
    """Say on standard error how far it has come, on one line where that can be seen."""
    is_last = progress.done == progress.total
    if sys.stderr.isatty():
        end = "\n" if is_last else ""
        typer.echo(
            f"\r{progress.done} of {progress.total} messages{end}", err=True, nl=False
        )
    elif is_last or progress.done % 100 == 0:
        typer.echo(f"{progress.done} of {progress.total} messages", err=True)


def _changes(found: Rehearsal) -> str:
    lines = [
        f"{len(found.changes)} of {found.messages} messages would be decided otherwise."
    ]
    for one in found.changes:
        lines += [
            "",
            f"{one.customer}: {' '.join(one.text.split())}",
            f"  before: {_opinion(one.before)}",
            f"  after:  {_opinion(one.after)}",
        ]
    return "\n".join(lines)


def _opinion(opinion: Opinion) -> str:
    reply = f" “{' '.join(opinion.reply.split())}”" if opinion.reply else ""
    return f"{opinion.decision.value} ({opinion.confidence:.2f}): {opinion.reason}{reply}"


def triage(
    text: Annotated[str, typer.Argument(help="What a customer writes.")] = "",
    platform: Annotated[
        PlatformName, typer.Option(help="Where they write.")
    ] = PlatformName.WHATSAPP,
    sender: Annotated[str, typer.Option("--from", help="Who writes.")] = "",
    messages: Annotated[
        Path | None,
        typer.Option(help="JSON lines of id and text, or fragments: one decision each."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Decide about a message and draft the reply, without sending anything."""
    if bool(text) == bool(messages):
        raise typer.BadParameter("give either a text or --messages FILE")

    async def one(own: Settings) -> dict[str, Any]:
        async with signed_in(own, Part.THINKING) as engine:
            trial = Trial(fragments=(text,), platform=platform, sender=sender)
            return _shape(await rehearse.try_message(engine.kit, trial))

    async def many(own: Settings) -> None:
        lines = read_lines(messages or Path())
        async with signed_in(own, Part.THINKING) as engine:
            for line in lines:
                trial = Trial(fragments=line.fragments, platform=platform, sender=sender)
                decided = _shape(await rehearse.try_message(engine.kit, trial))
                typer.echo(dumped({"id": line.id, **decided}))

    if messages:
        run(many)
        return
    decided = run(one)

    def words() -> str:
        reply = f"\n{decided['reply']}" if decided["reply"] else ""
        return f"{decided['decision']} ({decided['confidence']:.2f}): {decided['reason']}{reply}"

    show(decided, words, as_json=as_json)


def _shape(tried: rehearse.Tried) -> dict[str, Any]:
    """Return a decision in the fields that other programs read."""
    verdict = tried.proposal.verdict
    return {
        "decision": verdict.decision.value,
        "confidence": round(verdict.confidence, 3),
        "reason": verdict.reason,
        "matched_rule": verdict.matched_rule,
        "reply": tried.proposal.reply,
        "citations": [
            {
                "title": one.title,
                "name": one.name,
                "quote": one.quote,
                "document_id": one.document_id,
                "start_char": one.start_char,
                "end_char": one.end_char,
            }
            for one in tried.proposal.citations
        ],
        "ms": tried.ms,
    }
