"""The layout of XML and JavaScript: what is wrong is found, and tidying finds nothing wrong afterwards."""

import pytest

from runtime import layout

UNTIDY = "<odoo>\n  <record id='x'\n    model='y'>\n\t<field name='z'>a</field> \n  </record>\n</odoo>\n\n"


def of(source):
    return [text for _number, text in [*layout.line_complaints(source), *layout.xml_complaints(source)]]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<odoo>\n  <data/>\n</odoo>\n", "a tag stands at column 2 instead of 4"),
        ("<odoo>\n    <data/> \n</odoo>\n", "space at the end of the line"),
        ("<odoo>\n    <data>\n</odoo>\n", "not well-formed: mismatched tag"),
        ("<odoo>\n    <data/>\n</odoo>", "the file should end with one line end"),
    ],
)
def test_complaint(source, complaint):
    assert of(source) == [complaint]


def test_tidy_source_has_no_complaint():
    assert of(layout.tidy(UNTIDY, xml=True)) == []


def test_javascript_is_indented_by_whole_steps():
    source = "/**\n * A comment.\n */\nclass X {\n   y() {}\n}\n"
    assert list(layout.code_complaints(source)) == [(5, "indented by 3")]
