"""The schema: models, migrations and the constant agree, and it refuses invalid values."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import netkeep.store.migrations as migrations
from netkeep.store import schema as models
from netkeep.store.connection import APPLICATION_ID, REVISION
from netkeep.store.transaction import transaction
from tests.builders import NOW

NEWS = (
    "INSERT INTO occasion (contact_id, kind, day, until, text, yours, opens_on, created_at,"
    " updated_at) VALUES"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "odd %20 'name'.db"
    with transaction(path, NOW):
        pass
    return path


@pytest.fixture
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(
            "INSERT INTO contact (id, name, key, status, kind, created_at, updated_at)"
            " VALUES (1, 'Ada', 'ada', 'active', 'other', '', '')"
        )
        yield connection


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the SQL of every table and index, without its layout."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master"
        " WHERE sql IS NOT NULL AND name NOT IN ('alembic_version', 'sqlite_sequence')"
    )
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in rows}


def columns_and_constraints(sql: str) -> list[str]:
    return sorted(part.strip(" ()") for part in sql.replace("PRIMARY KEY (", "PK (").split(", "))


def test_revision_constant_is_the_newest_script() -> None:
    config = Config()
    folder = str(Path(migrations.__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", folder)
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_migrations_create_the_schema_of_the_models(file: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as fresh, closing(sqlite3.connect(file)) as migrated:
        SQLModel.metadata.create_all(fresh)
        plain = fresh.connection.dbapi_connection
        assert isinstance(plain, sqlite3.Connection)
        from_models, from_scripts = schema(plain), schema(migrated)
        assert from_models.keys() == from_scripts.keys()
        for name in from_models:
            assert columns_and_constraints(from_models[name]) == (
                columns_and_constraints(from_scripts[name])
            )
    engine.dispose()


def test_file_has_the_application_id_and_journal_mode(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE contact SET status = 'gone'",
        "UPDATE contact SET kind = 'foe'",
        "UPDATE contact SET name = ''",
        f"UPDATE contact SET name = '{'x' * 201}'",
        "UPDATE contact SET cadence = ''",
        "UPDATE contact SET due_on = 'soon'",
        "UPDATE contact SET met_on = 20261123",
        "UPDATE contact SET status = 'dropped', due_on = '2026-11-23'",
        "UPDATE contact SET via_id = 99",
        "INSERT INTO detail VALUES (1, 'fax', 0, '1', '1')",
        "INSERT INTO detail VALUES (9, 'tag', 0, 'x', 'x')",
        "INSERT INTO word VALUES ('name', 'x', 9)",
        "INSERT INTO touchpoint VALUES (1, 1, 'today', 'call', 'ask', 'out', NULL, '', '')",
        "INSERT INTO touchpoint VALUES (1, 1, '2026-11-23', 'fax', 'ask', 'out', NULL, '', '')",
        "INSERT INTO touchpoint VALUES (1, 1, '2026-11-23', 'call', '', 'out', NULL, '', '')",
        "INSERT INTO touchpoint VALUES (1, 1, '2026-11-23', 'call', 'ask', 'up', NULL, '', '')",
        "INSERT INTO touchpoint VALUES (1, 9, '2026-11-23', 'call', 'ask', 'out', NULL, '', '')",
        f"{NEWS} (1, 'gossip', '2026-11-23', NULL, 'x', 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'news', 'soon', NULL, 'x', 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'news', '2026-11-23', NULL, NULL, 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'news', '2026-11-23', '2026-11-24', 'x', 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'news', '2026-11-23', NULL, 'x', 2, '2026-11-23', '', '')",
        f"{NEWS} (1, 'news', '2026-11-23', NULL, 'x', 0, 'soon', '', '')",
        f"{NEWS} (9, 'news', '2026-11-23', NULL, 'x', 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'visit', '2026-11-23', NULL, NULL, 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'visit', '2026-11-23', '2026-11-22', NULL, 0, '2026-11-23', '', '')",
        f"{NEWS} (1, 'visit', '2026-11-23', '2026-11-24', 'x', 0, '2026-11-23', '', '')",
        "INSERT INTO position VALUES (1, 1, NULL, NULL, '2026-11-23')",
        "INSERT INTO position VALUES (1, 1, 'Initech', NULL, 'then')",
        "INSERT INTO round VALUES (1, 'x', 'x', '1 Dec', '12-24', '', '')",
        "INSERT INTO round VALUES (1, 'x', 'x', '12-01', 'later', '', '')",
        "INSERT INTO round_part VALUES (9, 'kind', 'friend', 'friend')",
        "INSERT INTO own_news VALUES (1, 'today', 'x', '', '')",
        "INSERT INTO passage VALUES ('rumour', 1, 1, 'x')",
        "INSERT INTO passage VALUES ('contact', 9, 9, 'x')",
    ],
)
def test_schema_refuses_invalid_values(connection: sqlite3.Connection, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)


def test_deleting_a_contact_deletes_its_rows_and_never_reuses_its_id(
    connection: sqlite3.Connection,
) -> None:
    connection.execute("INSERT INTO detail VALUES (1, 'tag', 0, 'x', 'x')")
    connection.execute("INSERT INTO word VALUES ('name', 'ada', 1)")
    connection.execute(
        "INSERT INTO touchpoint VALUES (1, 1, '2026-11-23', 'call', 'ask', 'out', NULL, '', '')"
    )
    connection.execute("DELETE FROM contact")
    for table in ("detail", "word", "touchpoint"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.execute(
        "INSERT INTO contact (name, key, status, kind, created_at, updated_at)"
        " VALUES ('Bea', 'bea', 'active', 'other', '', '')"
    )
    assert connection.execute("SELECT id FROM contact").fetchone() == (2,)


def test_failed_migration_leaves_an_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "netkeep.db"
    monkeypatch.setattr(migrations, "REVISION", "9999")
    with pytest.raises(Exception, match="9999"), transaction(path, NOW):
        pass
    assert path.read_bytes() == b""
    monkeypatch.undo()
    with transaction(path, NOW):
        pass


def test_every_table_has_a_model() -> None:
    rows = [
        model
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, SQLModel) and model is not SQLModel
    ]
    assert {table.name for table in SQLModel.metadata.sorted_tables} == {
        model.__tablename__ for model in rows
    }
