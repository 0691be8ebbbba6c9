"""Log in to the embedded server as its superuser: the password, and our database."""

import contextlib
import os
import secrets
import signal
from pathlib import Path

from core.domain.errors import NotSetUp
from core.store.embedded_place import Place, make_private
from core.store.embedded_postmaster import living_postmaster
from core.store.embedded_waiting import wait_until

DATABASE = "socialsync"
_STOP_SECONDS = 20.0


def superuser_password(place: Place) -> str:
    """Return the superuser's password, made once and before the cluster itself."""
    path = place.password_file
    if not path.exists():
        if (place.data_dir / "PG_VERSION").exists():
            _set_aside(place)
        _create_once(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()


def _set_aside(place: Place) -> None:
    """Make room for a new cluster where the home folder was removed and its data was not.

    Only root's data lies outside the home (PostgreSQL refuses to run as root), so removing
    the home leaves it behind. A home made anew is a new inbox: the old data is kept under
    another name, never opened by surprise and never deleted by us.

    Raises:
        NotSetUp: the data lies in the home, so only its password is missing; or its server
            is still running.
    """
    if place.area == place.folder:
        raise NotSetUp(
            "The password of the embedded PostgreSQL is missing.",
            f"Restore {place.password_file} from a backup.",
        )
    running = living_postmaster(place.data_dir)
    if running is not None:
        os.kill(running.pid, signal.SIGINT)
        if not wait_until(lambda: living_postmaster(place.data_dir) is None, _STOP_SECONDS):
            raise NotSetUp(
                "A PostgreSQL of a removed home folder is still running.",
                f"Stop process {running.pid}.",
            )
    aside = place.area / f"data-of-removed-home-{secrets.token_hex(4)}"
    with contextlib.suppress(FileNotFoundError):  # another process was faster
        place.data_dir.rename(aside)


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
