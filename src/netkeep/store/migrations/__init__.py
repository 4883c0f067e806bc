"""Alembic's scripts, and the one way they are run: inside a transaction that is already open."""

import logging
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlmodel import Session

from netkeep.store.connection import APPLICATION_ID, REVISION
from netkeep.store.derived import update_derived


def upgrade(connection: Connection, driver: sqlite3.Connection) -> None:
    """Bring the schema to REVISION, from nothing or from any older revision.

    Derived values are brought up to date then: a newer netkeep may derive others. `driver` is the
    driver's connection underneath.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    command.upgrade(config, REVISION)
    with Session(connection) as session:
        contact_ids = [row[0] for row in driver.execute("SELECT id FROM contact")]
        update_derived(session, driver, contact_ids)
