"""What an installation is begun with says what the code does: addresses, limits and rights."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from samskap.api.middleware import _HEALTH
from samskap.kernel.files.papers import LARGEST_PDF
from samskap.kernel.tables.limits import LARGEST_FILE
from samskap.runtime.folders import LONGEST_SOCKET_PATH, SOCKET_NAME, short_name
from tests.architecture.house import PROJECT
from tests.world.https_server import certificate_of

DEPLOY = PROJECT / "deploy"
# What other programs read, and what compose writes in itself.
NOT_OURS = {"POSTGRES_PASSWORD", "SAMSKAP_HOST", "SAMSKAP_OWNER_PASSWORD", "SAMSKAP_APP_PASSWORD"}


def text(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit():
    """The directives of the service, each with all its values."""
    found = {}
    for line in text("samskap.service").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).extend(value.split())
    return found


@pytest.fixture(scope="module")
def services():
    return YAML(typ="safe").load(text("compose.yaml"))["services"]


def ours(services):
    return {name: facts for name, facts in services.items() if facts.get("image") == "samskap"}


def read_by_the_product():
    """Every SAMSKAP_ name that the code asks the environment for."""
    source = "".join(file.read_text() for file in (PROJECT / "src").rglob("*.py"))
    return set(re.findall(r"\b(?:SAMSKAP|DATABASE)_[A-Z_]+\b", source))


@pytest.mark.parametrize(
    "name", ["compose.yaml", "example.env", "samskap.service", "Containerfile"]
)
def test_every_setting_that_is_named_is_one_the_product_reads(name):
    named = set(re.findall(r"\b(?:SAMSKAP|DATABASE)_[A-Z_]+\b", text(name)))

    assert named - NOT_OURS - read_by_the_product() == set()


def test_example_tells_all_that_the_composition_demands():
    demanded = set(re.findall(r"\$\{([A-Z_]+):\?\}", text("compose.yaml")))
    told = set(re.findall(r"^([A-Z_]+)=", text("example.env"), re.MULTILINE))

    assert demanded - told == set()
    assert re.findall(r"(?m)^[A-Z_]*(?:KEY|PASSWORD|TOKEN)=(.+)$", text("example.env")) == []


def test_container_is_asked_for_its_health_where_health_is_answered():
    (asked,) = re.findall(r"127\.0\.0\.1:8000(/[a-z/]+)", text("Containerfile"))

    assert asked in _HEALTH


def test_both_proxies_keep_health_and_figures_inside():
    assert all(address.startswith("/health/") for address in _HEALTH)
    assert "@inside path /health/*\n\trespond @inside 404" in text("Caddyfile")
    assert "location /health/ { return 404; }" in text("nginx.conf")


def test_both_proxies_say_themselves_where_a_visitor_comes_from():
    assert "header_up X-Forwarded-For {remote_host}" in text("Caddyfile")
    assert "header_up X-Forwarded-Proto https" in text("Caddyfile")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text("nginx.conf")
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text("nginx.conf")


def test_both_proxies_let_through_the_largest_file_we_take_and_not_much_more():
    (caddy,) = re.findall(r"max_size (\d+)MB", text("Caddyfile"))
    (nginx,) = re.findall(r"client_max_body_size (\d+)m;", text("nginx.conf"))

    assert caddy == nginx
    assert max(LARGEST_FILE, LARGEST_PDF) < int(caddy) * 1_000_000 < 2 * LARGEST_FILE


def test_nothing_in_a_container_may_be_written_but_its_data(services):
    assert sorted(ours(services)) == ["migrated", "web", "worker"]
    for name, facts in ours(services).items():
        assert (facts["read_only"], facts["cap_drop"], facts["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        ), name
        assert facts["volumes"] == ["data:/data"], name
    assert re.search(r"^USER samskap$", text("Containerfile"), re.MULTILINE)


def test_what_stands_towards_the_world_does_not_stand_beside_the_database(services):
    whole = YAML(typ="safe").load(text("compose.yaml"))
    beside = {name: set(facts["networks"]) for name, facts in services.items()}

    assert beside["proxy"] & beside["database"] == set()
    assert beside["database"] == {"inside"}
    assert whole["networks"]["inside"] == {"internal": True}
    assert [name for name in ours(services) if "inside" not in beside[name]] == []
    assert [name for name, facts in services.items() if facts.get("ports")] == ["proxy"]


def test_the_owners_password_is_known_where_the_database_is_migrated_and_nowhere_else(services):
    knows = [name for name, facts in services.items() if "SAMSKAP_OWNER_PASSWORD" in str(facts)]

    assert knows == ["database", "migrated"]


@pytest.mark.parametrize("name", [".containerignore", ".dockerignore"])
def test_no_secret_goes_into_an_image(name):
    left_out = (PROJECT / name).read_text().splitlines()

    assert {"**/.env", "var", ".git", ".venv"} <= set(left_out)


def test_service_has_somewhere_for_its_socket_and_for_what_is_sent_in():
    facts = unit()
    told = dict(each.split("=", 1) for each in facts["Environment"])
    (folder,) = (Path("/run", name) for name in facts["RuntimeDirectory"])
    socket = folder / f"samskap-{short_name(Path(told['SAMSKAP_DATA']))}" / SOCKET_NAME

    # Everything else is read-only under ProtectSystem=strict (systemd.exec(5)).
    assert facts["ProtectSystem"] == ["strict"]
    assert facts["ReadWritePaths"] == [told["SAMSKAP_DATA"]]
    assert facts["PrivateTmp"] == ["yes"]
    assert (Path(told["XDG_RUNTIME_DIR"]), facts["RuntimeDirectoryMode"]) == (folder, ["0700"])
    assert len(str(socket)) <= LONGEST_SOCKET_PATH


def test_service_lets_whoever_reads_files_leave_the_network():
    assert unit()["RestrictNamespaces"] == ["user", "net"]


@pytest.mark.parametrize("nginx", [found for found in [shutil.which("nginx")] if found])
def test_nginx_takes_its_configuration(nginx, tmp_path):
    pair = certificate_of("samskap.example.org", tmp_path)
    site = text("nginx.conf").replace("/etc/ssl/samskap/fullchain.pem", str(pair))
    site = site.replace("/etc/ssl/samskap/privkey.pem", str(pair)).replace("listen 80;", "")
    (tmp_path / "site.conf").write_text(
        site.replace("listen 443 ssl", f"listen unix:{tmp_path}/s ssl")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; include {tmp_path}/site.conf; }}\n"
    )

    done = subprocess.run(
        [nginx, "-t", "-q", "-p", str(tmp_path), "-c", str(whole)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
