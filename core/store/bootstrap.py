"""From an empty database and a privileged address to an inbox that can be opened.

The privileged login is used here and nowhere else: it makes the roles, the extensions and
one login for each process and person (`logins`); from then on everybody connects as who
they are.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from psycopg import AsyncConnection, errors

from core.domain.errors import DatabaseDown, NotSetUp
from core.domain.ids import MemberId, TenantId
from core.store.logins import (
    Connection,
    Passwords,
    Person,
    login_of,
    member_login,
    service_logins,
    value_of,
)
from core.store.migrate import MigrationReport, migrate
from core.store.pool import translated

T = TypeVar("T")
_RIVALS = (
    errors.DuplicateObject,
    errors.DuplicateSchema,
    errors.UniqueViolation,
    errors.DeadlockDetected,
    errors.InternalError_,
)
"""How PostgreSQL says that another installer is making the same thing at this moment."""
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrapped:
    """The logins of a database that is ready, and the tenant whose inbox it is."""

    service_login: str
    assistant_login: str
    owner_login: str
    tenant: TenantId
    migrated: MigrationReport


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A person to let into a tenant; `role` is agent, admin or owner."""

    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedMember:
    """A person of a tenant, and the login that is theirs alone."""

    id: MemberId
    login: str


async def bootstrap(
    privileged: str,
    *,
    passwords: Passwords,
    owner_email: str,
    owner_name: str,
    sql_dir: Path,
) -> Bootstrapped:
    """Make a database ready, whatever it lacks; quick when it lacks nothing.

    Raises:
        NotSetUp: the login may not make roles, an extension is not installed on the
            server, or the database is not one that this application understands.
    """
    async with _privileged(privileged) as connection:
        await _until_no_rival(lambda: _prepare_ground(connection))
        migrated = await migrate(privileged, sql_dir=sql_dir)
        prefix = await _until_no_rival(lambda: service_logins(connection, passwords))
        owner = await _until_no_rival(
            lambda: _owner(connection, owner_email, owner_name, f"{prefix}_member")
        )
        await _until_no_rival(lambda: member_login(connection, owner, passwords))
    return Bootstrapped(
        service_login=f"{prefix}_service",
        assistant_login=f"{prefix}_assistant",
        owner_login=owner.login,
        tenant=owner.tenant,
        migrated=migrated,
    )


_ADD_MEMBER = """
select app_private.add_member_v1(%(tenant)s, %(email)s, %(name)s, %(role)s)
"""
_CREATE_TENANT = "select app_private.create_tenant_v1(%(email)s, %(name)s)"


async def add_member(
    privileged: str, tenant: TenantId, member: NewMember, passwords: Passwords
) -> AddedMember:
    """Let a person into a tenant, with a login and a password of their own."""
    async with _privileged(privileged) as connection:
        params = {
            "tenant": tenant,
            "email": member.email,
            "name": member.name,
            "role": member.role,
        }
        user: UUID = await value_of(connection, _ADD_MEMBER, params)
        return await _admit(connection, tenant, user, passwords)


async def add_tenant(
    privileged: str, email: str, name: str, passwords: Passwords
) -> AddedMember:
    """Open another inbox in this database; its owner's id is the tenant's."""
    async with _privileged(privileged) as connection:
        params = {"email": email, "name": name}
        user: UUID = await value_of(connection, _CREATE_TENANT, params)
        return await _admit(connection, TenantId(user), user, passwords)


async def _admit(
    connection: Connection, tenant: TenantId, user: UUID, passwords: Passwords
) -> AddedMember:
    prefix = await _until_no_rival(lambda: service_logins(connection, passwords))
    person = Person(
        tenant=tenant, user=user, login=login_of(user, f"{prefix}_member"), bound=False
    )
    await _until_no_rival(lambda: member_login(connection, person, passwords))
    return AddedMember(id=MemberId(user), login=person.login)


@asynccontextmanager
async def _privileged(conninfo: str) -> AsyncIterator[Connection]:
    """Connect with the privileged login, and say plainly what it lacks."""
    with translated():
        try:
            async with await AsyncConnection.connect(
                conninfo, autocommit=True, application_name="socialsync bootstrap"
            ) as connection:
                yield connection
        except errors.InsufficientPrivilege as error:
            raise NotSetUp(
                "The database address has a login that may not prepare the database.",
                "Use one that may create roles and extensions; it is needed only once.",
            ) from error
        except (errors.FeatureNotSupported, errors.UndefinedFile) as error:
            raise NotSetUp(
                "The database server lacks one of vector, pg_trgm and unaccent.",
                "Install pgvector and PostgreSQL's contrib modules on the server.",
            ) from error


async def _until_no_rival(step: Callable[[], Awaitable[T]]) -> T:
    """Repeat a step that looks before it makes, until no other installer is in its way."""
    for _ in range(_ATTEMPTS):
        with suppress(*_RIVALS):
            return await step()
        await asyncio.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - jitter
    raise DatabaseDown(
        "Other processes keep preparing this database.", "Try again.", retry_after=5.0
    )


_GROUND_IS_READY = """
select (select count(*) = 7 from pg_roles
         where rolname in ('app_owner', 'app_member', 'app_service', 'app_assistant',
                           'app_claimer', 'app_door', 'app_indexer'))
   and (select count(*) = 3 from pg_extension
         where extname in ('vector', 'pg_trgm', 'unaccent'))
   and (select pg_get_userbyid(datdba) = 'app_owner' from pg_database
         where datname = current_database())
"""
_PREPARE_GROUND = """
do $$
declare
    wanted text;
begin
    foreach wanted in array array['app_owner', 'app_member', 'app_service', 'app_assistant',
                                  'app_claimer', 'app_door',
                                  'app_indexer'] loop
        if to_regrole(wanted) is null then
            -- What app_owner may become it is not by itself: policies bind it.
            execute format('create role %I nologin noinherit', wanted);
        end if;
    end loop;
    grant app_claimer, app_door, app_indexer to app_owner;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant app_owner to %I', current_user);
    end if;

    foreach wanted in array array['vector', 'pg_trgm', 'unaccent'] loop
        if not exists (select 1 from pg_extension where extname = wanted) then
            if to_regnamespace('extensions') is null then
                create schema extensions;
            end if;
            execute format('create extension %I schema extensions', wanted);
        end if;
    end loop;
    for wanted in
        select distinct n.nspname from pg_extension e
          join pg_namespace n on n.oid = e.extnamespace
         where e.extname in ('vector', 'pg_trgm', 'unaccent')
    loop
        execute format('grant usage on schema %I to app_owner, app_member, app_service, '
                       'app_assistant, app_claimer, app_door, app_indexer', wanted);
    end loop;

    execute format('alter database %I owner to app_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    alter schema public owner to app_owner;
end $$
"""


async def _prepare_ground(connection: Connection) -> None:
    """Make the roles that own and group, the extensions, and the database app_owner's."""
    if not await value_of(connection, _GROUND_IS_READY):
        await connection.execute(_PREPARE_GROUND)


_OWNER = """
select m.tenant_id, coalesce(m.login_role::text, ''),
       exists (select 1 from app_private.login_user l
                 join pg_roles r on r.oid = l.role_oid and r.rolname = l.rolname
                where l.user_id = m.user_id and l.rolname = m.login_role)
  from team_members m
  join users u on u.id = m.user_id
 where m.role = 'owner' and m.tenant_id = m.user_id and m.revoked_at is null
 order by u.email = lower(%(email)s) desc, u.created_at
 limit 1
"""


async def _owner(connection: Connection, email: str, name: str, prefix: str) -> Person:
    """Return the owner of this inbox, founding its tenant in a database without one."""
    cursor = await connection.execute(_OWNER, {"email": email})
    found = await cursor.fetchone()
    if found is not None:
        tenant, login, bound = found
        return Person(
            tenant=tenant,
            user=tenant,
            login=login or login_of(tenant, prefix),
            bound=bound,
        )
    tenant = await value_of(connection, _CREATE_TENANT, {"email": email, "name": name})
    return Person(tenant=tenant, user=tenant, login=login_of(tenant, prefix), bound=False)
