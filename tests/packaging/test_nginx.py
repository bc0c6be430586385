"""The real nginx with the real configuration, in front of two small servers that stand for Odoo's ports.

nginx comes from the machine or, unpacked, from Debian. Only addresses, ports and the certificate's
place are changed.
"""

import contextlib
import http.client
import http.server
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from odoo_server import free_port

from runtime import cache, debian, project

CONFIGURATION = project.ROOT / "config" / "nginx.conf"
KNOWS_HTTP2_DIRECTIVE = (1, 25, 1)
MEGABYTE = 1024 * 1024


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what nginx sent: the port's name, the path and the headers."""

    def do_GET(self) -> None:
        """Answer; Odoo's session cookie comes along."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.dumps({"server": self.server.title, "path": self.path, "headers": headers}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "session_id=1; HttpOnly; Path=/")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_arguments) -> None:
        """Say nothing."""


@contextlib.contextmanager
def echo(title: str) -> Iterator[int]:
    """Give the port of a server of that name."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.title = title
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    (folder / "tls_certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    formats = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "tls_key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *formats))


@pytest.fixture(scope="module")
def program() -> Path:
    """Return nginx."""
    if installed := shutil.which("nginx"):
        return Path(installed)
    folder = cache.folder() / "nginx"

    def unpack(draft: Path) -> None:
        apt = debian.Apt(cache.folder() / "apt-nginx", [debian.codename()])
        assert apt.update(), "the Debian archive cannot be read"
        debian.unpack(apt.download("nginx"), draft)

    return cache.build(folder, unpack) / "usr/sbin/nginx"


@pytest.fixture(scope="module")
def configuration(program, tmp_path_factory) -> Path:
    """Return a copy of the configuration for this machine's nginx, and its secrets beside it."""
    folder = tmp_path_factory.mktemp("nginx")
    write_certificate(folder)
    text = CONFIGURATION.read_text(encoding="utf-8")
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    if tuple(map(int, re.search(r"(\d+)\.(\d+)\.(\d+)", said).groups())) < KNOWS_HTTP2_DIRECTIVE:
        text = text.replace("http2 on;", "")
    text = text.replace("/tmp/", f"{folder}/").replace("/run/secrets/", f"{folder}/")
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ports(program, configuration) -> Iterator[dict[str, int]]:
    """Start nginx and give its two ports."""
    ports = {"plain": free_port(), "tls": free_port()}
    with echo("web") as web, echo("live") as live:
        text = configuration.read_text(encoding="utf-8")
        for old, new in {
            "listen 8080": f"listen 127.0.0.1:{ports['plain']}",
            "listen 8443": f"listen 127.0.0.1:{ports['tls']}",
            "http://web:8069": f"http://127.0.0.1:{web}",
            "http://web:8072": f"http://127.0.0.1:{live}",
        }.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = configuration.with_name("running.conf")
        path.write_text(text, encoding="utf-8")
        # Started by root, its workers would take an account that cannot reach this folder.
        user = "user root;" if os.geteuid() == 0 else ""
        command = [program, "-p", path.parent, "-c", path, "-g", f"daemon off; {user}"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(ports["tls"])
                yield ports
            finally:
                process.terminate()


def wait_for(port: int) -> None:
    for _attempt in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    pytest.fail("nginx does not answer")


@pytest.fixture
def browser(ports) -> Iterator[http.client.HTTPSConnection]:
    context = ssl._create_unverified_context()
    with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", ports["tls"], context=context)) as connection:
        yield connection


def get(browser, path: str, **headers: str) -> dict:
    browser.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = browser.getresponse()
    assert answer.status == 200
    return json.loads(answer.read())


def test_nginx_accepts_the_configuration_without_a_warning(program, configuration):
    command = [program, "-t", "-q", "-p", configuration.parent, "-c", configuration]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert not result.stderr


def test_pages_come_from_the_web_workers(browser):
    assert get(browser, "/odoo/action-12?debug=1")["path"] == "/odoo/action-12?debug=1"
    assert get(browser, "/web/login")["server"] == "web"


def test_websocket_goes_to_the_gevent_port(browser):
    seen = get(browser, "/websocket?version=19.0-1", Connection="Upgrade", Upgrade="websocket")
    assert seen["server"] == "live"
    assert seen["headers"]["upgrade"] == "websocket"
    assert seen["headers"]["connection"] == "upgrade"


def test_odoo_is_told_the_truth_about_the_browser(browser):
    lies = {
        "X_Forwarded_For": "8.8.8.8",
        "X_Forwarded_Host": "evil",
        "X_Forwarded_Proto": "http",
        "X_Odoo_Database": "x",
    }
    headers = get(browser, "/", Host="rural.example", **lies)["headers"]
    assert headers["host"] == headers["x-forwarded-host"] == "rural.example"
    assert headers["x-forwarded-for"] == headers["x-real-ip"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert "x-odoo-database" not in headers
    assert "upgrade" not in headers


def test_session_cookie_is_for_tls_only(browser):
    browser.request("GET", "/")
    answer = browser.getresponse()
    assert "secure" in answer.headers["Set-Cookie"].lower()
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "path",
    [
        *("/web/database/manager", "/web/database/backup", "/queue_job/runjob?job_uuid=1", "//web/./database/list"),
        *("/en/web/database/manager", "/zh_CN/queue_job/runjob?job_uuid=1", "/zh_CN/web/database/selector"),
        *("/sr@latin/../en/web/database/list", "/EN/web/%64atabase/list", "/en/queue_job/runjob", "/queue_job"),
    ],
)
def test_database_manager_and_job_door_are_shut(browser, path):
    browser.request("POST", path, body=b"")
    assert browser.getresponse().status == 404


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/web/binary/upload_attachment", 127 * MEGABYTE, 200),
        ("/web/binary/upload_attachment", 129 * MEGABYTE, 413),
        ("/rural_bulk/upload/1", 512 * MEGABYTE, 200),
        ("/rural_bulk/upload/1", 514 * MEGABYTE, 413),
        ("/centers/apply", 20 * MEGABYTE, 200),
        ("/zh_CN/my/center/recommendations", 20 * MEGABYTE, 200),
        ("/web/login", 2 * MEGABYTE, 413),
        ("/anything", 2 * MEGABYTE, 413),
    ],
)
def test_uploads_end_where_odoo_ends_them(browser, path, size, status):
    browser.putrequest("POST", path)
    browser.putheader("Content-Length", str(size))
    browser.endheaders()
    with contextlib.suppress(OSError):  # nginx may hang up before it has read all
        for _part in range(size // MEGABYTE):
            browser.send(bytes(MEGABYTE))
    assert browser.getresponse().status == status


@contextlib.contextmanager
def upload_under_way(port: int, path: str, header: str) -> Iterator[http.client.HTTPSConnection]:
    """Begin to send a body, and leave it there."""
    context = ssl._create_unverified_context()
    with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=10)) as connection:
        connection.putrequest("POST", path)
        connection.putheader(*header.split(": "))
        connection.endheaders()
        with contextlib.suppress(OSError):
            connection.send(b"1\r\nx")  # the beginning of a chunk as well
        yield connection


def is_refused(connection: http.client.HTTPSConnection) -> bool:
    """Tell whether nginx has answered, instead of waiting for the rest of the body."""
    connection.sock.settimeout(0.5)
    try:
        return connection.getresponse().status == 429
    except TimeoutError:
        return False


@pytest.mark.parametrize(
    ("path", "header", "most"),
    [
        ("/rural_bulk/upload/1", f"Content-Length: {100 * MEGABYTE}", 3),
        ("/centers/apply", "Transfer-Encoding: chunked", 3),
        ("/web/binary/upload_attachment", "Content-Length: 2000000", 32),
    ],
)
def test_only_so_many_uploads_at_a_time(ports, path, header, most):
    def begin():
        return upload_under_way(ports["tls"], path, header)

    with contextlib.ExitStack() as others:
        connections = [others.enter_context(begin()) for _upload in range(most)]
        assert not is_refused(connections[-1])
        with begin() as one_more:
            assert is_refused(one_more)
    deadline = time.monotonic() + 10
    while True:  # nginx needs a moment to see that they have gone
        with begin() as next_one:
            if not is_refused(next_one):
                return
        assert time.monotonic() < deadline


def test_room_for_uploads_is_what_the_limits_say():
    text = CONFIGURATION.read_text(encoding="utf-8")
    big, middle = (int(re.search(rf"limit_conn {name} (\d+)", text)[1]) for name in ("big_bodies", "middle_bodies"))
    biggest = max(map(int, re.findall(r"client_max_body_size (\d+)m", text))) * MEGABYTE
    workers = int(re.search(r"worker_processes (\d+)", text)[1])
    small = workers * int(re.search(r"worker_connections (\d+)", text)[1]) // 2
    room = re.search(r"/tmp/client_body:size=(\d+)g", (project.ROOT / "docker-compose.yml").read_text())[1]
    assert big * biggest + middle * 10_000_000 + small * 1_000_000 < int(room) << 30


def test_passwords_are_not_tried_without_end(ports):
    context = ssl._create_unverified_context()
    answers = []
    with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", ports["tls"], context=context)) as connection:
        for _attempt in range(30):
            connection.request("POST", "/zh_CN/web/login", body=b"")
            answer = connection.getresponse()
            answer.read()
            answers.append(answer.status)
        connection.request("GET", "/web/login")
        assert connection.getresponse().status == 200
    assert answers.count(200) >= 20
    assert 429 in answers


def test_plain_http_leads_to_tls(ports):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", ports["plain"])) as connection:
        connection.request("GET", "/odoo?debug=1", headers={"Host": "rural.example"})
        answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == "https://rural.example/odoo?debug=1"


def test_nginx_says_that_it_is_well(ports):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", ports["plain"])) as connection:
        connection.request("GET", "/nginx-health")
        assert connection.getresponse().status == 204
