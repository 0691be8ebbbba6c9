import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Serve = Callable[[Conversation], AbstractAsyncContextManager[str]]


@pytest.fixture
def serve() -> Serve:
    """Return a context that answers on a port of this machine, byte by byte as told."""

    @asynccontextmanager
    async def open_server(conversation: Conversation) -> AsyncIterator[str]:
        talks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await conversation(reader, writer)
                await writer.drain()
            except (ConnectionError, asyncio.CancelledError):
                return  # the caller hung up, or the test is over
            finally:
                writer.close()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talks.add(asyncio.create_task(talk(reader, writer)))

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.close()
            for task in talks:
                task.cancel()
            await asyncio.gather(*talks, return_exceptions=True)

    return open_server
