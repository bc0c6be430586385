"""The cache folder: whole things only, one maker at a time, names that tell contents apart."""

import subprocess
import sys
import time

import pytest

from runtime import cache
from runtime.messages import Problem


@pytest.fixture(autouse=True)
def _own_cache(empty_cache, monkeypatch):
    monkeypatch.setenv("RURAL_CACHE", str(empty_cache))


def test_digest_tells_parts_apart():
    assert cache.digest("ab", "c") != cache.digest("a", "bc")
    assert cache.digest("a", "b") == cache.digest(b"a", b"b")


def test_digest_of_files_sees_names_and_contents(tmp_path):
    (tmp_path / "one.py").write_text("1")
    before = cache.digest_of_files(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_text("compiled")
    assert cache.digest_of_files(tmp_path) == before
    (tmp_path / "one.py").write_text("2")
    changed = cache.digest_of_files(tmp_path)
    (tmp_path / "one.py").rename(tmp_path / "two.py")
    assert len({before, changed, cache.digest_of_files(tmp_path)}) == 3


def test_build_that_fails_leaves_nothing(empty_cache):
    def fail(draft):
        (draft / "half").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.build(empty_cache / "thing", fail)
    assert list(empty_cache.iterdir()) == []


def test_build_throws_away_what_an_earlier_run_left(empty_cache):
    (empty_cache / ".thing.new").mkdir()
    (empty_cache / ".thing.new" / "half").write_text("half")
    cache.build(empty_cache / "thing", lambda draft: (draft / "whole").touch())
    assert [path.name for path in (empty_cache / "thing").iterdir()] == ["whole"]


def test_build_makes_once(empty_cache):
    made = []
    for _ in range(2):
        cache.build(empty_cache / "thing", made.append)
    assert len(made) == 1


def test_lock_makes_another_run_wait(empty_cache):
    program = "from runtime import cache\nwith cache.lock('thing'): print('mine')"
    with cache.lock("thing"):
        other = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd="scripts")
        time.sleep(0.5)
        assert other.poll() is None
    assert other.communicate(timeout=10)[0] == "mine\n"


def test_full_disk_is_said_before_the_work():
    with pytest.raises(Problem, match=r"GiB free and .* are needed"):
        cache.require_space(2**60)
