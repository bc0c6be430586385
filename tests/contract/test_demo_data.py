"""The demo data is read by Chinese people: what its steps leave in conversations is said in Chinese."""

import re

ENGLISH = re.compile(r"[A-Za-z]{3,}")


def test_demo_steps_are_noted_in_chinese(env):
    notes = env["mail.tracking.value"].search(
        [("mail_message_id.model", "=like", "rural.%"), ("field_id.ttype", "=", "selection")]
    )
    assert notes
    said = {label for note in notes for label in (note.old_value_char, note.new_value_char) if label}
    assert not {label for label in said if ENGLISH.search(label)}
