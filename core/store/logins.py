"""Logins: one for each process and person, with a password that only its vault knows.

Roles belong to the whole cluster, so a login means something in one database only where
that database has bound it, by name and number together. Passwords go to the server as
SCRAM verifiers, computed on this side, so that no statement log holds one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, Protocol
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from core.config.secret import Secret
from core.domain.ids import TenantId

PREFIX = "socialsync"
_PEOPLES_TIMEOUT = "15s"
_SERVICES_TIMEOUT = "60s"

Connection = AsyncConnection[TupleRow]


class Passwords(Protocol):
    """Where the passwords of logins rest, by the login's name; our vault is one."""

    def get(self, name: str, /) -> Secret | None:
        """Return the password of a login, if there is one."""
        ...

    def get_or_create(self, name: str, /) -> Secret:
        """Return the password of a login, making a random one if there is none."""
        ...


_SERVICE_LOGINS = """
select s.kind, s.rolname,
       exists (select 1 from pg_roles r where r.oid = s.role_oid and r.rolname = s.rolname)
  from app_private.service_login s
"""
_FREE_PREFIX = """
select case when to_regrole(%(prefix)s || '_service') is null
             and to_regrole(%(prefix)s || '_assistant') is null
            then %(prefix)s else %(prefix)s || '_' || d.oid end
  from pg_database d where d.datname = current_database()
"""
_MAKE_LOGIN = """
select app_private.make_login_v1(%(login)s, %(verifier)s, %(group)s, %(timeout)s)
"""
_BIND_SERVICE = "select app_private.bind_service_v1(%(kind)s, %(login)s)"


async def service_logins(connection: Connection, passwords: Passwords) -> str:
    """Make the two logins of services; return what names of this database begin with.

    Logins belong to the whole cluster. The first inbox in it gets the plain names, and
    each further one puts its database's number before its own.
    """
    cursor = await connection.execute(_SERVICE_LOGINS)
    recorded = {kind: (login, bound) for kind, login, bound in await cursor.fetchall()}
    if recorded:
        prefix = str(recorded["service"][0]).removesuffix("_service")
    else:
        prefix = str(await value_of(connection, _FREE_PREFIX, {"prefix": PREFIX}))
    async with connection.transaction():
        for kind in ("service", "assistant"):
            login = f"{prefix}_{kind}"
            if kind in recorded and recorded[kind][1] and passwords.get(login):
                continue
            await _make_login(connection, login, f"app_{kind}", passwords)
            await connection.execute(_BIND_SERVICE, {"kind": kind, "login": login})
    return prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member, and whether their login already means them in this database."""

    tenant: TenantId
    user: UUID
    login: str
    bound: bool


_BIND_MEMBER = "select app_private.bind_member_v1(%(user)s, %(login)s)"


async def member_login(
    connection: Connection, person: Person, passwords: Passwords
) -> None:
    """Make a person's login, or give it back its meaning in a restored cluster."""
    if person.bound and passwords.get(person.login):
        return
    async with connection.transaction():
        await _make_login(connection, person.login, "app_member", passwords)
        await connection.execute(_BIND_MEMBER, {"user": person.user, "login": person.login})


def login_of(user: UUID, prefix: str) -> str:
    """Return the name of a person's login."""
    return f"{prefix}_{user.hex[:12]}"


async def _make_login(
    connection: Connection, login: str, group: str, passwords: Passwords
) -> None:
    password = passwords.get_or_create(login).reveal()
    verifier = connection.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    timeout = _PEOPLES_TIMEOUT if group == "app_member" else _SERVICES_TIMEOUT
    params = {
        "login": login,
        "verifier": verifier.decode(),
        "group": group,
        "timeout": timeout,
    }
    await connection.execute(_MAKE_LOGIN, params)


async def value_of(
    connection: Connection, query: LiteralString, params: Mapping[str, object] | None = None
) -> Any:
    """Return the first column of the first row, or None."""
    cursor = await connection.execute(query, params)
    row = await cursor.fetchone()
    return None if row is None else row[0]
