from odoo import models
from odoo.exceptions import UserError


class RuralPapersMixin(models.AbstractModel):
    """A record with papers by which something is decided: once it is, they stay, and more are only added (DP-01).

    The guard of their files is `ir.attachment`'s. A concrete model says in `_decided_by_papers` when that is.
    """

    _name = "rural.papers.mixin"
    _description = "Record decided by papers"

    def _decided_by_papers(self):
        """Hook: return what has been decided by papers of these records: the records, or those they belong to."""
        return self.browse()

    def _check_files_open(self):
        """Refuse to take away a file of what has been decided; more may be added.

        :raises UserError: naming the record
        """
        for record in self._decided_by_papers():
            raise UserError(
                self.env._(
                    "%s has been decided by its papers, which stay as they were. Add the new one beside them.",
                    record.display_name,
                )
            )
