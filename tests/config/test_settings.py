from pathlib import Path

import pytest

from core.config.secret import Secret
from core.config.settings import LogStyle, ModelProvider, load
from core.domain.errors import BadSettings

SECRET_NAMES = (
    "DATABASE_URL",
    "META_APP_SECRET",
    "META_VERIFY_TOKEN",
    "X_CONSUMER_SECRET",
    "LINKEDIN_CLIENT_SECRET",
    "STRIPE_WEBHOOK_SECRET",
    "LLM_API_KEY",
    "KEY",
)


def environ(home: Path, **values: str) -> dict[str, str]:
    """Return an environment with our settings, named without the prefix."""
    named = {f"SOCIALSYNC_{name}": value for name, value in values.items()}
    return {"SOCIALSYNC_HOME": str(home), **named}


def write(home: Path, content: str) -> None:
    (home / "config.toml").write_text(content, "utf-8")


def test_without_any_setting_the_usual_ones_hold(tmp_path: Path) -> None:
    own = load(environ(tmp_path))
    assert (own.host, own.port, own.log) == ("127.0.0.1", 8710, LogStyle.TEXT)
    assert (own.database_url, own.meta_app_secrets) == (None, ())
    assert own.llm_provider is ModelProvider.LOCAL
    assert own.secrets_dir == tmp_path / "secrets"


def test_an_applications_number_may_stand_in_the_file(tmp_path: Path) -> None:
    write(tmp_path, "linkedin_application = 221195903")
    assert load(environ(tmp_path)).linkedin_application == "221195903"


def test_without_a_home_the_data_folder_of_the_platform_is_used(tmp_path: Path) -> None:
    own = load({"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)})
    assert tmp_path in own.home.parents


def test_a_relative_home_is_made_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load({"SOCIALSYNC_HOME": "data"}).home == tmp_path / "data"


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    own = load(
        environ(
            tmp_path,
            HOST="0.0.0.0",  # noqa: S104 - a value, nothing listens
            PORT="9000",
            LOG="json",
            LLM_PROVIDER="openai",
            LLM_URL="http://127.0.0.1:11434/v1",
            GRAPH_URL="http://127.0.0.1:8711",
        )
    )
    assert (own.port, own.log, own.llm_provider) == (
        9000,
        LogStyle.JSON,
        ModelProvider.OPENAI,
    )
    assert own.llm_url == "http://127.0.0.1:11434/v1"
    assert own.graph_url == "http://127.0.0.1:8711"


def test_settings_come_from_the_file_of_the_home(tmp_path: Path) -> None:
    write(tmp_path, 'port = 9001\nlog = "json"\nllm_model = "qwen3"\n')
    own = load(environ(tmp_path))
    assert (own.port, own.log, own.llm_model) == (9001, LogStyle.JSON, "qwen3")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, "port = 9001\n")
    assert load(environ(tmp_path, PORT="9002")).port == 9002


def test_an_empty_variable_is_no_setting(tmp_path: Path) -> None:
    write(tmp_path, "port = 9001\n")
    assert load(environ(tmp_path, PORT="", DATABASE_URL="")).port == 9001
    assert load(environ(tmp_path, DATABASE_URL="")).database_url is None


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_secret_in_the_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, f'{name.lower()} = "hunter2"\n')
    with pytest.raises(BadSettings) as refused:
        load(environ(tmp_path))
    assert name.lower() in refused.value.title
    assert f"SOCIALSYNC_{name}" in refused.value.next_step
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_secret_is_taken_from_the_environment_and_not_printed(
    tmp_path: Path, name: str
) -> None:
    own = load(environ(tmp_path, **{name: "hunter2"}))
    assert "hunter2" not in repr(own)
    held = {own.database_url, own.meta_verify_token, own.x_consumer_secret}
    held |= {own.linkedin_client_secret, own.stripe_webhook_secret, own.llm_api_key}
    held |= {own.vault_key, *own.meta_app_secrets}
    assert Secret("hunter2") in held


def test_app_secrets_are_a_list_so_that_one_can_be_replaced(tmp_path: Path) -> None:
    own = load(environ(tmp_path, META_APP_SECRET="old, new,,"))  # noqa: S106 - made up
    assert own.meta_app_secrets == (Secret("old"), Secret("new"))


def test_an_unknown_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "prot = 1\n")
    with pytest.raises(BadSettings, match="“prot”") as refused:
        load(environ(tmp_path))
    assert "spelling" in refused.value.next_step


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "port == 1\n")
    with pytest.raises(BadSettings, match=r"config\.toml is not valid TOML") as refused:
        load(environ(tmp_path))
    assert refused.value.next_step


@pytest.mark.parametrize("value", ["[1]", "true", "{a = 1}", "1.5"])
def test_a_setting_of_another_kind_is_refused(tmp_path: Path, value: str) -> None:
    write(tmp_path, f"host = {value}\n")
    with pytest.raises(BadSettings, match="“host”") as refused:
        load(environ(tmp_path))
    assert refused.value.next_step


@pytest.mark.parametrize("port", ["http", "-1", "65536", "8710.0", " "])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(BadSettings, match="SOCIALSYNC_PORT") as refused:
        load(environ(tmp_path, PORT=port))
    assert "0 to 65535" in refused.value.next_step


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("LOG", "json, text"),
        ("LLM_PROVIDER", "local, openai, anthropic"),
        ("EMBED_PROVIDER", "local, openai"),
    ],
)
def test_a_choice_that_is_none_is_refused_with_the_ones_there_are(
    tmp_path: Path, name: str, choices: str
) -> None:
    with pytest.raises(BadSettings, match=f"SOCIALSYNC_{name}") as refused:
        load(environ(tmp_path, **{name: "carrier pigeon"}))
    assert choices in refused.value.next_step


@pytest.mark.parametrize(
    "name", ["GRAPH_URL", "INSTAGRAM_URL", "X_URL", "LINKEDIN_URL", "STRIPE_URL", "LLM_URL"]
)
@pytest.mark.parametrize(
    "value", ["graph.facebook.com", "ftp://host", "https://", "http://["]
)
def test_an_address_that_cannot_be_called_is_refused(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(BadSettings, match=f"SOCIALSYNC_{name}") as refused:
        load(environ(tmp_path, **{name: value}))
    assert "https://" in refused.value.next_step


def test_the_public_address_ends_without_a_slash(tmp_path: Path) -> None:
    assert load(environ(tmp_path)).public_url is None
    own = load(environ(tmp_path, PUBLIC_URL="https://inbox.example.org/sync/"))
    assert own.public_url == "https://inbox.example.org/sync"


@pytest.mark.parametrize(
    "value",
    [
        "http://inbox.example.org",
        "inbox.example.org",
        "https://h?a=b",
        "https://h#x",
        "http://[",
    ],
)
def test_files_are_lent_over_https_alone(tmp_path: Path, value: str) -> None:
    with pytest.raises(BadSettings, match="SOCIALSYNC_PUBLIC_URL") as refused:
        load(environ(tmp_path, PUBLIC_URL=value))
    assert "https://" in refused.value.next_step


def test_the_apps_of_the_platforms_are_read(tmp_path: Path) -> None:
    own = load(
        environ(
            tmp_path,
            META_APP_ID="1",
            INSTAGRAM_APP_ID="2",
            INSTAGRAM_APP_SECRET="s2",  # noqa: S106 - of this test
            X_CLIENT_ID="3",
            X_CLIENT_SECRET="s3",  # noqa: S106 - of this test
            LINKEDIN_CLIENT_ID="4",
            LOGIN_PORT="8730",
        )
    )
    assert (own.meta_app_id, own.instagram_app_id, own.x_client_id) == ("1", "2", "3")
    assert (own.linkedin_client_id, own.login_port) == ("4", 8730)
    assert "s2" not in repr(own)
    assert "s3" not in repr(own)
