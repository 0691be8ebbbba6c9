"""`faq`: questions people ask, with the answers we give."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from core.actions import phrase
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.domain.ids import FaqId
from core.domain.knowledge import Faq, FaqText
from core.engine import Part
from core.knowledge.faq import write_csv
from core.queries import knowledge

app = typer.Typer(help="Keep questions and answers.", no_args_is_help=True)


@app.command("add")
def add(
    question: str,
    answer: str,
    phrasing: Annotated[
        list[str] | None, typer.Option(help="Another way to ask it; may be repeated.")
    ] = None,
    category: str | None = None,
    lang: str | None = None,
    as_json: Json = False,
) -> None:
    """Add an entry, or replace the one that asks the same."""
    entry = FaqText(
        question=question,
        answer=answer,
        category=category,
        language=lang,
        phrasings=tuple(phrasing or ()),
    )

    async def work(own: Settings) -> UUID:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await phrase.add_faq(engine.kit, entry)

    added = run(work)
    show({"faq_id": added}, lambda: f"Added {added}.", as_json=as_json)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the entries."""
    found = run(_entries)
    show(found, lambda: "\n".join(map(_line, found)) or "No entries yet.", as_json=as_json)


async def _entries(own: Settings) -> list[Faq]:
    async with signed_in(own) as engine:
        return await knowledge.entries(engine.kit)


def _line(entry: Faq) -> str:
    state = "" if entry.enabled else "  (off)"
    return f"{entry.id}  {entry.lang_code:<3} {len(entry.phrasings):>3}  {entry.question}{state}"


@app.command("remove")
def remove(entry: UUID, as_json: Json = False) -> None:
    """Remove an entry."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await phrase.remove_faq(engine.kit, FaqId(entry))

    run(work)
    show({"removed": entry}, lambda: "Removed.", as_json=as_json)


@app.command("import")
def import_(file: Path, as_json: Json = False) -> None:
    """Add the entries of a CSV file: question, answer, category, language, phrasings."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    content = file.read_bytes()

    async def work(own: Settings) -> phrase.Imported:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await phrase.import_faq_csv(engine.kit, content)

    imported = run(work)
    show(
        imported,
        lambda: f"{imported.added} added, {imported.replaced} replaced.",
        as_json=as_json,
    )


@app.command("export")
def export(as_json: Json = False) -> None:
    """Print the entries as CSV, in the form that `import` reads."""
    found = run(_entries)
    show(found, lambda: write_csv(found).rstrip("\n"), as_json=as_json)
