"""Alembic's scripts, and the one way they are run: inside a transaction that is already open."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from netkeep.store.file import APPLICATION_ID, REVISION
from netkeep.store.images import reseal
from netkeep.store.journal import reseal_changes


def upgrade(connection: Connection, plain: sqlite3.Connection) -> None:
    """Bring the schema to REVISION, from nothing or from any older revision, and seal all anew.

    `plain` is the driver's connection underneath.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    command.upgrade(config, REVISION)
    reseal(plain)
    reseal_changes(plain)
