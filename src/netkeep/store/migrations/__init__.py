"""Alembic's scripts, and the one way they are run: inside a transaction that is already open."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from netkeep.store.connection import APPLICATION_ID, REVISION


def upgrade(connection: Connection) -> None:
    """Bring the schema to REVISION, from nothing or from any older revision."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    command.upgrade(config, REVISION)
