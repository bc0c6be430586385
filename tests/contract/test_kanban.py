"""Cards of kanban views read fields that their view brings along: another one stops the whole page."""

import re

READ = re.compile(r"\brecord\.(\w+)\.(?:raw_value|value)\b")


def test_cards_read_fields_of_their_view(env):
    views = env["ir.ui.view"].search([("type", "=", "kanban"), ("model", "=like", "rural.%"), ("mode", "=", "primary")])
    assert len(views) >= 10
    unknown = []
    for view in views:
        arch = view._get_combined_arch()
        brought = {field.get("name") for field in arch.iter("field")}
        texts = [text for node in arch.iter() for text in node.attrib.values()]
        read = {name for text in texts for name in READ.findall(text)}
        unknown += [f"{view.xml_id}: {name}" for name in sorted(read - brought)]
    assert unknown == []
