from odoo import api, models
from odoo.fields import Domain

#: What a conversation brings to a record: by these, and by what lies beyond them, staff's words would be searched.
CONVERSATION = frozenset(
    {
        *("message_ids", "website_message_ids", "has_message", "message_is_follower", "rating_ids"),
        *("message_follower_ids", "message_partner_ids", "message_needaction", "message_needaction_counter"),
        *("message_has_error", "message_has_error_counter", "message_has_sms_error", "message_attachment_count"),
        *("activity_ids", "activity_state", "activity_user_id", "activity_type_id", "activity_type_icon"),
        *("activity_date_deadline", "my_activity_date_deadline", "activity_summary", "activity_plans_ids"),
        *("activity_exception_decoration", "activity_exception_icon", "activity_calendar_event_id"),
    }
)
#: What of it leads to the words themselves: kept in house on models of other apps too, such as partners and entries.
MESSAGES = frozenset({"message_ids", "website_message_ids"})
#: Conversations that people outside take part in.
TALKS = frozenset({"discuss.channel"})


class Base(models.AbstractModel):
    """Which fields of the suite a client reads and writes, beside what groups of users say (SC-20)."""

    _inherit = "base"

    #: words that staff write for each other: no portal user reads them, nor searches by them
    _kept_in_house: frozenset[str] = frozenset()

    @api.model
    def _has_field_access(self, field, operation):
        """Keep what follows from other fields to its computation, and words for the house to the house.

        Odoo shows a stored related or computed field as readonly, and would take a value over RPC all the same.
        Steps, which work as the superuser, write and read everything.
        """
        if not self.env.su:
            if operation == "write" and self._rural_is_followed(field):
                return False
            if self._rural_is_kept_in_house(field) and not self.env.user._is_internal():
                return False
        return super()._has_field_access(field, operation)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **options):
        """Search; a portal user not by fields for staff, also where Odoo computes what such a field means."""
        if not (self.env.su or bypass_access or self.env.user._is_internal()):
            self._rural_check_searched(domain)
        return super()._search(domain, *args, bypass_access=bypass_access, **options)

    @api.model
    def _rural_check_searched(self, domain):
        """Refuse a domain that goes by a field for staff, however far away.

        :raises AccessError: naming the field
        """
        for condition in Domain(domain).iter_conditions():
            model = self
            for name in condition.field_expr.split("."):
                field = model._fields.get(name)
                if field is None:
                    break
                if model._rural_is_kept_in_house(field):
                    model._check_field_access(field, "read")
                model = self.env[field.comodel_name] if field.relational else model
            if condition.operator in ("any", "not any") and isinstance(condition.value, (Domain, list, tuple)):
                model._rural_check_searched(condition.value)

    @api.model
    def _rural_is_kept_in_house(self, field) -> bool:
        """Tell whether a field is for staff: words of theirs, or a conversation (SC-20).

        A portal reads the messages that are meant for it on its pages, not by the fields of the record.
        """
        if field.name in MESSAGES:
            return self._name not in TALKS
        is_conversation = field.name in CONVERSATION and self._name.startswith("rural.")
        return is_conversation or field.name in self._kept_in_house

    @api.model
    def _rural_is_followed(self, field) -> bool:
        """Tell whether a field of the suite follows from other fields and is kept."""
        if not (field.store and field.readonly and (field.related or field.compute)) or self._transient:
            return False
        return self._name.startswith("rural.") or (field._module or "").startswith("rural_")
