"""The numbered files of `sql/`, and whether a database's history agrees with them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.domain.errors import NotSetUp

_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_OPTION = re.compile(r"^-- (no-transaction|statement-timeout|min-app)(?:: *(\S+))?$", re.M)
_STEP = re.compile(r"^-- next$", re.M)
_STATEMENT_TIMEOUT = "60s"
_UPDATE = "Install the current version of SocialSync on this machine."


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One numbered file.

    `min_app` is the oldest application, by the number of its last migration, that still
    works with a database that has this one: itself, unless the header `-- min-app: N`
    says that it only adds. A file with `-- no-transaction` runs statement by statement,
    divided by lines `-- next`, and must bear being run again from its start.
    """

    version: int
    name: str
    text: str
    checksum: str
    min_app: int
    statement_timeout: str
    transactional: bool

    def steps(self) -> list[str]:
        """Return what is sent to the server at a time."""
        return [self.text] if self.transactional else _STEP.split(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One row of a database's history."""

    version: int
    name: str
    checksum: str
    min_app: int


def read_migrations(sql_dir: Path) -> tuple[Migration, ...]:
    """Return the migrations of a folder in order.

    Raises:
        NotSetUp: the folder is incomplete, as after a broken installation.
    """
    found = sorted(path for path in sql_dir.glob("*.sql") if _NAME.fullmatch(path.name))
    migrations = tuple(_read(path) for path in found)
    if not migrations or [m.version for m in migrations] != list(
        range(1, len(migrations) + 1)
    ):
        raise NotSetUp(
            f"The database's building plan in {sql_dir} is incomplete.",
            "Install SocialSync again.",
        )
    return migrations


def pending(
    migrations: Sequence[Migration], history: Sequence[Applied]
) -> tuple[Migration, ...]:
    """Return what a database still lacks.

    Raises:
        NotSetUp: the database is not one that this version of the application understands.
    """
    known = {migration.version: migration for migration in migrations}
    newest = migrations[-1].version
    for row in history:
        if row.version not in known:
            if row.min_app > newest:
                raise NotSetUp(
                    f"The database is newer (schema {history[-1].version}) than this "
                    f"SocialSync (schema {newest}).",
                    _UPDATE,
                )
        elif known[row.version].checksum != row.checksum:
            raise NotSetUp(
                f"Step {row.version:04} ({row.name}) of the database was made from another "
                "text than this SocialSync carries.",
                "Nothing was changed. Restore the installation, or ask for support.",
            )
    applied = {row.version for row in history}
    missing = tuple(m for m in migrations if m.version not in applied)
    if missing and missing[0].version < max(applied, default=0):
        raise NotSetUp(
            f"Step {missing[0].version:04} of the database was skipped.",
            "Restore the last backup, or ask for support.",
        )
    return missing


def _read(path: Path) -> Migration:
    number = _NAME.fullmatch(path.name)
    assert number is not None  # noqa: S101 - the caller matched the same pattern
    text = path.read_text(encoding="utf-8")
    version = int(number[1])
    options: dict[str, str] = dict(_OPTION.findall(text))
    return Migration(
        version=version,
        name=number[2],
        text=text,
        checksum=hashlib.sha256(text.encode()).hexdigest(),
        min_app=int(options.get("min-app") or version),
        statement_timeout=options.get("statement-timeout") or _STATEMENT_TIMEOUT,
        transactional="no-transaction" not in options,
    )
