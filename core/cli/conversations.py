"""`conversations`: the inbox from a terminal."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from core.actions import annotate, assign, attach, compose, escalate, reply
from core.actions.compose import Chosen
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.domain.errors import NotFound
from core.domain.ids import ConversationId, MessageId
from core.domain.message import Direction
from core.domain.rich import (
    Choice,
    ChoiceMessage,
    ContactCard,
    ContactsMessage,
    LocationMessage,
)
from core.kit import Kit
from core.queries import conversation as conversation_query
from core.queries import inbox, members, templates
from core.queries.inbox import InboxFilter, InboxPage

app = typer.Typer(help="Read and answer conversations.", no_args_is_help=True)

Id = Annotated[UUID, typer.Argument(help="The conversation's id, as `list` shows it.")]


@app.command("list")
def list_(
    filter: Annotated[InboxFilter, typer.Option(help="Which ones.")] = InboxFilter.ALL,
    search: Annotated[str, typer.Option(help="A name or a word of the last message.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: Json = False,
) -> None:
    """List conversations, newest first."""

    async def work(own: Settings) -> InboxPage:
        async with signed_in(own) as engine:
            return await inbox.page(engine.kit, filter=filter, search=search, limit=limit)

    page = run(work)
    show(
        page.rows,
        lambda: "\n".join(map(_line, page.rows)) or "Nothing here.",
        as_json=as_json,
    )


def _line(row: inbox.InboxRow) -> str:
    unread = f"({row.unread_count}) " if row.unread_count else ""
    state = row.assistant_state or row.status
    return (
        f"{row.id}  {_when(row.last_message_at)}  {row.platform:<9}  {state:<9}  "
        f"{unread}{row.customer_name}: {row.preview}"
    )


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


@app.command("show")
def show_(
    conversation: Id,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: Json = False,
) -> None:
    """Show a conversation's last messages."""

    async def work(own: Settings) -> conversation_query.ThreadPage:
        async with signed_in(own) as engine:
            page = await conversation_query.thread(
                engine.kit, ConversationId(conversation), limit=limit
            )
            if (
                not page.messages
                and await inbox.row(engine.kit, ConversationId(conversation)) is None
            ):
                raise NotFound("That conversation is not in this inbox.")
            return page

    page = run(work)

    def words() -> str:
        return "\n".join(
            f"{_when(one.at)} {'<' if one.direction is Direction.INBOUND else '>'} "
            f"{one.text or f'[{one.type}]'}"
            + (f"  ({one.delivery})" if one.delivery else "")
            for one in page.messages
        )

    show(page.messages, words, as_json=as_json)


@app.command("reply")
def reply_(  # noqa: PLR0913 - one option for each thing that can be sent
    conversation: Id,
    text: Annotated[
        str, typer.Argument(help="The words; may be left out with a file or a template.")
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--file", help="A photo, document, audio or video.")
    ] = None,
    quote: Annotated[
        UUID | None, typer.Option(help="The id of the message to show above the words.")
    ] = None,
    template: Annotated[
        str | None, typer.Option(help="A template's name, instead of words.")
    ] = None,
    lang: Annotated[str, typer.Option(help="The template's language.")] = "en",
    value: Annotated[
        list[str] | None,
        typer.Option(help="What to fill into the template, once for each place."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer a customer; the companion sends it."""
    if template is not None and (text or file):
        raise typer.BadParameter("a template takes no other words and no file")

    async def work(own: Settings) -> UUID:
        to, key = ConversationId(conversation), uuid4()
        async with signed_in(own) as engine:
            if template is not None:
                return await _send_template(engine.kit, to, (template, lang, value or []))
            quoting = None if quote is None else MessageId(quote)
            if file is None:
                return await reply.send(engine.kit, to, text, key=key, quoting=quoting)
            chosen = await attach.read(engine.kit, to, file)
            return await attach.send_file(
                engine.kit, to, chosen, text, key=key, quoting=quoting
            )

    message = run(work)
    show({"message_id": message}, lambda: "Queued.", as_json=as_json)


async def _send_template(
    kit: Kit, conversation: ConversationId, wish: tuple[str, str, list[str]]
) -> UUID:
    """Send a template, its places filled in the order in which they are read."""
    name, language, values = wish
    found = await templates.of_conversation(kit, conversation)
    wanted = [one for one in found.templates if (one.name, one.language) == wish[:2]]
    if not wanted:
        known = ", ".join(f"{one.name} ({one.language})" for one in found.ready)
        raise NotFound(
            f"There is no template {name} in {language}.", f"There are: {known or 'none'}."
        )
    chosen = Chosen(name=name, language=language, values=wanted[0].places(values))
    return await compose.template(kit, conversation, chosen, key=uuid4())


@app.command("ask")
def ask(
    conversation: Id,
    text: Annotated[str, typer.Argument(help="The question.")],
    choice: Annotated[
        list[str], typer.Option(help="One thing to press; give it once for each.")
    ],
    list_button: Annotated[
        str | None, typer.Option("--list", help="A list that opens under these words.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask a customer with buttons, or with a list."""
    choices = tuple(
        Choice(id=f"choice-{number}", title=title)
        for number, title in enumerate(choice, start=1)
    )
    question = ChoiceMessage(text=text, choices=choices, list_button=list_button)

    async def work(own: Settings) -> UUID:
        async with signed_in(own) as engine:
            to = ConversationId(conversation)
            return await compose.choice(engine.kit, to, question, key=uuid4())

    message = run(work)
    show({"message_id": message}, lambda: "Queued.", as_json=as_json)


@app.command("place")
def place(
    conversation: Id,
    latitude: Annotated[float, typer.Argument(min=-90, max=90)],
    longitude: Annotated[float, typer.Argument(min=-180, max=180)],
    name: str = "",
    address: str = "",
    as_json: Json = False,
) -> None:
    """Send a customer a place on the map."""
    where = LocationMessage(
        latitude=latitude, longitude=longitude, name=name, address=address
    )

    async def work(own: Settings) -> UUID:
        async with signed_in(own) as engine:
            to = ConversationId(conversation)
            return await compose.location(engine.kit, to, where, key=uuid4())

    message = run(work)
    show({"message_id": message}, lambda: "Queued.", as_json=as_json)


@app.command("contact")
def contact(
    conversation: Id,
    name: str,
    phone: Annotated[list[str] | None, typer.Option(help="A number to call.")] = None,
    email: Annotated[list[str] | None, typer.Option(help="An address.")] = None,
    as_json: Json = False,
) -> None:
    """Send a customer a card to keep."""
    card = ContactCard(name=name, phones=tuple(phone or ()), emails=tuple(email or ()))

    async def work(own: Settings) -> UUID:
        async with signed_in(own) as engine:
            to, cards = ConversationId(conversation), ContactsMessage(cards=(card,))
            return await compose.contacts(engine.kit, to, cards, key=uuid4())

    message = run(work)
    show({"message_id": message}, lambda: "Queued.", as_json=as_json)


@app.command("react")
def react(
    conversation: Id,
    message: Annotated[
        UUID, typer.Argument(help="The message's id, as `show --json` says.")
    ],
    emoji: Annotated[str, typer.Argument(help="The sign; empty takes it back.")] = "",
    as_json: Json = False,
) -> None:
    """Put a reaction on a message, or take ours back."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await compose.react(
                engine.kit,
                ConversationId(conversation),
                MessageId(message),
                emoji,
                key=uuid4(),
            )

    run(work)
    show({"message_id": message}, lambda: "Queued.", as_json=as_json)


@app.command("note")
def note(conversation: Id, text: str, as_json: Json = False) -> None:
    """Add a private note."""

    async def work(own: Settings) -> UUID:
        async with signed_in(own) as engine:
            return await annotate.note(engine.kit, ConversationId(conversation), text)

    written = run(work)
    show({"note_id": written}, lambda: "Noted.", as_json=as_json)


@app.command("assign")
def assign_(
    conversation: Id,
    to: Annotated[str, typer.Argument(help="A member's name, `me` or `nobody`.")] = "me",
    as_json: Json = False,
) -> None:
    """Give a conversation to a member."""

    async def work(own: Settings) -> str:
        async with signed_in(own) as engine:
            wanted = ConversationId(conversation)
            if to == "me":
                await assign.to_me(engine.kit, wanted)
                return engine.kit.member.name
            if to == "nobody":
                await assign.to(engine.kit, wanted, None)
                return to
            team = await members.members(engine.kit)
            found = next((one for one in team if one.name.lower() == to.lower()), None)
            if found is None:
                names = ", ".join(one.name for one in team)
                raise NotFound(f"There is no member “{to}”.", f"The team is: {names}.")
            await assign.to(engine.kit, wanted, found.id)
            return found.name

    name = run(work)
    show({"assigned_to": name}, lambda: f"Assigned to {name}.", as_json=as_json)


@app.command("escalate")
def escalate_(conversation: Id, note: str = "", as_json: Json = False) -> None:
    """Bring a conversation to the team; the assistant stays out of it."""

    async def work(own: Settings) -> UUID:
        async with signed_in(own) as engine:
            return await escalate.open_by_hand(
                engine.kit, ConversationId(conversation), note
            )

    escalation = run(work)
    show({"escalation_id": escalation}, lambda: "Escalated.", as_json=as_json)


@app.command("close")
def close(conversation: Id, as_json: Json = False) -> None:
    """Archive a conversation; the customer's next message opens it again."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await assign.archive(engine.kit, ConversationId(conversation))

    run(work)
    show({"closed": conversation}, lambda: "Closed.", as_json=as_json)
