"""The floors: an addon stands above what it names, and the READMEs say so."""

import pytest

from runtime import floors, project

MANIFESTS = {
    "rural_base": ["mail"],
    "rural_orders": ["rural_base", "portal"],
    "rural_pay": ["rural_orders", "portal"],
}


@pytest.fixture
def small_suite(monkeypatch, tmp_path):
    """Return a folder with a suite of three addons, of which one names what another brings along."""
    monkeypatch.setattr(project, "ROOT", tmp_path)
    monkeypatch.setattr(project, "ADDONS", tmp_path / "addons")
    (tmp_path / "README.md").write_text("# Suite\n\n| floor | addon | keeps | stands on |\n| --- |\n\nEnd.\n")
    for name, depends in MANIFESTS.items():
        folder = tmp_path / "addons" / name
        folder.mkdir(parents=True)
        (folder / "__manifest__.py").write_text(repr({"summary": f"What {name} keeps", "depends": depends}))
        (folder / "README.md").write_text(f"    floor 7 · {name}, on nothing\n    nobody\n    it keeps much\n")
    return tmp_path


def test_readmes_are_as_the_manifests_have_it():
    assert list(floors.complaints(fix=False)) == []


def test_addon_stands_one_floor_above_what_it_names(small_suite):
    assert floors.floors(MANIFESTS) == {"rural_base": 0, "rural_orders": 1, "rural_pay": 2}


def test_what_another_addon_brings_along_is_not_named_again(small_suite):
    assert floors.named_twice("rural_pay") == ["portal"]
    assert floors.named_twice("rural_orders") == []


def test_wrong_readmes_are_found_and_written(small_suite):
    assert len(list(floors.complaints(fix=False))) == 5
    assert len(list(floors.complaints(fix=True))) == 1
    row = "| 1 | [`rural_orders`](addons/rural_orders/README.md) | What rural_orders keeps | `rural_base`, `portal` |"
    assert row in (small_suite / "README.md").read_text()
    text = (small_suite / "addons" / "rural_orders" / "README.md").read_text()
    assert text == (
        "    floor 1 · rural_orders, on rural_base and portal\n    rural_pay stands on it\n    it keeps much\n"
    )


def test_readme_without_a_floor_is_found(small_suite):
    (small_suite / "addons" / "rural_pay" / "README.md").write_text("# Pay\n")
    assert any("rural_pay/README.md: does not say" in text for text in floors.complaints(fix=True))
