"""Commands about the machinery: `doctor`, `migrate`, `status`, `webhook`, `bench`."""

import importlib.util
import os
import platform
import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from core import paths
from core.actions import replay
from core.cli.running import Json, as_service, run, show, signed_in
from core.config.settings import Settings
from core.config.vault import open_vault
from core.domain.errors import NotFound
from core.queries import health
from core.queries.health import Health
from core.store import access
from core.store.pool import Login

webhook = typer.Typer(help="Bodies that platforms sent.", no_args_is_help=True)


def doctor(as_json: Json = False) -> None:
    """Say how this machine is set up: the database, the login, the vault."""

    async def work(own: Settings) -> dict[str, Any]:
        vault = open_vault(own.secrets_dir, own.vault_key)
        async with as_service(own) as engine:
            report = await health.readiness(engine.kit)
            return {
                "home": str(own.home),
                "database": "embedded" if own.database_url is None else "external",
                "login": engine.kit.database.login.value,
                "schema": report["schema"],
                "secrets_protected_by": vault.protection.value,
                "python": platform.python_version(),
            }

    found = run(work)
    show(
        found,
        lambda: "\n".join(
            f"{name.replace('_', ' ')}: {value}" for name, value in found.items()
        ),
        as_json=as_json,
    )


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would be done.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring the database to this version's schema."""

    async def work(own: Settings) -> dict[str, Any]:
        if check:
            state = await access.schema_state(own)
            return {"version": state.version, "pending": list(state.pending)}
        vault = open_vault(own.secrets_dir, own.vault_key)
        async with access.open_access(own, vault, Login.SERVICE):
            state = await access.schema_state(own)
        return {"version": state.version, "pending": list(state.pending)}

    found = run(work)

    def words() -> str:
        if found["pending"]:
            return "To apply: " + ", ".join(found["pending"])
        return f"The schema is up to date (version {found['version']})."

    show(found, words, as_json=as_json)
    if check and found["pending"]:
        raise typer.Exit(1)


def status(as_json: Json = False) -> None:
    """Say how the inbox is: what waits, what is uncertain, what was put aside."""

    async def work(own: Settings) -> Health:
        async with signed_in(own) as engine:
            return await health.overview(engine.kit)

    found = run(work)

    def words() -> str:
        lines = [
            f"companion: {'running' if found.companion_alive else 'not running'}",
            f"waiting to be sent: {found.queued}",
            f"uncertain: {found.uncertain}",
            f"put aside (webhooks): {found.parked}",
        ]
        lines += [
            f"{channel.name} ({channel.platform}): {channel.paused_reason or channel.status}"
            for channel in found.channels
        ]
        return "\n".join(lines)

    show(found, words, as_json=as_json)


@webhook.command("replay")
def replay_(event: UUID, as_json: Json = False) -> None:
    """Process a kept body again; what it says a second time changes nothing."""

    async def work(own: Settings) -> None:
        async with as_service(own) as engine:
            await replay.webhook(engine.kit, event)

    run(work)
    show({"queued": event}, lambda: "Queued.", as_json=as_json)


@webhook.command("list")
def list_parked(as_json: Json = False) -> None:
    """List the bodies that were put aside, newest first."""

    async def work(own: Settings) -> list[replay.Parked]:
        async with as_service(own) as engine:
            return await replay.parked(engine.kit)

    found = run(work)
    show(
        found,
        lambda: (
            "\n".join(f"{one.id}  {one.platform:<9}  {one.error}" for one in found)
            or "Nothing was put aside."
        ),
        as_json=as_json,
    )


def bench(name: str, as_json: Json = False) -> None:
    """Run a benchmark of this checkout and print its figures beside the comparison's."""

    async def work(_own: Settings) -> dict[str, Any]:
        figures: dict[str, Any] = await _benchmark(name).run()
        return {
            "bench": name,
            **figures,
            "machine": {
                "cores": os.cpu_count(),
                "system": platform.platform(),
                "python": platform.python_version(),
            },
        }

    found = run(work)
    show(
        found,
        lambda: "\n".join(f"{key}: {value}" for key, value in found.items()),
        as_json=as_json,
    )


def _benchmark(name: str) -> Any:
    """Return the module of a benchmark.

    Raises:
        NotFound: there is none of that name, or this is not a checkout.
    """
    folder = paths.installation_dir() / "tests" / "bench"
    there = sorted(file.stem for file in folder.glob("[!_]*.py"))
    if name not in there:
        known = ", ".join(there) or "none: benchmarks run from a checkout"
        raise NotFound(f"There is no benchmark “{name}”.", f"There are: {known}.")
    spec = importlib.util.spec_from_file_location(
        f"bench_{name}", Path(folder) / f"{name}.py"
    )
    if spec is None or spec.loader is None:
        raise NotFound(f"The benchmark “{name}” cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(paths.installation_dir()))
    spec.loader.exec_module(module)
    return module
