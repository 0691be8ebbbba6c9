"""Log in to the embedded server as its superuser: the password, and our database."""

import os
import secrets
from pathlib import Path

from core.domain.errors import NotSetUp
from core.store.embedded_place import Place, make_private

DATABASE = "socialsync"


def superuser_password(place: Place) -> str:
    """Return the superuser's password, made once and before the cluster itself."""
    path = place.password_file
    if not path.exists():
        if (place.data_dir / "PG_VERSION").exists():
            raise NotSetUp(
                "The password of the embedded PostgreSQL is missing.",
                f"Restore {path} from a backup.",
            )
        _create_once(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()


def _create_once(path: Path, content: str) -> None:
    """Write a private file whole, unless another process was faster."""
    make_private(path.parent)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


_DATABASE_EXISTS = "select 1 from pg_database where datname = 'socialsync'"
_CREATE_DATABASE = "create database socialsync"


def ensure_database(conninfo: str) -> bool:
    """Return whether the server takes us in, creating our database if it lacks it."""
    import psycopg

    try:
        with psycopg.connect(conninfo, autocommit=True, connect_timeout=10) as connection:
            if connection.execute(_DATABASE_EXISTS).fetchone() is None:
                connection.execute(_CREATE_DATABASE)
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        return True  # somebody else's `create database` was faster
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise NotSetUp(
                "The embedded PostgreSQL does not accept our password.",
                "Restore secrets/postgres-superuser from a backup.",
            ) from error
        return False
    return True
