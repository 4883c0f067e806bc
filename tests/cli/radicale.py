"""A real CardDAV and CalDAV server, and how to ask it."""

import base64
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 10  # that a server or a client may take


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Run Radicale with its files in a folder; yield the port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config = folder / "radicale.ini"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\ntimeout = {SECONDS}\n"
        "[auth]\ntype = none\n[rights]\ntype = owner_only\n"
        f"[storage]\nfilesystem_folder = {folder / 'server'}\n"
    )
    with (folder / "radicale.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(SECONDS)


def send(port: int, method: str, path: str, body: str = "") -> bytes:
    """Send a request, which has to succeed; return the answer."""
    headers = {"Authorization": f"Basic {base64.b64encode(b'me:x').decode()}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body.encode(), headers)
        response = connection.getresponse()
        assert response.status in {200, 201}, (response.status, response.read())
        return response.read()
    finally:
        connection.close()


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), SECONDS).close()
        except ConnectionRefusedError:
            assert server.poll() is None, "Radicale ended"
            assert time.monotonic() < until, "Radicale does not answer"
            time.sleep(0.1)
        else:
            return
