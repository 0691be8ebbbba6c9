import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from core.actions import attach, reply
from core.domain.attachment import AttachmentState, MediaKind, OutgoingFile
from core.domain.channel import PlatformName
from core.domain.errors import NotFound, Refused, WindowClosed
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState, MessageType, Origin
from core.kit import Kit
from core.queries import conversation as query
from tests.doubles import files
from tests.fixtures.inbox import Arrange, KitOf

PHOTO = OutgoingFile(name="../../été.png", content=files.PNG, mime_type="image/png")
MB = 1024 * 1024


def on(arrange: Arrange, platform: PlatformName) -> ConversationId:
    return arrange.conversation(arrange.channel(platform=platform))


def queued(arrange: Arrange) -> list[tuple[str, str | None]]:
    """Return the text and the kind of file of each item, in the order they leave."""
    rows = arrange.line.execute(
        "select text, payload -> 'media' ->> 'kind' from outbox_items order by seq"
    )
    return [(text, kind) for text, kind in rows.fetchall()]


async def test_a_photo_is_stored_and_queued_with_its_words(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation(unread_count=2)
    message = await attach.send_file(kit, conversation, PHOTO, " Voilà ", key=uuid4())
    (shown,) = (await query.thread(kit, conversation)).messages
    (kept,) = shown.attachments
    assert (shown.id, shown.text, shown.type) == (message, "Voilà", MessageType.IMAGE)
    assert (shown.delivery, shown.origin) == (DeliveryState.QUEUED, Origin.MEMBER)
    assert (kept.kind, kept.state, kept.mime_type, kept.file_name, kept.size_bytes) == (
        MediaKind.IMAGE,
        AttachmentState.STORED,
        "image/png",
        "été.png",
        len(files.PNG),
    )
    assert await query.media(kit, kept.id) == files.PNG
    assert queued(arrange) == [("Voilà", "image")]
    assert arrange.row("conversations", conversation)["unread_count"] == 0


async def test_a_webp_is_a_sticker_where_it_is_no_photo(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    sticker = OutgoingFile(name="a.webp", content=files.WEBP)
    await attach.send_file(kit, conversation, sticker, "Voilà", key=uuid4())
    first, second = (await query.thread(kit, conversation)).messages
    assert (first.type, first.attachments[0].kind) == (
        MessageType.STICKER,
        MediaKind.STICKER,
    )
    assert (second.type, second.text) == (MessageType.TEXT, "Voilà")
    assert queued(arrange) == [("", "sticker"), ("Voilà", None)]


async def test_the_same_key_is_one_message_and_one_file(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, key = await kit_of("agent"), uuid4()
    conversation = on(arrange, PlatformName.INSTAGRAM)
    sent = [attach.send_file(kit, conversation, PHOTO, "Tenez", key=key) for _ in range(5)]
    messages = await asyncio.gather(*sent)
    assert len(set(messages)) == 1
    assert queued(arrange) == [("", "image"), ("Tenez", None)]
    assert arrange.value("select count(*) from blobs") == 1
    assert arrange.value("select count(*) from attachments") == 1


@pytest.mark.parametrize(
    ("platform", "file", "words", "expected"),
    [
        (
            PlatformName.INSTAGRAM,
            PHOTO,
            "Voilà",
            [("", "image"), ("Voilà", None)],
        ),
        (
            PlatformName.WHATSAPP,
            OutgoingFile(name="a.mp3", content=files.MP3),
            "Écoutez",
            [("", "audio"), ("Écoutez", None)],
        ),
        (
            PlatformName.WHATSAPP,
            PHOTO,
            "x" * 1025,
            [("", "image"), ("x" * 1025, None)],
        ),
        (PlatformName.WHATSAPP, PHOTO, "x" * 1024, [("x" * 1024, "image")]),
        (PlatformName.INSTAGRAM, PHOTO, "", [("", "image")]),
    ],
    ids=["instagram", "audio", "long", "just short enough", "no words"],
)
async def test_words_that_cannot_travel_with_the_file_follow_it(
    kit_of: KitOf,
    arrange: Arrange,
    platform: PlatformName,
    file: OutgoingFile,
    words: str,
    expected: list[tuple[str, str | None]],
) -> None:
    kit = await kit_of("agent")
    await attach.send_file(kit, on(arrange, platform), file, words, key=uuid4())
    assert queued(arrange) == expected


def assert_nothing_is_kept(arrange: Arrange) -> None:
    assert arrange.value("select count(*) from blobs") == 0
    assert arrange.value("select count(*) from attachments") == 0
    assert arrange.value("select count(*) from conversation_messages") == 0
    assert queued(arrange) == []


@pytest.mark.parametrize(
    ("platform", "file", "complaint"),
    [
        (
            PlatformName.WHATSAPP,
            OutgoingFile(name="a.gif", content=files.GIF),
            "WhatsApp does not take image/gif.*image/jpeg, image/png",
        ),
        (
            PlatformName.INSTAGRAM,
            OutgoingFile(name="a.txt", content=b"hello"),
            "Instagram does not take text/plain",
        ),
        (
            PlatformName.WHATSAPP,
            OutgoingFile(name="a.jpg", content=files.JPEG + bytes(5 * MB)),
            r"too large for WhatsApp: 5 MB.*photos may have up to 5 MB",
        ),
        (
            PlatformName.INSTAGRAM,
            OutgoingFile(name="a.pdf", content=files.PDF + bytes(26 * MB)),
            r"too large for Instagram: 26 MB.*documents may have up to 25 MB",
        ),
        (
            PlatformName.WHATSAPP,
            OutgoingFile(name="invoice.pdf", content=files.PROGRAM),
            "not sent",
        ),
        (
            PlatformName.SANDBOX,
            PHOTO,
            "Sandbox takes no files",
        ),
    ],
)
async def test_a_file_the_platform_would_refuse_is_refused_here(
    kit_of: KitOf,
    arrange: Arrange,
    platform: PlatformName,
    file: OutgoingFile,
    complaint: str,
) -> None:
    kit, conversation = await kit_of("agent"), on(arrange, platform)
    for attempt in (
        attach.send_file(kit, conversation, file, key=uuid4()),
        attach.accept(kit, conversation, file),
    ):
        with pytest.raises(Refused, match=complaint):
            await attempt
    assert_nothing_is_kept(arrange)


async def test_words_too_long_for_a_message_keep_the_file_back_too(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), on(arrange, PlatformName.INSTAGRAM)
    with pytest.raises(Refused, match="too long for Instagram"):
        await attach.send_file(kit, conversation, PHOTO, "x" * 1001, key=uuid4())
    assert_nothing_is_kept(arrange)


async def test_a_closed_window_keeps_nothing(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    arrange.run("update conversations set reply_window_ends_at = now()")
    with pytest.raises(WindowClosed):
        await attach.send_file(kit, conversation, PHOTO, key=uuid4())
    assert_nothing_is_kept(arrange)


async def test_strangers_send_nothing_here(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("stranger"), arrange.conversation()
    with pytest.raises(NotFound):
        await attach.send_file(kit, conversation, PHOTO, key=uuid4())
    with pytest.raises(NotFound):
        await attach.accept(kit, conversation, PHOTO)
    assert_nothing_is_kept(arrange)


@pytest.fixture
async def at_whatsapp(kit_of: KitOf, arrange: Arrange) -> tuple[Kit, ConversationId]:
    return await kit_of("agent"), arrange.conversation()


async def test_a_file_of_the_disk_is_read_when_it_may_be_sent(
    at_whatsapp: tuple[Kit, ConversationId], tmp_path: Path
) -> None:
    photo = tmp_path / "été.jpg"
    photo.write_bytes(files.JPEG)
    read = await attach.read(*at_whatsapp, photo)
    assert read == OutgoingFile(name="été.jpg", content=files.JPEG)


async def test_a_file_too_large_for_any_kind_is_not_even_read(
    at_whatsapp: tuple[Kit, ConversationId], tmp_path: Path
) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as sparse:
        sparse.truncate(8 * 1024 * MB)
    with pytest.raises(Refused, match="up to 100 MB"):
        await attach.read(*at_whatsapp, huge)


async def test_what_cannot_be_read_says_so(
    at_whatsapp: tuple[Kit, ConversationId], tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        await attach.read(*at_whatsapp, tmp_path / "gone.pdf")
    with pytest.raises(Refused, match="Only files"):
        await attach.read(*at_whatsapp, tmp_path)


async def test_a_reply_after_a_file_keeps_its_place(
    at_whatsapp: tuple[Kit, ConversationId], arrange: Arrange
) -> None:
    kit, conversation = at_whatsapp
    await reply.send(kit, conversation, "Un instant", key=uuid4())
    await attach.send_file(kit, conversation, PHOTO, key=uuid4())
    await reply.send(kit, conversation, "Voilà", key=uuid4())
    assert queued(arrange) == [("Un instant", None), ("", "image"), ("Voilà", None)]
