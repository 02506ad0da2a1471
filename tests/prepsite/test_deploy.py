"""What a server needs: a check of its own health, and no secret but the one it is given."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from prepsite import healthcheck

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


class Ready(BaseHTTPRequestHandler):
    status, asked = 200, []

    def do_GET(self):
        self.asked.append((self.path, self.headers["Host"]))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def server(monkeypatch) -> Iterator[type[Ready]]:
    monkeypatch.setattr(Ready, "asked", [])
    with HTTPServer(("127.0.0.1", 0), Ready) as http:
        monkeypatch.setenv("GRANIAN_PORT", str(http.server_port))
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield Ready
        http.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("hosts", "asked_as"),
    [("prep.example.org, www.example.org", "prep.example.org"), (".example.org", "example.org"),
     ("*", "localhost"), ("", "localhost")],
)  # fmt: skip
def test_it_asks_under_a_name_the_site_answers_to(server, monkeypatch, hosts, asked_as):
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)
    assert healthcheck.main() == 0
    assert server.asked == [("/readyz", asked_as)]


@pytest.mark.parametrize("status", [503, 400, 301])
def test_anything_but_yes_is_no(server, monkeypatch, status):
    monkeypatch.setattr(server, "status", status)
    assert healthcheck.main() == 1


def test_no_answer_is_no(monkeypatch):
    monkeypatch.setenv("GRANIAN_PORT", "9")
    assert healthcheck.main() == 1


@pytest.mark.parametrize(
    ("service", "name"),
    [("db", "POSTGRES_PASSWORD"), ("web", "SECRET_KEY"), ("web", "ALLOWED_HOSTS")],
)
def test_compose_refuses_to_start_without(service, name):
    assert COMPOSE["services"][service]["environment"][name].startswith(f"${{{name}:?")


def test_compose_keeps_the_database_where_the_image_does():
    assert COMPOSE["services"]["db"]["volumes"] == ["database:/var/lib/postgresql"]
    assert "--data-checksums" in COMPOSE["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_the_example_holds_no_secret():
    given = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert given == {"SECRET_KEY": "", "ALLOWED_HOSTS": "", "POSTGRES_PASSWORD": ""}
