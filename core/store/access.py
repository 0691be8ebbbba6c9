"""How this process gets to its database, and as whom.

Without `SOCIALSYNC_DATABASE_URL` that is the embedded server, which we also set up. A
privileged address is used to set up and for nothing else; then we connect as the login
that was asked for. Any other address is used exactly as it is given.
"""

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import LiteralString

from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from core import paths
from core.config.settings import Settings
from core.config.vault import Vault
from core.domain.errors import NotSetUp
from core.store.bootstrap import Bootstrapped, bootstrap
from core.store.embedded import open_embedded
from core.store.migrate import SchemaState, check
from core.store.pool import Login, translated

OWNER_EMAIL = "owner@localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a pool needs, and as whom it stands before the database."""

    conninfo: str
    login: Login


@asynccontextmanager
async def open_access(
    settings: Settings, vault: Vault, login: Login
) -> AsyncIterator[Access]:
    """Open the way to the database and keep it open; an embedded server runs meanwhile.

    Raises:
        NotSetUp: the database is not one we can use; the error says why.
        DatabaseDown: it cannot be reached.
    """
    if settings.database_url is None:
        async with open_embedded(settings.home) as server:
            privileged = server.conninfo(user=server.superuser, password=server.password)
            yield await _set_up(privileged, vault, login)
        return
    given = settings.database_url.reveal()
    standing = await _standing(given)
    if standing is None:
        yield await _set_up(given, vault, login)
    else:
        yield Access(conninfo=given, login=standing)


async def _set_up(privileged: str, vault: Vault, login: Login) -> Access:
    """Make the database ready and return the way in for one of its logins."""
    ready = await bootstrap(
        privileged,
        passwords=vault,
        owner_email=OWNER_EMAIL,
        owner_name=_own_name(),
        sql_dir=paths.sql_dir(),
    )
    user = _user(ready, login)
    password = vault.get_or_create(user).reveal()
    return Access(
        conninfo=make_conninfo(privileged, user=user, password=password), login=login
    )


def _user(ready: Bootstrapped, login: Login) -> str:
    return {
        Login.SERVICE: ready.service_login,
        Login.ASSISTANT: ready.assistant_login,
        Login.MEMBER: ready.owner_login,
    }[login]


def _own_name() -> str:
    """Return what to call the owner until they say otherwise."""
    try:
        return getpass.getuser().capitalize()
    except (KeyError, OSError):
        return "Owner"


_IS_PRIVILEGED = """
select r.rolsuper or r.rolcreaterole from pg_roles r where r.rolname = session_user
"""
_IS_SET_UP = "select to_regrole('app_service') is not null"
_STANDING = """
select case
    when pg_has_role(session_user, 'app_service', 'member') then 'service'
    when pg_has_role(session_user, 'app_assistant', 'member') then 'assistant'
    else 'member' end
"""


async def _standing(conninfo: str) -> Login | None:
    """Return what the given login is here, or None if it may set everything up.

    Raises:
        NotSetUp: it may not, and nobody else has.
    """
    with translated():
        async with await AsyncConnection.connect(conninfo, autocommit=True) as connection:
            if await _is(connection, _IS_PRIVILEGED):
                return None
            if not await _is(connection, _IS_SET_UP):
                raise NotSetUp(
                    "This database has not been set up for SocialSync.",
                    "Run `socialsync-headless migrate` once with a login that may make roles.",
                )
            return Login(str(await _is(connection, _STANDING)))


async def _is(connection: AsyncConnection[TupleRow], query: LiteralString) -> object:
    cursor = await connection.execute(query)
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def schema_state(settings: Settings) -> SchemaState:
    """Compare the database with this application, changing nothing.

    Raises:
        NotSetUp: this application must not write to it.
    """
    if settings.database_url is not None:
        return await check(settings.database_url.reveal(), sql_dir=paths.sql_dir())
    async with open_embedded(settings.home) as server:
        address = server.conninfo(user=server.superuser, password=server.password)
        return await check(address, sql_dir=paths.sql_dir())
