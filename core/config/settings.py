"""The settings of one process, read once from the environment and `config.toml`.

The environment wins over the file. Secrets are taken from the environment only (or from
the vault, which is not settings); a secret in `config.toml` is refused, since that file
is the one people copy into tickets.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core import paths
from core.config.secret import Secret
from core.domain.errors import BadSettings


class ModelProvider(StrEnum):
    """Where a model runs."""

    LOCAL = "local"
    OPENAI = "openai"
    ANTHROPIC = "anthropic"


class EmbedProvider(StrEnum):
    """Who turns texts into vectors; Anthropic has no model for that."""

    LOCAL = "local"
    OPENAI = "openai"


class LogStyle(StrEnum):
    """How log lines look."""

    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set from outside; see the table in the README."""

    home: Path
    database_url: Secret | None = None
    host: str = "127.0.0.1"
    port: int = 8710
    public_url: str | None = None
    """Where platforms reach the companion from outside; files are handed out below it."""
    meta_app_secrets: tuple[Secret, ...] = ()
    meta_verify_token: Secret | None = None
    meta_app_id: str | None = None
    instagram_app_id: str | None = None
    instagram_app_secret: Secret | None = None
    x_client_id: str | None = None
    x_client_secret: Secret | None = None
    x_app_token: Secret | None = None
    linkedin_client_id: str | None = None
    linkedin_application: str | None = None
    """The number of the developer app at LinkedIn, which its subscriptions name."""
    login_port: int = 0
    """Where logins in the browser come back to, 0 for any free port; X and LinkedIn only
    take an address that is registered with its port."""
    x_consumer_secret: Secret | None = None
    linkedin_client_secret: Secret | None = None
    stripe_webhook_secret: Secret | None = None
    graph_url: str = "https://graph.facebook.com/v26.0"
    instagram_url: str = "https://graph.instagram.com/v26.0"
    x_url: str = "https://api.x.com"
    linkedin_url: str = "https://api.linkedin.com/rest"
    stripe_url: str = "https://api.stripe.com"
    llm_provider: ModelProvider = ModelProvider.LOCAL
    llm_url: str | None = None
    llm_model: str | None = None
    llm_api_key: Secret | None = None
    embed_provider: EmbedProvider = EmbedProvider.LOCAL
    embed_model: str | None = None
    vault_key: Secret | None = None
    log: LogStyle = LogStyle.TEXT
    timings: "Timings" = field(default_factory=lambda: Timings())

    @property
    def secrets_dir(self) -> Path:
        """Return the folder of the vault."""
        return self.home / "secrets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long things may take, in seconds; tests and the demo shorten some of them."""

    burst_pause: float = 4.0
    """Quiet time after a customer's last fragment before the assistant answers."""
    burst_cap: float = 20.0
    """The longest a burst can put the answer off."""
    poll: float = 5.0
    """How often a loop looks for work that no notice announced."""
    lease: float = 60.0
    """How long a claim holds; RELIABILITY 5.3 (1)."""
    sending_margin: float = 30.0
    """Lease that must remain when a send begins: more than the call's own limit."""
    sweep: float = 15.0
    unknown_after: float = 600.0
    """After this an unanswered send is a person's to settle."""
    unknown_after_fast: float = 120.0
    """The same while other statuses of the channel flow, so that this one is missing."""


_SECRETS = {
    "SOCIALSYNC_DATABASE_URL": "database_url",
    "SOCIALSYNC_META_VERIFY_TOKEN": "meta_verify_token",
    "SOCIALSYNC_INSTAGRAM_APP_SECRET": "instagram_app_secret",
    "SOCIALSYNC_X_CLIENT_SECRET": "x_client_secret",
    "SOCIALSYNC_X_APP_TOKEN": "x_app_token",
    "SOCIALSYNC_X_CONSUMER_SECRET": "x_consumer_secret",
    "SOCIALSYNC_LINKEDIN_CLIENT_SECRET": "linkedin_client_secret",
    "SOCIALSYNC_STRIPE_WEBHOOK_SECRET": "stripe_webhook_secret",
    "SOCIALSYNC_LLM_API_KEY": "llm_api_key",
    "SOCIALSYNC_KEY": "vault_key",
}
_TEXTS = {
    "SOCIALSYNC_HOST": "host",
    "SOCIALSYNC_META_APP_ID": "meta_app_id",
    "SOCIALSYNC_INSTAGRAM_APP_ID": "instagram_app_id",
    "SOCIALSYNC_X_CLIENT_ID": "x_client_id",
    "SOCIALSYNC_LINKEDIN_CLIENT_ID": "linkedin_client_id",
    "SOCIALSYNC_LINKEDIN_APPLICATION": "linkedin_application",
    "SOCIALSYNC_LLM_MODEL": "llm_model",
    "SOCIALSYNC_EMBED_MODEL": "embed_model",
}
_URLS = {
    "SOCIALSYNC_GRAPH_URL": "graph_url",
    "SOCIALSYNC_INSTAGRAM_URL": "instagram_url",
    "SOCIALSYNC_X_URL": "x_url",
    "SOCIALSYNC_LINKEDIN_URL": "linkedin_url",
    "SOCIALSYNC_STRIPE_URL": "stripe_url",
    "SOCIALSYNC_LLM_URL": "llm_url",
}
_CHOICES: dict[str, tuple[str, type[StrEnum]]] = {
    "SOCIALSYNC_LLM_PROVIDER": ("llm_provider", ModelProvider),
    "SOCIALSYNC_EMBED_PROVIDER": ("embed_provider", EmbedProvider),
    "SOCIALSYNC_LOG": ("log", LogStyle),
}
_META_SECRETS = "SOCIALSYNC_META_APP_SECRET"
_HOME = "SOCIALSYNC_HOME"
_PORTS = {"SOCIALSYNC_PORT": "port", "SOCIALSYNC_LOGIN_PORT": "login_port"}
_PUBLIC_URL = "SOCIALSYNC_PUBLIC_URL"
CONFIG_FILE = "config.toml"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this process.

    Raises:
        BadSettings: a value makes no sense, or a secret stands in `config.toml`.
    """
    env = dict(os.environ if environ is None else environ)
    home = (
        Path(env[_HOME]).expanduser()
        if env.get(_HOME)
        else paths.default_home(_data_home(env))
    )
    merged = {**_from_file(home / CONFIG_FILE), **{k: v for k, v in env.items() if v}}
    return Settings(home=home.absolute(), **_typed(merged))


def _data_home(env: Mapping[str, str]) -> str | None:
    """Return what the environment says about the place of data folders."""
    return env.get("XDG_DATA_HOME") or env.get("LOCALAPPDATA")


def _typed(merged: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that are given, under the attribute's name and in its type."""
    values: dict[str, Any] = {
        attribute: merged[name] for name, attribute in _TEXTS.items() if name in merged
    }
    values |= {
        attribute: _url(name, merged[name])
        for name, attribute in _URLS.items()
        if name in merged
    }
    values |= {
        attribute: Secret(merged[name])
        for name, attribute in _SECRETS.items()
        if name in merged
    }
    values |= {
        attribute: _choice(name, merged[name], kind)
        for name, (attribute, kind) in _CHOICES.items()
        if name in merged
    }
    if _META_SECRETS in merged:
        parts = (part.strip() for part in merged[_META_SECRETS].split(","))
        values["meta_app_secrets"] = tuple(Secret(part) for part in parts if part)
    values |= {
        attribute: _port(name, merged[name])
        for name, attribute in _PORTS.items()
        if name in merged
    }
    if _PUBLIC_URL in merged:
        values["public_url"] = _public_url(merged[_PUBLIC_URL])
    return values


def _from_file(file: Path) -> dict[str, str]:
    """Return the settings of `config.toml`, with the environment's names.

    The file uses the same names in lower case without the prefix: `port = 8710`.
    """
    if not file.is_file():
        return {}
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(
            f"{CONFIG_FILE} is not valid TOML: {error}.",
            "Write one setting on each line, such as: port = 8710",
        ) from error
    known = {*_TEXTS, *_URLS, *_CHOICES, *_PORTS, _PUBLIC_URL}
    found: dict[str, str] = {}
    for key, value in content.items():
        name = f"SOCIALSYNC_{key.upper()}"
        if name in _SECRETS or name == _META_SECRETS:
            raise BadSettings(
                f"{CONFIG_FILE} holds the secret “{key}”.",
                f"Remove it from the file and set {name} in the environment.",
            )
        if name not in known:
            raise BadSettings(
                f"{CONFIG_FILE} has an unknown setting “{key}”.",
                "Check its spelling against the table in the README.",
            )
        if type(value) not in (str, int):
            raise BadSettings(
                f"{CONFIG_FILE}: “{key}” is neither a text nor a number.",
                'Write it as in: log = "json" or port = 8710',
            )
        found[name] = str(value)
    return found


def _choice(name: str, value: str, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(value)
    except ValueError as error:
        raise BadSettings(
            f"{name} is “{value}”.", f"Use one of: {', '.join(kind)}."
        ) from error


def _url(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        reachable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        reachable = False
    if not reachable:
        raise BadSettings(
            f"{name} is “{value}”.", "Use an address that begins with https:// or http://."
        )
    return value


def _public_url(value: str) -> str:
    """Return the address without its last slash; customers' files travel over https only."""
    parts = urlsplit(_url(_PUBLIC_URL, value))
    if parts.scheme != "https" or parts.query or parts.fragment:
        raise BadSettings(
            f"{_PUBLIC_URL} is “{value}”.",
            "Use the https address of the companion, such as https://inbox.example.org",
        )
    return value.rstrip("/")


def _port(name: str, value: str) -> int:
    if not value.isdecimal() or not 0 <= int(value) <= 65535:
        raise BadSettings(f"{name} is “{value}”.", "Use a number from 0 to 65535.")
    return int(value)
