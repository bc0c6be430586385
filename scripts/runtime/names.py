"""How views, actions, menus and wizards are called, and where an explanation stands on a form.

python -m runtime.names FOLDER…

A view is `view_<model>_<type>`, an action `action_<model>`, a menu `menu_<subject>`. The model's name is written in
full, dots as underscores, without the `rural.` in front; more words may follow (`action_deposit_due`). An action that
opens a wizard says what it does (`action_load_orders`). A wizard is `rural.<document>.<verb>`
(`rural.statement.prepare`). A form shows an explanation on the page of that name, the first or the last
one.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from runtime import project

VIEW_TYPES = {"activity", "calendar", "form", "graph", "kanban", "list", "pivot", "search"}
ACTIONS = {"ir.actions.act_window", "ir.actions.client", "ir.actions.server", "ir.actions.act_url"}
# What the suite calls a record of another application; its own name is right too.
SUBJECTS = {"helpdesk.ticket": "complaint"}
# Wizards of other applications that the suite opens.
OTHER_WIZARDS = {"res.config.settings"}
# Wizards without a verb in their names.
WITHOUT_VERB = {"rural.load.wizard"}


def words_of(model: str) -> list[str]:
    """Return how a model may be called within an id, the usual way first.

    >>> words_of("rural.merchant.statement"), words_of("helpdesk.ticket")
    (['merchant_statement'], ['complaint', 'helpdesk_ticket'])
    """
    own = model.removeprefix("rural.").replace(".", "_")
    return [SUBJECTS[model], own] if model in SUBJECTS else [own]


def is_one_of(name: str, wanted: list[str]) -> bool:
    """Return whether an id is one of the wanted ones, or one with more words behind it."""
    return any(name == each or name.startswith(f"{each}_") for each in wanted)


def complaint_about_view(name: str, model: str, kind: str) -> str | None:
    """Return what is wrong with a view's id.

    >>> complaint_about_view("view_merchant_statement_form", "rural.merchant.statement", "form")
    >>> complaint_about_view("view_merchant_statement_form_bonus", "rural.merchant.statement", "form")
    >>> complaint_about_view("rural_merchant_view_form", "rural.merchant", "form")
    'view rural_merchant_view_form should be view_merchant_form'
    """
    wanted = [f"view_{words}_{kind}" for words in words_of(model)]
    return None if is_one_of(name, wanted) else f"view {name} should be {wanted[0]}"


def complaint_about_action(name: str, model: str | None) -> str | None:
    """Return what is wrong with an action's id; one that shows no records of a model is called after what it does.

    >>> complaint_about_action("action_deposit_due", "rural.deposit")
    >>> complaint_about_action("action_load_orders", None)
    >>> complaint_about_action("rural_deposit_action", "rural.deposit")
    'action rural_deposit_action should be action_deposit'
    """
    if not model:
        return None if name.startswith("action_") else f"action {name} should begin with action_"
    wanted = [f"action_{words}" for words in words_of(model)]
    return None if is_one_of(name, wanted) else f"action {name} should be {wanted[0]}"


def complaint_about_menu(name: str) -> str | None:
    """Return what is wrong with a menu's id.

    >>> complaint_about_menu("menu_deposit")
    >>> complaint_about_menu("rural_deposit_menu")
    'menu rural_deposit_menu should be menu_deposit'
    """
    if name.startswith("menu_"):
        return None
    return f"menu {name} should be menu_{name.removesuffix('_menu').removeprefix('rural_')}"


def complaint_about_wizard(model: str, known: set[str]) -> str | None:
    """Return what is wrong with a wizard's name.

    >>> complaint_about_wizard("rural.statement.prepare", {"rural.statement"})
    >>> complaint_about_wizard("rural.payslip.run.post", {"hr.payslip.run"})
    >>> complaint_about_wizard("rural.statement.wizard", {"rural.statement"})
    'wizard rural.statement.wizard says no verb'
    >>> complaint_about_wizard("rural.prepare.things", {"rural.statement"})
    'wizard rural.prepare.things is named after no document'
    """
    words = model.split(".")
    if words[-1] == "wizard":
        return f"wizard {model} says no verb"
    subjects = {word for name in known for word in name.split(".")[1:]}
    return None if words[1] in subjects else f"wizard {model} is named after no document"


def root_of(record: etree._Element) -> etree._Element | None:
    """Return the root of the view that a record holds."""
    arch = record.find("field[@name='arch']")
    return next((child for child in arch if isinstance(child.tag, str)), None) if arch is not None else None


def kind_of(record: etree._Element, root: etree._Element | None) -> str | None:
    """Return a view's type, from its root or, where it changes another one, from that one's id."""
    if root is not None and root.tag in VIEW_TYPES:
        return root.tag
    parent = record.find("field[@name='inherit_id']")
    words = re.split(r"[._]", parent.get("ref", "")) if parent is not None else []
    return next((word for word in reversed(words) if word in VIEW_TYPES), None)


def text_of(record: etree._Element, name: str) -> str:
    """Return the text of a record's field."""
    return (record.findtext(f"field[@name='{name}']") or "").strip()


def complaints_about_record(record: etree._Element, wizards: set[str]) -> Iterator[str]:
    """Give what is wrong with a record of a data file."""
    name, model = record.get("id", ""), record.get("model", "")
    if "." in name:
        return  # another addon's record
    complaint = None
    if model == "ir.ui.view":
        root = root_of(record)
        subject, kind = text_of(record, "model"), kind_of(record, root)
        if subject and kind:
            complaint = complaint_about_view(name, subject, kind)
        if root is not None and subject not in wizards:
            yield from complaints_about_explanations(name, root)
    elif model in ACTIONS:
        subject = text_of(record, "res_model")
        complaint = complaint_about_action(name, None if subject in wizards else subject)
    elif model == "ir.ui.menu" or record.tag == "menuitem":
        complaint = complaint_about_menu(name)
    if complaint:
        yield complaint


def complaints_about_explanations(name: str, root: etree._Element) -> Iterator[str]:
    """Say where a form shows an explanation elsewhere than on its page.

    >>> page = '<form><notebook><page name="%s"><field name="explanation"/></page></notebook></form>'
    >>> list(complaints_about_explanations("view_due_form", etree.fromstring(page % "explanation")))
    []
    >>> list(complaints_about_explanations("view_due_form", etree.fromstring(page % "details")))
    ['view view_due_form: the explanation does not stand on a page name="explanation"']
    >>> pages = '<form><notebook><page name="a"/><page name="explanation"/><page name="b"/></notebook></form>'
    >>> list(complaints_about_explanations("view_due_form", etree.fromstring(pages)))
    ['view view_due_form: the page of the explanation is neither the first nor the last one']
    """
    for node in root.iter("field"):
        if node.get("name") != "explanation" or node.get("invisible") in ("1", "True"):
            continue
        shown_by = next((each.tag for each in node.iterancestors() if each.tag in VIEW_TYPES), None)
        if shown_by == "form" and not any(each.get("name") == "explanation" for each in node.iterancestors("page")):
            yield f'view {name}: the explanation does not stand on a page name="explanation"'
    for notebook in root.iter("notebook"):
        names = [page.get("name") for page in notebook.findall("page")]
        if "explanation" in names[1:-1]:
            yield f"view {name}: the page of the explanation is neither the first nor the last one"


def models_in(path: Path) -> Iterator[tuple[str, bool, int]]:
    """Give the models that a Python file makes: name, whether a wizard, line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            wizard = any(isinstance(base, ast.Attribute) and base.attr == "TransientModel" for base in node.bases)
            for line in node.body:
                if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "_name":
                    yield ast.literal_eval(line.value), wizard, line.lineno


def complaints(folders: list[Path]) -> Iterator[str]:
    """Give what is wrong in the addons, each with file and line."""
    files = sorted(path for path in project.ADDONS.rglob("*.py") if "tests" not in path.parts)
    made = {path: list(models_in(path)) for path in files}
    documents = {name for models in made.values() for name, wizard, _line in models if not wizard}
    wizards = {name for models in made.values() for name, wizard, _line in models if wizard} | OTHER_WIZARDS
    for folder in (each.resolve() for each in folders):
        for path in (each for each in files if each.is_relative_to(folder)):
            for name, wizard, line in made[path]:
                if wizard and name not in WITHOUT_VERB and (text := complaint_about_wizard(name, documents)):
                    yield f"{path.relative_to(project.ROOT)}:{line}: {text}"
        for path in sorted(folder.rglob("*.xml")):
            if "static" in path.parts:
                continue
            for record in etree.parse(path).iter("record", "menuitem"):
                for text in complaints_about_record(record, wizards):
                    yield f"{path.relative_to(project.ROOT)}:{record.sourceline}: {text}"


def main() -> int:
    """Check the addons in the folders."""
    found = list(complaints([Path(name) for name in sys.argv[1:]]))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
