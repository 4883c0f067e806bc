"""Real CardDAV and CalDAV servers, and requests to them."""

import base64
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SECONDS = 10  # that a server or a client may take


@contextmanager
def served(folder: Path, seconds: int = SECONDS) -> Iterator[int]:
    """Run Radicale with its files in a folder; yield the port, once it answers."""
    port = _free_port()
    config = folder / "radicale.ini"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\ntimeout = {seconds}\n"
        "[auth]\ntype = none\n[rights]\ntype = owner_only\n"
        f"[storage]\nfilesystem_folder = {folder / 'server'}\n"
    )
    with _running(["radicale", "--config", str(config)], port, folder, seconds):
        yield port


@contextmanager
def served_by_xandikos(folder: Path, seconds: int = SECONDS) -> Iterator[int]:
    """Run Xandikos with its files in a folder; yield the port, once it answers."""
    port = _free_port()
    command = [
        *("xandikos", "serve", "-d", str(folder / "server"), "--state-dir", str(folder / "state")),
        *("-l", "127.0.0.1", "-p", str(port), "--current-user-principal", "/me/", "--autocreate"),
        "--no-detect-systemd",
    ]
    with _running(command, port, folder, seconds):
        yield port


def send(port: int, method: str, path: str, body: str = "", content_type: str = "") -> bytes:
    """Send a request, which has to succeed; return the answer."""
    headers = {"Authorization": f"Basic {base64.b64encode(b'me:x').decode()}"}
    if content_type:
        headers["Content-Type"] = content_type
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body.encode(), headers)
        response = connection.getresponse()
        assert response.status in {200, 201}, (response.status, response.read())
        return response.read()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path, seconds: int) -> Iterator[None]:
    """Run a module of Python that serves at a port, with its log in a folder."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            _wait_for(server, port, seconds)
            yield
        finally:
            server.terminate()
            try:
                server.wait(seconds)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(seconds)


def _wait_for(server: "subprocess.Popen[bytes]", port: int, seconds: int) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), seconds).close()
        except ConnectionRefusedError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
        else:
            return
