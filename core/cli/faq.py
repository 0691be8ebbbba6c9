"""`faq`: questions people ask, with the answers we give."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from core.actions import phrase
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.domain.errors import BadDocument
from core.domain.ids import FaqId
from core.domain.knowledge import Faq, FaqText
from core.engine import Part
from core.kit import Kit
from core.knowledge.faq import write_csv
from core.queries import knowledge

app = typer.Typer(help="Keep questions and answers.", no_args_is_help=True)


Phrasings = Annotated[
    list[str] | None, typer.Option(help="Another way to ask it; may be repeated.")
]


@app.command("add")
def add(
    question: str,
    answer: str,
    phrasing: Phrasings = None,
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

    async def work(own: Settings) -> _Kept:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await _looked_over(
                engine.kit, await phrase.add_faq(engine.kit, entry), entry
            )

    _show_kept(run(work), "Added", as_json=as_json)


@app.command("change")
def change(  # noqa: PLR0913 - an option for each field
    entry: UUID,
    question: str | None = None,
    answer: str | None = None,
    phrasing: Annotated[
        list[str] | None,
        typer.Option(help="A way to ask it, in place of those there are; may be repeated."),
    ] = None,
    category: str | None = None,
    lang: str | None = None,
    as_json: Json = False,
) -> None:
    """Give an entry new words; what is not named stays, an empty text clears."""
    faq_id = FaqId(entry)

    async def work(own: Settings) -> _Kept:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            known = await knowledge.entry(engine.kit, faq_id)
            wish = FaqText(
                question=known.question if question is None else question,
                answer=known.answer if answer is None else answer,
                category=known.category if category is None else category,
                language=known.lang_code if lang is None else lang,
                phrasings=known.phrasings if phrasing is None else tuple(phrasing),
            )
            await phrase.change_faq(engine.kit, faq_id, wish)
            return await _looked_over(engine.kit, faq_id, wish)

    _show_kept(run(work), "Changed", as_json=as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    faq_id: FaqId
    question: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """An entry that was kept, and others that ask nearly the same."""

    faq_id: FaqId
    near_duplicates: tuple[_Near, ...]


async def _looked_over(kit: Kit, faq_id: FaqId, entry: FaqText) -> _Kept:
    near = await knowledge.near_duplicates(kit, entry, besides=faq_id)
    return _Kept(
        faq_id=faq_id,
        near_duplicates=tuple(
            _Near(
                faq_id=one.entry.id,
                question=one.entry.question,
                likeness=round(one.likeness, 3),
            )
            for one in near
        ),
    )


def _show_kept(kept: _Kept, done: str, *, as_json: bool) -> None:
    for near in kept.near_duplicates:
        typer.echo(
            f"Warning: “{near.question}” asks nearly the same ({near.faq_id}).", err=True
        )
    show(kept, lambda: f"{done} {kept.faq_id}.", as_json=as_json)


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


@app.command("enable")
def enable(entry: UUID, as_json: Json = False) -> None:
    """Let the assistant answer from an entry again."""
    _settle(phrase.enable_faq, entry)
    show({"enabled": entry}, lambda: "Enabled.", as_json=as_json)


@app.command("disable")
def disable(entry: UUID, as_json: Json = False) -> None:
    """Keep an entry, but answer nothing from it."""
    _settle(phrase.disable_faq, entry)
    show({"disabled": entry}, lambda: "Disabled.", as_json=as_json)


@app.command("remove")
def remove(entry: UUID, as_json: Json = False) -> None:
    """Remove an entry."""
    _settle(phrase.remove_faq, entry)
    show({"removed": entry}, lambda: "Removed.", as_json=as_json)


def _settle(action: Callable[[Kit, FaqId], Awaitable[None]], entry: UUID) -> None:
    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await action(engine.kit, FaqId(entry))

    run(work)


@app.command("import")
def import_(file: Path, as_json: Json = False) -> None:
    """Add the entries of a CSV file: question, answer, category, language, phrasings."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")

    async def work(own: Settings) -> phrase.Imported:
        content = await asyncio.to_thread(_bytes, file)
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await phrase.import_faq_csv(engine.kit, content)

    imported = run(work)
    show(
        imported,
        lambda: f"{imported.added} added, {imported.replaced} replaced.",
        as_json=as_json,
    )


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadDocument(
            "The file cannot be opened.", "Check that it is yours to read."
        ) from error


@app.command("export")
def export(as_json: Json = False) -> None:
    """Print the entries as CSV, in the form that `import` reads."""
    found = run(_entries)
    show(found, lambda: write_csv(found).rstrip("\n"), as_json=as_json)
