"""What can go wrong before Odoo runs is said clearly and leaves nothing half-done."""

import socket
import sys
from pathlib import Path

import pytest

from runtime import debian, odoo_tree
from runtime.messages import Problem


def test_port_in_use(script, empty_cache):
    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        port = occupant.getsockname()[1]
        result = script(sys.executable, "scripts/start", "--port", str(port))
    assert result.returncode == 2
    assert result.stderr.strip().endswith(f"Port {port} is in use or not allowed: name another with --port.")
    assert list(empty_cache.iterdir()) == []


def test_no_network(script, empty_cache):
    nowhere = "http://127.0.0.1:9"
    result = script(sys.executable, "scripts/odoo", "--version", http_proxy=nowhere, https_proxy=nowhere)
    assert result.returncode == 2
    assert "The Debian archive cannot be read: check the network" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(empty_cache.glob("*odoo-19*"))


def test_broken_download_is_removed(tmp_path):
    package = tmp_path / "odoo-19_19.0_all.deb"
    package.write_bytes(b"!<arch>\n" + b"cut short")
    with pytest.raises(Problem, match="is broken and was removed: run this again"):
        debian.unpack(package, tmp_path / "tree")
    assert not package.exists()


def test_named_tree_is_used(tmp_path, monkeypatch):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("RURAL_ODOO", str(tmp_path))
    assert odoo_tree.locate() == tmp_path


@pytest.mark.parametrize("release", [None, "version_info = (18, 0, 0, FINAL, 0, '')\n"])
def test_named_tree_that_is_not_odoo_19(tmp_path, monkeypatch, release):
    if release:
        (tmp_path / "odoo").mkdir()
        (tmp_path / "odoo" / "release.py").write_text(release)
    monkeypatch.setenv("RURAL_ODOO", str(tmp_path))
    with pytest.raises(Problem, match="RURAL_ODOO names"):
        odoo_tree.locate()


def test_every_link_of_the_tree_leads_somewhere():
    import odoo

    tree = next(iter(odoo.__path__))
    assert list(odoo_tree.broken_links(Path(tree) / "addons" / "web")) == []


def test_broken_link_is_found(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    assert list(odoo_tree.broken_links(tmp_path)) == [tmp_path / "link"]
