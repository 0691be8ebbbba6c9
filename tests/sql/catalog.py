"""Rules every object of the database keeps, each a query that names the breaches.

They look at the catalogs, not at the migrations, so that what was forgotten is found too.
"""

from collections.abc import Iterator, Mapping
from typing import LiteralString

from psycopg import Connection
from psycopg.rows import TupleRow

from core.store.tenancy import CHECKPOINT_TABLES, TABLES, Scope

UNSECURED_TABLES: LiteralString = """
select format('%s is not bound by row security', c.oid::regclass)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('public', 'app', 'app_private') and c.relkind in ('r', 'p')
   and not (c.relrowsecurity and c.relforcerowsecurity)
"""
HALF_CHECKED_POLICIES: LiteralString = """
select format('%s on %s: %s without check', polname, polrelid::regclass, polcmd)
  from pg_policy
 where (polcmd in ('*', 'w') and (polqual is null or polwithcheck is null))
    or (polcmd = 'a' and polwithcheck is null)
"""
POLICIES_FOR_EVERYBODY: LiteralString = """
select format('%s on %s is for everybody', polname, polrelid::regclass)
  from pg_policy where 0 = any (polroles)
"""
POLICIES_ASKING_PER_ROW: LiteralString = """
select format('%s on %s asks once per row', polname, polrelid::regclass)
  from pg_policy,
       lateral (select coalesce(pg_get_expr(polqual, polrelid), '') || ' '
                       || coalesce(pg_get_expr(polwithcheck, polrelid), '') as body) b
 where regexp_replace(body, 'SELECT app\\.', '', 'g')
       ~ 'app\\.(uid|tenants|job_tenant|reachable_tenants)\\('
"""
LOOSE_DEFINERS: LiteralString = """
select format('%s runs as its owner on the caller''s search path', p.oid::regprocedure)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where p.prosecdef and n.nspname in ('public', 'app', 'app_private', 'procrastinate')
   and not coalesce(p.proconfig, '{}') @> array['search_path=""']
"""
OPEN_FUNCTIONS: LiteralString = """
select format('everybody may execute %s', p.oid::regprocedure)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname in ('public', 'app', 'app_private', 'procrastinate')
   and not exists (select 1 from pg_depend d
                    where d.objid = p.oid and d.classid = 'pg_proc'::regclass
                      and d.deptype = 'e')
   and exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                where a.grantee = 0 and a.privilege_type = 'EXECUTE')
"""
POWERFUL_LOGINS: LiteralString = """
select format('the login %s has power over roles or policies', r.rolname)
  from pg_roles r
 where r.rolcanlogin and not r.rolsuper
   and (r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
union all
select format('the login %s owns %s', r.rolname, o.what)
  from pg_roles r
  join (select relowner as owner, oid::regclass::text as what from pg_class
        union all select proowner, oid::regprocedure::text from pg_proc
        union all select nspowner, nspname::text from pg_namespace
        union all select datdba, datname::text from pg_database) o on o.owner = r.oid
 where r.rolcanlogin and not r.rolsuper
"""
VIEWS_OF_THEIR_OWNER: LiteralString = """
select format('%s shows what its owner may see', c.oid::regclass)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('public', 'app', 'app_private') and c.relkind in ('v', 'm')
   and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']
"""
RIGHTS_BEYOND_ROWS: LiteralString = """
select format('%s may %s %s', a.grantee::regrole, a.privilege_type, c.oid::regclass)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace,
       lateral aclexplode(c.relacl) a
 where n.nspname in ('public', 'app', 'app_private')
   and a.grantee <> c.relowner
   and a.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
"""
UNTOUCHED_TIMES: LiteralString = """
select format('%s.updated_at is left to its writers', c.oid::regclass)
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relkind = 'r' and a.attname = 'updated_at'
   and not exists (select 1 from pg_trigger t
                    where t.tgrelid = c.oid and t.tgfoid = 'app.touch'::regproc)
"""

RULES: Mapping[str, LiteralString] = {
    "tables are bound by row security": UNSECURED_TABLES,
    "policies check what they let in": HALF_CHECKED_POLICIES,
    "policies name their role": POLICIES_FOR_EVERYBODY,
    "policies ask once per query": POLICIES_ASKING_PER_ROW,
    "definers have no search path": LOOSE_DEFINERS,
    "functions are for whom we name": OPEN_FUNCTIONS,
    "logins own nothing and rule nobody": POWERFUL_LOGINS,
    "views show what their reader may see": VIEWS_OF_THEIR_OWNER,
    "nobody has rights that row security ignores": RIGHTS_BEYOND_ROWS,
    "changes are timed by the database": UNTOUCHED_TIMES,
}

_TABLES: LiteralString = """
select c.relname from pg_class c
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
"""
_KEYS: LiteralString = """
select child.relname, parent.relname, k.conname,
       array(select attname::text from unnest(k.conkey) with ordinality u(n, i)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by i),
       array(select attname::text from unnest(k.confkey) with ordinality u(n, i)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n order by i)
  from pg_constraint k
  join pg_class child on child.oid = k.conrelid
  join pg_class parent on parent.oid = k.confrelid
 where k.contype = 'f' and child.relnamespace = 'public'::regnamespace
"""
_UNIQUES: LiteralString = """
select c.relname, i.indexrelid::regclass::text,
       array(select attname::text from unnest(i.indkey::int2[]) with ordinality u(n, o)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.n order by o)
  from pg_index i join pg_class c on c.oid = i.indrelid
 where i.indisunique and c.relnamespace = 'public'::regnamespace
"""
_RANDOM_NAMES = {("notices_channels", "channel"), ("assistant_threads", "thread_id")}
"""Columns whose values are ours and random: that one is taken says nothing about others."""


def breaches(connection: Connection[TupleRow], query: LiteralString) -> list[str]:
    """Return what breaks a rule."""
    return [str(row[0]) for row in connection.execute(query).fetchall()]


def tables_without_access(connection: Connection[TupleRow]) -> list[str]:
    """Return tables that nobody has said the rights of, and rights of no table."""
    found = {row[0] for row in connection.execute(_TABLES).fetchall()}
    return sorted(found ^ {*TABLES, *CHECKPOINT_TABLES})


def keys_across_tenants(connection: Connection[TupleRow]) -> Iterator[str]:
    """Yield foreign keys by which a row could hang under another tenant's."""
    for child, parent, name, columns, targets in connection.execute(_KEYS).fetchall():
        tenant = _tenant_column(parent)
        if parent == "users" or tenant is None:
            continue
        pairs = set(zip(columns, targets, strict=True))
        if (_tenant_column(child), tenant) not in pairs:
            yield f"{child}.{name}"


def uniques_across_tenants(connection: Connection[TupleRow]) -> Iterator[str]:
    """Yield unique keys that tell one tenant what another one has.

    A key is a tenant's own when it holds the tenant, or a surrogate that only its tenant
    knows: the row's own id, or that of its parent.
    """
    parents = {
        (child, column)
        for child, _, _, columns, _ in connection.execute(_KEYS).fetchall()
        for column in columns
    }
    for table, name, columns in connection.execute(_UNIQUES).fetchall():
        tenant = _tenant_column(table)
        if table == "users" or tenant is None or tenant in columns or columns == ["id"]:
            continue
        if any((table, c) in parents or (table, c) in _RANDOM_NAMES for c in columns):
            continue
        yield f"{name} on {table}"


def _tenant_column(table: str) -> str | None:
    access = TABLES.get(table)
    return access.column if access and access.scope is not Scope.UNROUTED else None
