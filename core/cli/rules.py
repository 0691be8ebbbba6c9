"""`rules` and `triage`: what the assistant may do, and what it would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions import configure, rehearse
from core.actions.configure import RuleSet
from core.actions.rehearse import Trial
from core.cli import caps
from core.cli.lines import read_lines
from core.cli.running import Json, dumped, run, show, signed_in
from core.config.settings import Settings
from core.domain.errors import BadDocument
from core.engine import Part
from core.queries import rules as rules_query
from core.store.rules import RulesRow

app = typer.Typer(help="Show and set the assistant's rules.", no_args_is_help=True)
app.command("caps")(caps.caps)


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

    async def work(own: Settings) -> RulesRow:
        new = _rules(file)
        async with signed_in(own) as engine:
            await configure.set_rules(engine.kit, new)
            return await rules_query.current(engine.kit)

    found = run(work)
    show(found, lambda: f"Version {found.version} is in force.", as_json=as_json)


def _rules(file: Path) -> RuleSet:
    """Return the rules of a file.

    Raises:
        BadDocument: it does not hold rules; the error says why.
    """
    try:
        content = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise BadDocument(f"{file.name} is not JSON: {error}.") from error
    if not isinstance(content, dict):
        raise BadDocument(f"{file.name} is not a JSON object.")
    for name, value in content.items():
        if name not in _FIELDS:
            raise BadDocument(
                f"{file.name} has an unknown “{name}”.",
                f"Use: {', '.join(sorted(_FIELDS))}.",
            )
        kind, fits = _FIELDS[name]
        if not fits(value):
            raise BadDocument(f"{file.name}: “{name}” is not {kind}.")
    return RuleSet(
        instructions=content.get("instructions", ""),
        ignore_examples=tuple(content.get("ignore_examples", ())),
        enabled=content.get("ai_control_enabled", True),
        threshold=content.get("threshold"),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_FIELDS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "instructions": ("a text", _is_text),
    "ignore_examples": ("a list of texts", _is_texts),
    "ai_control_enabled": ("true or false", _is_switch),
    "threshold": ("a number", _is_number),
}


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
