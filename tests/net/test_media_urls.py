from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.config.secret import Secret
from core.config.settings import Settings
from core.config.vault import Protection, Vault
from core.domain.ids import AttachmentId, TenantId
from core.net.media_urls import LIFE, MediaTicket, MediaUrls, media_urls

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TICKET = MediaTicket(tenant=TenantId(UUID(int=1)), attachment=AttachmentId(UUID(int=2)))
META = "https://graph.instagram.com/v26.0"
SANDBOX = "http://127.0.0.1:9100"


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        raise AssertionError("an address ends at a moment of the calendar")


def urls(clock: Clock | None = None, key: str = "key") -> MediaUrls:
    return MediaUrls(
        key=Secret(key),
        clock=clock or Clock(),
        public="https://inbox.example/s",
        own="http://127.0.0.1:8710",
    )


def test_token_opens_the_file_it_was_made_for() -> None:
    assert urls().opened(urls().token(TICKET)) == TICKET


def test_token_expires_after_an_hour() -> None:
    clock = Clock()
    token = urls(clock).token(TICKET)
    clock.at = NOON + LIFE - timedelta(seconds=1)
    assert urls(clock).opened(token) == TICKET
    clock.at = NOON + LIFE
    assert urls(clock).opened(token) is None


def test_every_altered_letter_is_noticed() -> None:
    token = urls().token(TICKET)
    for at, letter in enumerate(token):
        altered = token[:at] + ("A" if letter != "A" else "B") + token[at + 1 :]
        assert urls().opened(altered) is None, at


def test_token_of_another_installation_opens_nothing() -> None:
    assert urls().opened(urls(key="another").token(TICKET)) is None


@given(some.text(max_size=120))
def test_anything_else_opens_nothing(token: str) -> None:
    assert urls().opened(token) is None


@given(some.binary(min_size=1, max_size=100))
def test_nothing_can_be_added_to_a_token(raw: bytes) -> None:
    assert urls().opened(urls().token(TICKET) + raw.hex()) is None


def test_platform_gets_the_public_address() -> None:
    address = urls().address(TICKET, platform_url=META)
    assert address is not None
    assert address.startswith("https://inbox.example/s/media/")
    assert urls().opened(address.rpartition("/")[2]) == TICKET


def test_without_a_public_address_a_platform_has_nowhere_to_fetch() -> None:
    assert replace(urls(), public=None).address(TICKET, platform_url=META) is None


@pytest.mark.parametrize("base", [SANDBOX, "http://localhost:1", "http://[::1]:9100/v26.0"])
def test_sandbox_on_this_machine_gets_the_companions_own_address(base: str) -> None:
    address = replace(urls(), public=None).address(TICKET, platform_url=base)
    assert address is not None
    assert address.startswith("http://127.0.0.1:8710/media/")


@pytest.mark.parametrize(
    ("bound", "own"),
    [
        ("http://127.0.0.1:51000", "http://127.0.0.1:51000"),
        ("http://0.0.0.0:51000", "http://127.0.0.1:51000"),
        ("http://[::]:51000", "http://[::1]:51000"),
    ],
)
def test_own_address_is_one_that_can_be_called(bound: str, own: str) -> None:
    assert urls().served_at(bound).own == own


def test_key_is_kept_in_the_vault(tmp_path: Path) -> None:
    vault = Vault(tmp_path, bytes(32), Protection.FILE_PERMISSIONS)
    own = Settings(home=tmp_path)
    first, second = (media_urls(own, vault, Clock()) for _ in range(2))
    assert second.opened(first.token(TICKET)) == TICKET
    assert first.key.reveal() not in repr(first)
