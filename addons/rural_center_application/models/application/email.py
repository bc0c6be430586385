from odoo import api, models
from odoo.tools import email_normalize, html2plaintext, parse_contact_from_email

from ...rules import answers_of_letter, clean_credit_code, is_credit_code, readings_of_subject


class RuralCenterApplication(models.Model):
    """Applications by e-mail: the subject names the region, the attachments are the materials (SC-02)."""

    _inherit = "rural.center.application"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make an application of a letter; its attachments follow with the message."""
        sender_name, sender = parse_contact_from_email(msg_dict.get("email_from") or "")
        answers = self._answers(msg_dict)
        region, text = self.env["rural.region"]._chosen_by_readings(readings_of_subject(msg_dict.get("subject")))
        values = {
            "channel": "email",
            "email": sender,
            "contact_name": sender_name or sender,
            "region_text": text,
            **answers,
            **(custom_values or {}),
        }
        values["applicant_name"] = values.get("applicant_name") or sender_name
        values["region_id"] = region.id
        # The gateway calls with the rights of the system; whoever else calls it has only their own.
        return super().message_new(msg_dict, values)

    def message_update(self, msg_dict, update_vals=None):
        """Fill in what an answer of the applicant says and was not known."""
        answers = {name: value for name, value in self._answers(msg_dict).items() if not self[name]}
        if self._is_from_applicant(msg_dict.get("email_from")) and self.state == "draft":
            self.write(answers)
        return super().message_update(msg_dict, update_vals)

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        is_letter = message.message_type == "email" and self._is_from_applicant(message.email_from)
        if is_letter and self.state == "draft" and self.channel == "email":
            self.sudo()._take_letter(message.sudo())
        return result

    # ------------------------------------------------------------------
    # A letter and its files
    # ------------------------------------------------------------------

    def _take_letter(self, message):
        """Keep the files of a letter as documents, and submit the application when nothing is missing."""
        refusals = [self._take_file(attachment) for attachment in message.attachment_ids]
        self.refused_files = "\n".join(filter(None, refusals)) or False
        if self._missing():
            self._ask_to_complete(self._what_to_complete())
            self._send_letter("missing")
        elif self._twin():
            self._ask_to_complete(self.env._("The same company has an application in review: compare them"))
        else:
            self._submit()

    def _take_file(self, attachment):
        """Keep an attachment with the document that its name speaks of; return why it is not taken."""
        kinds = self.env["rural.document.kind"].search([("name_words", "!=", False)])
        kind = kinds._of_file_name(attachment.name) or self.env.ref("rural_center_application.document_kind_other")
        return self._add_document_file(kind, attachment.name, attachment.raw or b"")

    def _add_document_file(self, kind, name, content, **values):
        """Add a file to the application's document of a kind, made where there is none.

        :return: why the file is not taken, None when it is
        """
        documents = self.env["rural.center.document"]
        refusal = documents._refusal_of_file(name, content)
        if refusal:
            return refusal
        document = self.document_ids.filtered(lambda document: document.kind_id == kind)[:1]
        if not document:
            document = documents.create({"application_id": self.id, "kind_id": kind.id})
        document.write(values)
        document._add_file(name, content)
        return None

    def _what_to_complete(self):
        if not self.region_id and self.candidate_region_ids:
            return self.env._("Choose the region: “%s” can be several", self.region_text)
        if not self.region_id:
            return self.env._("Find out which region is meant")
        return self.env._("See what is missing")

    # ------------------------------------------------------------------
    # Who writes, and what
    # ------------------------------------------------------------------

    def _is_from_applicant(self, email_from):
        sender = email_normalize(email_from or "")
        return bool(sender) and sender == email_normalize(self.email or "")

    @api.model
    def _answers(self, msg_dict):
        answers = answers_of_letter(html2plaintext(msg_dict.get("body") or ""))
        code = clean_credit_code(answers.pop("credit_code", ""))
        if is_credit_code(code):
            answers["credit_code"] = code
        return answers

    @api.model
    def _alias_address(self):
        """Return the address to which applicants write; empty while there is no mail domain."""
        alias = self.env.ref("rural_center_application.mail_alias_center_application", raise_if_not_found=False)
        return alias.alias_full_name if alias and alias.alias_domain_id else ""
