"""Who may sign for each platform, and what Meta has to repeat when it asks who we are."""

from core.config.secret import Secret
from core.config.settings import Settings
from core.config.vault import Vault
from core.domain.channel import PlatformName

SANDBOX_SECRET = "sandbox/app-secret"  # noqa: S105 - the secret's name in the vault
_VERIFY_TOKEN = "meta/verify-token"  # noqa: S105 - the secret's name in the vault


def signing_keys(settings: Settings, vault: Vault) -> dict[PlatformName, tuple[str, ...]]:
    """Return who may sign for each platform; no key means nobody may.

    The sandbox signs with a secret of its own, known to this home's vault alone; its demo
    channels speak every dialect, so all addresses take it too. Instagram signs with its own
    app's secret where the login was Instagram's (CONTRACTS 1.2).
    """
    meta = settings.meta_app_secrets
    own = {
        PlatformName.WHATSAPP: meta,
        PlatformName.INSTAGRAM: (*meta, *_given(settings.instagram_app_secret)),
        PlatformName.FACEBOOK: meta,
        PlatformName.X: _given(settings.x_consumer_secret),
        PlatformName.LINKEDIN: _given(settings.linkedin_client_secret),
    }
    demo = vault.get_or_create(SANDBOX_SECRET).reveal()
    return {
        name: (*(secret.reveal() for secret in own.get(name, ())), demo)
        for name in PlatformName
    }


def verify_token(settings: Settings, vault: Vault) -> Secret:
    """Return what Meta repeats when a webhook is set up, made on first use."""
    return settings.meta_verify_token or vault.get_or_create(_VERIFY_TOKEN)


def known_verify_token(settings: Settings, vault: Vault) -> Secret | None:
    """Return the same if this machine has it: the companion may be another one."""
    return settings.meta_verify_token or vault.get(_VERIFY_TOKEN)


def _given(secret: Secret | None) -> tuple[Secret, ...]:
    return () if secret is None else (secret,)
