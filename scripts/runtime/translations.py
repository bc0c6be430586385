"""The Chinese translation of every addon: is it complete, and what is missing from it?

Runs in the virtual environment, for its PO file parser.

    python -m runtime.translations check TERMS ADDON…    compare i18n/zh_CN.po with TERMS/ADDON.pot
    python -m runtime.translations write TERMS ADDON…    bring i18n/zh_CN.po up to date; new terms wait for a person
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from runtime import project

LANGUAGE = "zh_CN"
HAS_WORDS = re.compile(r"[A-Za-z]{2,}")
IS_CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdifgxr]|\$\{[^}]*\}|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|&\w+;")
# Odoo's own words for what every model has: "Created by", "Followers" and their kind.
WORD_BOOKS = ("base", "mail", "web", "portal", "resource", "account", "product", "queue_job")
METADATA = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def po_path(addon: str) -> Path:
    """Return the file that holds an addon's Chinese translation."""
    return project.ADDONS / addon / "i18n" / f"{LANGUAGE}.po"


def needs_translation(term: str) -> bool:
    """Tell whether a term has words to translate.

    >>> [needs_translation(term) for term in ("Draft", "%(rows)s", "100%", "湖南省", "<i class='fa'/>")]
    [True, False, False, False, False]
    """
    words = MARKUP.sub(" ", PLACEHOLDER.sub(" ", term))
    return bool(HAS_WORDS.search(words)) and not IS_CHINESE.search(term)


def same_placeholders(term: str, translation: str) -> bool:
    """Tell whether a translation fills in what its term fills in.

    >>> same_placeholders("Row %(row)s", "第 %(row)s 行"), same_placeholders("Row %s", "第几行")
    (True, False)
    """
    return sorted(PLACEHOLDER.findall(term)) == sorted(PLACEHOLDER.findall(translation))


def problems(addon: str, terms: polib.POFile) -> Iterator[str]:
    """Yield what is wrong with an addon's translation, one line each."""
    path = po_path(addon)
    if not path.exists():
        if any(needs_translation(term.msgid) for term in terms):
            yield f"{path.relative_to(project.ROOT)} is missing"
        return
    known = {entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    for term in terms:
        if not needs_translation(term.msgid):
            continue
        entry = known.get(term.msgid)
        place = ", ".join(sorted({name for name, _line in term.occurrences})[:2])
        if entry is None or not entry.msgstr or entry.fuzzy:
            yield f"{addon}: not translated: {term.msgid!r} ({place})"
        elif not same_placeholders(term.msgid, entry.msgstr):
            yield f"{addon}: other placeholders in the translation of {term.msgid!r}"
        elif set(term.occurrences) - set(entry.occurrences):
            yield f"{addon}: translated elsewhere but not at {place}: {term.msgid!r}"


def word_book(odoo: Path) -> dict[str, str]:
    """Return Odoo's own translations of the terms that every addon repeats."""
    words: dict[str, str] = {}
    for name in WORD_BOOKS:
        for path in odoo.glob(f"odoo/addons/{name}/i18n/{LANGUAGE}.po"):
            for entry in polib.pofile(str(path)).translated_entries():
                words.setdefault(entry.msgid, entry.msgstr)
    return words


def renewed(addon: str, terms: polib.POFile, words: dict[str, str]) -> polib.POFile:
    """Return an addon's translation with exactly the terms it has now."""
    path = po_path(addon)
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
    result = polib.POFile(wrapwidth=0)
    result.metadata = METADATA
    for term in terms:
        term.msgstr = known.get(term.msgid) or words.get(term.msgid, "")
        result.append(term)
    return result


def check(folder: Path, addons: list[str]) -> int:
    """Print what is wrong with the addons' translations and return how much that is."""
    found = [line for addon in addons for line in problems(addon, polib.pofile(str(folder / f"{addon}.pot")))]
    print("\n".join(found or ["Every term is translated."]))
    return len(found)


def write(folder: Path, addons: list[str]) -> None:
    """Bring the addons' translations up to date and print what waits for a person."""
    import odoo

    words = word_book(Path(next(iter(odoo.__path__))).parent)
    for addon in addons:
        result = renewed(addon, polib.pofile(str(folder / f"{addon}.pot")), words)
        po_path(addon).parent.mkdir(exist_ok=True)
        result.save(str(po_path(addon)))
        waiting = [entry for entry in result if not entry.msgstr and needs_translation(entry.msgid)]
        print(f"{po_path(addon).relative_to(project.ROOT)}: {len(result)} terms, {len(waiting)} to translate")


def main() -> int:
    """Check or write, as the first argument says."""
    action, folder, *addons = sys.argv[1:]
    if action == "write":
        write(Path(folder), addons)
        return 0
    return 1 if check(Path(folder), addons) else 0


if __name__ == "__main__":
    sys.exit(main())
