from tests.fixtures.database import TestDatabase
from tests.sql.schema_dump import SCHEMA_FILE, dump


def test_the_schema_file_is_what_the_migrations_make(shared_database: TestDatabase) -> None:
    made = dump(shared_database.privileged).splitlines()
    kept = SCHEMA_FILE.read_text(encoding="utf-8").splitlines()
    differing = sorted(set(made) ^ set(kept))
    assert differing == [], "run: python -m tests.sql.schema_dump"
    assert made == kept
