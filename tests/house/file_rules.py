"""Rules over files that are not Python: names, weight of words, licences, migrations."""

import re
from collections.abc import Iterator
from pathlib import Path

TOP_LEVEL = ("core", "desktop", "resources", "sql", "tests", "build", ".ci")

_MIGRATION = re.compile(r"(\d{4})_[a-z0-9]+(_[a-z0-9]+)*\.sql")
_SQL_NOISE = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"")
_GUARD = re.compile(r"\b(create (?!extension|schema)|add )[^;]*?\bif not exists\b(?! \()")

# Written in two halves, or this file would be its own first breach.
_REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("debian", "org"),
    ("crates", "io"),
)
_FOREIGN = {
    "an absolute home path": re.compile(r"(?<![\w.])/(home|Users|root|work)/[A-Za-z]"),
    "the host of a package registry": re.compile(
        "|".join(rf"\b{name}\.{end}\b" for name, end in _REGISTRIES)
    ),
    "the address of a package index": re.compile(r"--(extra-)?index" + "-url[ =]"),
    "a task without a name": re.compile(r"\bTO" + r"DO\b(?!\()"),
}


def text_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Read the checkout's own text files, as paths relative to it."""
    listed = [file for file in root.iterdir() if file.is_file()]
    for folder in TOP_LEVEL:
        listed.extend(file for file in (root / folder).rglob("*") if file.is_file())
    for file in sorted(listed):
        if "__pycache__" in file.parts:
            continue
        try:
            yield file.relative_to(root), file.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a font, a picture, the model


def foreign_words(text: str) -> list[str]:
    """Return what a text says that only makes sense on the machine it was written on."""
    return [what for what, pattern in _FOREIGN.items() if pattern.search(text)]


def migration_breaches(sql: Path) -> list[str]:
    """Return what is wrong with the numbered files of a folder."""
    files = sorted(file for file in sql.glob("*.sql") if file.name[:1].isdigit())
    found: list[str] = []
    for number, file in enumerate(files, start=1):
        text = file.read_text("utf-8")
        named = _MIGRATION.fullmatch(file.name)
        if not named:
            found.append(f"{file.name}: the name is NNNN_verb_object.sql")
        elif int(named[1]) != number:
            found.append(f"{file.name}: number {number:04} comes next")
        if not text.startswith("--"):
            found.append(f"{file.name}: begins with a comment that says why")
        bare = _SQL_NOISE.sub("", text)
        if re.search(r"[A-Z]", bare):
            found.append(f"{file.name}: SQL is lower-case")
        if _GUARD.search(bare):
            found.append(f"{file.name}: a migration knows what exists")
    return found


def unlicensed(resources: Path) -> list[str]:
    """Return the folders that carry neither a licence nor a word on whose work they are."""
    return [
        name
        for name in ("fonts", "icons", "models")
        if (folder := resources / name).is_dir()
        and not any(_states_a_licence(file) for file in folder.iterdir())
    ]


def _states_a_licence(file: Path) -> bool:
    if file.name == "README.md":
        return "licen" in file.read_text("utf-8").lower()
    return "LICENSE" in file.name or file.name.endswith("-OFL.txt")


def unlicensed_fonts(fonts: Path) -> list[str]:
    """Return the font files whose family has no `<family>-OFL.txt` beside them."""
    return [
        file.name
        for file in sorted([*fonts.glob("*.otf"), *fonts.glob("*.ttf")])
        if not (fonts / f"{file.stem.split('-')[0]}-OFL.txt").is_file()
    ]


def unfinished_translations(i18n: Path) -> list[str]:
    """Return the catalogues that still hold an untranslated entry."""
    return [
        file.name
        for file in sorted(i18n.glob("*.ts"))
        if 'type="unfinished"' in file.read_text("utf-8")
    ]
