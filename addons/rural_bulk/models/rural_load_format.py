from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..columns import Choice, Day, Moment
from ..readers import heading_text


class RuralLoadFormat(models.Model):
    """How another program's export says what a profile's columns say: headings, words, dates, encoding.

    A file whose headings are those of an active form is read by it without anybody choosing it.
    """

    _name = "rural.load.format"
    _description = "File Format"
    _order = "profile, sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    profile = fields.Selection(selection="_select_profile", string="Kind of File", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, help="Empty: for every company.")
    encoding = fields.Selection(
        [("utf-8", "UTF-8"), ("gb18030", "GB18030 (GBK)"), ("big5", "Big5")],
        help="Of a CSV. Empty: UTF-8 or GB18030, whichever the file is valid in.",
    )
    date_order = fields.Selection(
        [("dmy", "Day, month, year"), ("mdy", "Month, day, year")],
        help="Empty: the year stands first, or the file says which number is the month.",
    )
    heading_ids = fields.One2many("rural.load.format.heading", "format_id", "Headings", copy=True)
    word_ids = fields.One2many("rural.load.format.word", "format_id", "Words", copy=True)
    column_list = fields.Char("Columns", compute="_compute_column_list")

    _name_unique = models.Constraint(
        "UNIQUE (profile, name, company_id)", "There is a form of this name for such files already."
    )

    @api.model
    def _select_profile(self):
        return self.env["rural.load.run"]._fields["profile"]._description_selection(self.env)

    @api.depends("profile")
    def _compute_column_list(self):
        for form in self:
            form.column_list = ", ".join(column.heading for column in form._columns())

    @api.constrains("profile", "heading_ids", "word_ids")
    def _check_lines(self):
        for form in self:
            columns = {column.heading: column for column in form._columns()}
            for line in (*form.heading_ids, *form.word_ids):
                if line.column not in columns:
                    raise ValidationError(
                        self.env._(
                            "“%(column)s” is no column of these files. Columns: %(columns)s.",
                            column=line.column,
                            columns=form.column_list,
                        )
                    )
            for word in form.word_ids:
                kind = columns[word.column].kind
                if not isinstance(kind, Choice) or word.meaning not in kind.choices:
                    raise ValidationError(
                        self.env._(
                            "“%(meaning)s” is no word of the column “%(column)s”. Words: %(words)s.",
                            meaning=word.meaning,
                            column=word.column,
                            words=", ".join(kind.choices) if isinstance(kind, Choice) else self.env._("none"),
                        )
                    )

    def action_try(self):
        """Choose a file and see whether it can be read in this form; nothing is entered."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("rural_bulk.action_load_wizard"),
            "name": self.env._("Try on a File"),
            "context": {"default_profile": self.profile, "default_format_id": self.id, "default_only_tries": True},
        }

    # ------------------------------------------------------------------
    # For profiles
    # ------------------------------------------------------------------

    @api.model
    def _for_run(self, run):
        """The forms that the file of a load may have."""
        return self.sudo().search(
            [("profile", "=", run.profile), ("company_id", "in", (False, run.company_id.id))], order="sequence, id"
        )

    def _columns(self):
        return self.env["rural.load.profile"]._for(self.profile)._columns if self.profile else ()

    def _adapt(self, columns):
        """The columns of the profile as they are called and written in files of this form."""
        self.ensure_one()
        headings = self.heading_ids.grouped("column")
        words = self.word_ids.grouped("column")
        return tuple(
            replace(
                column,
                aliases=(*column.aliases, *(heading_text(line.heading) for line in headings.get(column.heading, ()))),
                kind=self._adapt_kind(column.kind, words.get(column.heading, ())),
            )
            for column in columns
        )

    def _adapt_kind(self, kind, words):
        if isinstance(kind, Choice):
            return Choice(kind.choices | {word.word: kind.choices[word.meaning] for word in words})
        if isinstance(kind, Moment):
            return Moment(kind.takes_days, self.date_order)
        if isinstance(kind, Day):
            return Day(self.date_order, kind.is_last)
        return kind


class RuralLoadFormatHeading(models.Model):
    """Another heading that a column may have."""

    _name = "rural.load.format.heading"
    _description = "Heading of a File Format"
    _order = "format_id, id"
    _rec_name = "heading"

    format_id = fields.Many2one("rural.load.format", required=True, index=True, ondelete="cascade")
    column = fields.Char(required=True, help="As the columns are called above.")
    heading = fields.Char("Heading in the File", required=True)

    _heading_unique = models.Constraint(
        "UNIQUE (format_id, heading)", "One heading of a file stands for one column only."
    )


class RuralLoadFormatWord(models.Model):
    """Another word for one of a column's few."""

    _name = "rural.load.format.word"
    _description = "Word of a File Format"
    _order = "format_id, id"
    _rec_name = "word"

    format_id = fields.Many2one("rural.load.format", required=True, index=True, ondelete="cascade")
    column = fields.Char(required=True, help="As the columns are called above.")
    word = fields.Char("Word in the File", required=True)
    meaning = fields.Char(required=True, help="The word that the profile knows.")

    _word_unique = models.Constraint('UNIQUE (format_id, "column", word)', "One word of a column has one meaning only.")
