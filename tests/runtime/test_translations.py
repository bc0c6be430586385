"""The check of translations finds what is missing, and writing keeps what a person wrote."""

import polib
import pytest

from runtime import project, translations


@pytest.fixture
def addon(tmp_path, monkeypatch):
    monkeypatch.setattr(project, "ADDONS", tmp_path)
    monkeypatch.setattr(project, "ROOT", tmp_path)
    (tmp_path / "toy" / "i18n").mkdir(parents=True)
    return "toy"


def entry(term, translation="", place="model:toy", **options):
    return polib.POEntry(msgid=term, msgstr=translation, occurrences=[(place, "")], **options)


def saved(addon, *entries):
    file = polib.POFile()
    file.extend(entries)
    file.save(str(translations.po_path(addon)))


@pytest.mark.parametrize(
    ("translation", "complaint"),
    [
        (entry("Paid %s", "已付 %s"), None),
        (entry("Paid %s"), "not translated"),
        (entry("Paid %s", "已付 %s", flags=["fuzzy"]), "not translated"),
        (entry("Paid %s", "已付"), "other placeholders"),
        (entry("Paid %s", "已付 %s", place="code:else"), "but not at"),
        (entry("Other", "其他"), "not translated"),
    ],
)
def test_what_is_missing_is_found(addon, translation, complaint):
    saved(addon, translation)
    found = list(translations.problems(addon, [entry("Paid %s")]))
    assert [complaint in line for line in found] == ([True] if complaint else [])


def test_addon_without_a_translation_is_found(addon):
    assert list(translations.problems(addon, [entry("Paid")])) == ["toy/i18n/zh_CN.po is missing"]


def test_writing_keeps_translations_and_drops_old_terms(addon):
    saved(addon, entry("Paid", "已付"), entry("Gone", "没有了"))
    renewed = translations.renewed(addon, [entry("Paid"), entry("New"), entry("Created by")], {"Created by": "创建人"})
    assert {each.msgid: each.msgstr for each in renewed} == {"Paid": "已付", "New": "", "Created by": "创建人"}
