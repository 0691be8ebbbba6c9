"""The house rules that no linter knows, and the proof that each of them can fail."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import file_rules
from tests.house.planted import PLANTED, Planted
from tests.house.python_rules import RULES
from tests.house.source import ROOT, Rule, Source, python_files

SOURCES = python_files("core", "desktop", "tests")
HEAVY = (
    "onnxruntime",
    "numpy",
    "langgraph",
    "procrastinate",
    "openai",
    "anthropic",
    "stripe",
)
SETTING = re.compile(r"\bSOCIALSYNC_[A-Z_]+\b")


def _name(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_code_keeps_the_rule(rule: Rule) -> None:
    breaches = [str(breach) for source in SOURCES for breach in rule(source)]

    assert not breaches, "\n".join(["", *breaches])


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: _name(planted.rule))
def test_rule_finds_a_planted_breach_and_nothing_else(planted: Planted) -> None:
    broken = Source.parse(planted.path, planted.breach)
    lawful = Source.parse(planted.lawful_path or planted.path, planted.lawful)

    assert list(planted.rule(broken))
    assert not list(planted.rule(lawful))


def test_every_rule_has_a_planted_breach() -> None:
    assert {planted.rule for planted in PLANTED} == set(RULES)


def test_files_name_no_machine_and_no_registry() -> None:
    found = [
        f"{path}: {what}"
        for path, text in file_rules.text_files(ROOT)
        for what in file_rules.foreign_words(text)
    ]

    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    "text",
    [
        "/ho" + "me/zoe/socialsync",
        "https://files.python" + "hosted.org/x.whl",
        "pip install --extra-index" + "-url=x",
        "# TO" + "DO later",
    ],
)
def test_foreign_word_is_found(text: str) -> None:
    assert file_rules.foreign_words(text)


def test_migrations_are_numbered_lower_case_and_say_why() -> None:
    assert not file_rules.migration_breaches(ROOT / "sql")


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("0001_Create_users.sql", "-- Why.\n", "NNNN_verb_object"),
        ("0002_create_users.sql", "-- Why.\n", "0001 comes next"),
        ("0001_create_users.sql", "create table t ();\n", "says why"),
        ("0001_create_users.sql", "-- Why.\nCREATE TABLE t ();\n", "lower-case"),
        ("0001_a.sql", "-- Why.\ncreate table if not exists t ();\n", "knows what exists"),
    ],
)
def test_bad_migration_is_found(
    tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")

    assert any(complaint in found for found in file_rules.migration_breaches(tmp_path))


def test_lawful_migration_passes(tmp_path: Path) -> None:
    (tmp_path / "0001_a.sql").write_text(
        "-- Why Not.\ncreate function f() begin if not exists (select 1) then end;\n"
        "create policy \"Users see theirs\" on t using (a = 'Yes');\n",
        "utf-8",
    )

    assert not file_rules.migration_breaches(tmp_path)


def test_others_work_comes_with_its_licence(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "Sans-Bold.ttf").touch()

    assert not file_rules.unlicensed(ROOT / "resources")
    assert not file_rules.unlicensed_fonts(ROOT / "resources" / "fonts")
    assert file_rules.unlicensed(tmp_path) == ["models"]
    assert file_rules.unlicensed_fonts(tmp_path) == ["Sans-Bold.ttf"]


def test_translations_are_finished(tmp_path: Path) -> None:
    (tmp_path / "fr.ts").write_text('<translation type="unfinished"/>', "utf-8")

    assert not file_rules.unfinished_translations(ROOT / "resources" / "i18n")
    assert file_rules.unfinished_translations(tmp_path) == ["fr.ts"]


def test_build_is_no_package() -> None:
    # An __init__.py there would shadow `python -m build`.
    assert not list((ROOT / "build").rglob("__init__.py"))


def test_readme_documents_exactly_the_settings_that_are_read() -> None:
    read = set(SETTING.findall((ROOT / "core/config/settings.py").read_text("utf-8")))
    documented = set(SETTING.findall((ROOT / "README.md").read_text("utf-8")))

    assert documented == read


def test_lock_pins_every_dependency_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {
        _distribution(line)
        for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    }
    pins = re.findall(
        r"^([\w.-]+)==[^\\\n]*\\\n {4}--hash=sha256:",
        (ROOT / "requirements.lock").read_text("utf-8"),
        re.M,
    )

    assert wanted <= {_distribution(pin) for pin in pins}


def _distribution(requirement: str) -> str:
    """Return the name a requirement asks for, as package indexes compare names."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize(
    ("module", "banned"),
    [("core.__main__", (*HEAVY, "PySide6")), ("desktop.__main__", HEAVY)],
)
def test_starting_loads_nothing_heavy(module: str, banned: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*(set({banned!r}) & set(sys.modules)))"

    run = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout.strip()) == (0, ""), run.stderr
