"""`kb`: what the assistant knows."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from core.actions import embed, teach
from core.cli import indexing
from core.cli.lines import read_lines
from core.cli.running import Json, dumped, run, show, signed_in
from core.config.settings import Settings
from core.domain.errors import BadDocument
from core.domain.ids import DocumentId
from core.domain.knowledge import Document, DocumentStatus
from core.engine import Part
from core.kit import Kit
from core.queries import knowledge
from core.queries.review import Review, doubts

_AT_ONCE = 2

app = typer.Typer(
    help="Add documents, and see what is found in them.", no_args_is_help=True
)


@app.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    as_json: Json = False,
) -> None:
    """Add files to the knowledge base and wait until they are indexed.

    A file that cannot be read is named with its reason; the others are added all the same.
    """
    files = _files(paths)

    async def work(own: Settings) -> tuple[list[Document], list[_Refusal]]:
        async with (
            signed_in(own, Part.KNOWLEDGE) as engine,
            indexing.working(own, engine.kit),
        ):
            added, refused = await _add_all(engine.kit, files)
            return await indexing.until_indexed(engine.kit, added), refused

    documents, refused = run(work)
    show(
        [*documents, *refused],
        lambda: "\n".join([*map(_line, documents), *map(_refusal_line, refused)]),
        as_json=as_json,
    )
    if refused or any(one.status is DocumentStatus.FAILED for one in documents):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    """A file that was not added, in the fields of a document."""

    name: str
    error: str
    id: None = None
    status: str = "refused"


async def _add_all(
    kit: Kit, files: list["_File"]
) -> tuple[list[DocumentId], list[_Refusal]]:
    """Read files two at a time, in order; what is refused does not hold up the rest."""
    hands = asyncio.Semaphore(_AT_ONCE)

    async def one(file: _File) -> DocumentId | _Refusal:
        async with hands:
            try:
                document = await teach.add_file(kit, str(file.path), file.name)
            except BadDocument as error:
                typer.echo(f"refused {file.name}: {error}", err=True)
                return _Refusal(name=file.name, error=str(error))
        typer.echo(f"added {file.name}", err=True)
        return document

    done = await asyncio.gather(*map(one, files))
    return (
        [found for found in done if not isinstance(found, _Refusal)],
        [found for found in done if isinstance(found, _Refusal)],
    )


def _refusal_line(refusal: _Refusal) -> str:
    return f"{'refused':<36}  {refusal.name}  {refusal.error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file to add, under the name it gets: its own, or its path where that repeats."""

    path: Path
    name: str


def _files(paths: list[Path]) -> list[_File]:
    """Return the files that are meant, folders opened.

    A document's name tells versions of it apart from other documents, so two files of one
    name in different folders are added under their paths.

    Raises:
        typer.BadParameter: a path does not exist, or a folder is empty.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise typer.BadParameter(f"there is no {missing[0]}")
    found = [
        (file, file.relative_to(path.parent).as_posix())
        for path in paths
        for file in ([path] if path.is_file() else sorted(path.rglob("*")))
        if file.is_file() and not file.name.startswith(".")
    ]
    if not found:
        raise typer.BadParameter("there are no files in it")
    times = Counter(file.name for file, _ in found)
    return [
        _File(path=file, name=file.name if times[file.name] == 1 else where)
        for file, where in found
    ]


def _line(document: Document) -> str:
    error = f"  {document.error}" if document.error else ""
    return (
        f"{document.id}  {document.status:<10}  {document.lang_code:<3} "
        f"{document.chunk_count:>4} chunks  {document.name}{error}"
    )


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the documents."""

    async def work(own: Settings) -> list[Document]:
        async with signed_in(own) as engine:
            return await knowledge.documents(engine.kit)

    found = run(work)
    show(
        found, lambda: "\n".join(map(_line, found)) or "No documents yet.", as_json=as_json
    )


@app.command("show")
def show_(document: UUID, as_json: Json = False) -> None:
    """Show a document with its stored text."""

    async def work(own: Settings) -> knowledge.DocumentText:
        async with signed_in(own) as engine:
            return await knowledge.document(engine.kit, DocumentId(document))

    found = run(work)
    show(found, lambda: f"{_line(found.document)}\n\n{found.content}", as_json=as_json)


@app.command("remove")
def remove(document: UUID, as_json: Json = False) -> None:
    """Remove a document; nothing is answered from it any more."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await teach.remove_document(engine.kit, DocumentId(document))

    run(work)
    show({"removed": document}, lambda: "Removed.", as_json=as_json)


@app.command("reindex")
def reindex(
    document: Annotated[UUID | None, typer.Argument(help="One; else every one.")] = None,
    as_json: Json = False,
) -> None:
    """Read documents in again: after an update, a failure, or a change of the embedder."""

    async def work(own: Settings) -> list[Document]:
        async with (
            signed_in(own, Part.KNOWLEDGE) as engine,
            indexing.working(own, engine.kit),
        ):
            found = [one.id for one in await knowledge.documents(engine.kit)]
            wanted = found if document is None else [DocumentId(document)]
            for one in wanted:
                await teach.reindex_document(engine.kit, one)
            if document is None:
                await embed.wish(engine.kit)
            done = await indexing.until_indexed(engine.kit, wanted)
            await indexing.until_switched(engine.kit)
            return done

    documents = run(work)
    show(documents, lambda: "\n".join(map(_line, documents)), as_json=as_json)


@app.command("review")
def review(as_json: Json = False) -> None:
    """Show what contradicts, what has passed, what is old and what is never used."""

    async def work(own: Settings) -> Review:
        async with signed_in(own) as engine:
            return await doubts(engine.kit)

    found = run(work)
    show(found, lambda: "\n".join(_review_lines(found)), as_json=as_json)


def _review_lines(found: Review) -> list[str]:
    lines = [
        f"contradiction ({one.kind}, {one.score:.2f}): "
        f"{one.one.name}: “{_short(one.one.sentence)}” / "
        f"{one.other.name}: “{_short(one.other.sentence)}”"
        for one in found.conflicts
    ]
    lines += [f"passed: {one.name}: “{_short(one.sentence)}”" for one in found.expired]
    lines += [f"not changed for a year: {row.document.name}" for row in found.stale]
    lines += [f"never used: {row.document.name}" for row in found.unused]
    return lines or ["Nothing to look at."]


@app.command("search")
def search(
    query: Annotated[str, typer.Argument()] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=50)] = 8,
    lang: Annotated[
        str | None, typer.Option(help="The query's language: two letters, such as fr.")
    ] = None,
    within: Annotated[
        str | None, typer.Option(help="Keep to texts in this language, such as fr.")
    ] = None,
    queries: Annotated[
        Path | None, typer.Option(help="JSON lines of id, text and lang: one answer each.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the passages that answer a query, best first."""
    if bool(query) == bool(queries):
        raise typer.BadParameter("give either a query or --queries FILE")

    async def one(own: Settings) -> list[knowledge.SearchHit]:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await knowledge.search(engine.kit, query, lang, k, within)

    if queries:
        run(lambda own: _search_each(own, queries, _Wish(lang=lang, k=k, within=within)))
        return
    hits = run(one)
    show(
        hits,
        lambda: (
            "\n".join(f"{hit.score:.3f}  {hit.name}: {_short(hit.quote)}" for hit in hits)
            or "Nothing found."
        ),
        as_json=as_json,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    lang: str | None
    k: int
    within: str | None


async def _search_each(own: Settings, file: Path, wish: _Wish) -> None:
    """Print one line for each line of a file: its id, and what `search` gives."""
    lines = read_lines(file)
    async with signed_in(own, Part.KNOWLEDGE) as engine:
        for line in lines:
            hits = await knowledge.search(
                engine.kit, line.text, line.lang or wish.lang, wish.k, wish.within
            )
            typer.echo(dumped({"id": line.id, "results": hits}))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:117] + "…"


@app.command("ask")
def ask(question: str, lang: str | None = None, as_json: Json = False) -> None:
    """Answer a question with the exact words of the knowledge base."""

    async def work(own: Settings) -> knowledge.Answer:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await knowledge.ask(engine.kit, question, lang)

    answer = run(work)

    def words() -> str:
        if not answer.text:
            return "Nothing in the knowledge base answers this."
        return f"{answer.text}\n— {answer.citations[0].name}"

    show(answer, words, as_json=as_json)
