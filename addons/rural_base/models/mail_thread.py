from odoo import api, models

#: Stands for True in `tracking_disable` where the suite itself leaves no trace, such as demo data; no client can
#: send this very object.
UNTRACKED = object()
#: Keys of the context that a client can send, and that would keep a change out of the chatter.
SWITCHES = ("tracking_disable", "mail_notrack")


class MailThread(models.AbstractModel):
    """What is tracked on the suite's records is evidence: no client switches it off by its context."""

    _inherit = "mail.thread"

    @api.model_create_multi
    def create(self, vals_list):
        """Create the records and track them, whatever the client's context says."""
        return super(MailThread, self._with_tracking()).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Write and track, whatever the client's context says."""
        return super(MailThread, self._with_tracking()).write(vals)

    def _creation_message(self):
        """Say what was created in the user's language, also its name, where no context names a language."""
        if self.env.lang:
            return super()._creation_message()
        return super(MailThread, self.with_context(lang=self.env.user.lang))._creation_message()

    def _with_tracking(self):
        """Return the records without what would silence their chatter; records of other apps as they are."""
        if not self._name.startswith("rural."):
            return self
        context = self.env.context
        silenced = {name: False for name in SWITCHES if context.get(name) and context[name] is not UNTRACKED}
        return self.with_context(**silenced) if silenced else self
