"""`rules` and `triage`: what the assistant may do, and what it would."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions import configure, rehearse
from core.actions.configure import RuleSet
from core.actions.rehearse import Trial
from core.cli.kb import read_lines
from core.cli.running import Json, dumped, run, show, signed_in
from core.config.settings import Settings
from core.domain.errors import BadDocument
from core.engine import Part
from core.queries import rules as rules_query
from core.store.rules import RulesRow

app = typer.Typer(help="Show and set the assistant's rules.", no_args_is_help=True)


@app.command("show")
def show_(as_json: Json = False) -> None:
    """Show the rules in force."""

    async def work(own: Settings) -> RulesRow:
        async with signed_in(own) as engine:
            return await rules_query.current(engine.kit)

    found = run(work)

    def words() -> str:
        examples = "\n".join(f"  - {example}" for example in found.ignore_examples)
        state = "on" if found.ai_control_enabled else "off"
        return (
            f"assistant {state}, version {found.version}, sends from {found.threshold:.2f}\n"
            f"{found.instructions}\nignored:\n{examples}"
        )

    show(found, words, as_json=as_json)


@app.command("set")
def set_(
    file: Annotated[Path, typer.Option(help="JSON with instructions, ignore_examples, …")],
    as_json: Json = False,
) -> None:
    """Replace the rules by those of a JSON file."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    new = _rules(file)

    async def work(own: Settings) -> RulesRow:
        async with signed_in(own) as engine:
            await configure.set_rules(engine.kit, new)
            return await rules_query.current(engine.kit)

    found = run(work)
    show(found, lambda: f"Version {found.version} is in force.", as_json=as_json)


def _rules(file: Path) -> RuleSet:
    try:
        content = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        typer.echo(f"Error: {file.name} is not JSON: {error}.", err=True)
        raise typer.Exit(1) from error
    allowed = {"instructions", "ignore_examples", "ai_control_enabled", "threshold"}
    unknown = set(content) - allowed if isinstance(content, dict) else {"(not an object)"}
    if unknown:
        typer.echo(
            f"Error: {file.name} has {', '.join(sorted(unknown))}. "
            f"Use: {', '.join(sorted(allowed))}.",
            err=True,
        )
        raise typer.Exit(1)
    return RuleSet(
        instructions=str(content.get("instructions", "")),
        ignore_examples=tuple(map(str, content.get("ignore_examples", ()))),
        enabled=bool(content.get("ai_control_enabled", True)),
        threshold=content.get("threshold"),
    )


def triage(
    text: Annotated[str, typer.Argument(help="What a customer writes.")] = "",
    platform: Annotated[str, typer.Option(help="Where they write.")] = "whatsapp",
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
        async with signed_in(own, Part.THINKING) as engine:
            for line in read_lines(messages or Path()):
                trial = Trial(fragments=_fragments(line), platform=platform, sender=sender)
                decided = _shape(await rehearse.try_message(engine.kit, trial))
                typer.echo(dumped({"id": line["id"], **decided}))

    if messages:
        run(many)
        return
    decided = run(one)

    def words() -> str:
        reply = f"\n{decided['reply']}" if decided["reply"] else ""
        return f"{decided['decision']} ({decided['confidence']:.2f}): {decided['reason']}{reply}"

    show(decided, words, as_json=as_json)


def _fragments(line: dict[str, Any]) -> tuple[str, ...]:
    given = line.get("fragments", [line.get("text", "")])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise BadDocument(f"The line {line['id']} needs “text” or a list of “fragments”.")
    return tuple(given)


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
