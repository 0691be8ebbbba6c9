"""`kb`: what the assistant knows."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from core.actions import teach
from core.cli import indexing
from core.cli.lines import read_lines
from core.cli.running import Json, dumped, run, show, signed_in
from core.config.settings import Settings
from core.domain.ids import DocumentId
from core.domain.knowledge import Document
from core.engine import Part
from core.queries import knowledge

app = typer.Typer(
    help="Add documents, and see what is found in them.", no_args_is_help=True
)


@app.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    as_json: Json = False,
) -> None:
    """Add files to the knowledge base and wait until they are indexed."""
    files = _files(paths)

    async def work(own: Settings) -> list[Document]:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            added = []
            for file in files:
                content = file.path.read_bytes()
                added.append(await teach.add_document(engine.kit, file.name, content))
                typer.echo(f"added {file.name}", err=True)
            return await indexing.until_indexed(own, engine.kit, added)

    documents = run(work)
    show(documents, lambda: "\n".join(map(_line, documents)), as_json=as_json)


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
def reindex(as_json: Json = False) -> None:
    """Index every document again."""

    async def work(own: Settings) -> list[Document]:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            found = await knowledge.documents(engine.kit)
            for document in found:
                await teach.reindex_document(engine.kit, document.id)
            return await indexing.until_indexed(
                own, engine.kit, [document.id for document in found]
            )

    documents = run(work)
    show(documents, lambda: "\n".join(map(_line, documents)), as_json=as_json)


@app.command("search")
def search(
    query: Annotated[str, typer.Argument()] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=50)] = 8,
    lang: Annotated[str | None, typer.Option(help="Two letters, such as fr.")] = None,
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
            return await knowledge.search(engine.kit, query, lang, k)

    if queries:
        run(lambda own: _search_each(own, queries, lang, k))
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


async def _search_each(own: Settings, file: Path, lang: str | None, k: int) -> None:
    """Print one line for each line of a file: its id, and what `search` gives."""
    lines = read_lines(file)
    async with signed_in(own, Part.KNOWLEDGE) as engine:
        for line in lines:
            hits = await knowledge.search(engine.kit, line.text, line.lang or lang, k)
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
