"""A mail server that keeps the letters it is given."""

import email
import email.policy
import re
import time
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from odoo_server import free_port

WAIT_SECONDS = 30


class LetterBox:
    """Letters as they arrive, by SMTP."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a letter."""
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"

    def open(self) -> None:
        """Begin to take letters."""
        self._controller.start()

    def close(self) -> None:
        """Take no more letters."""
        self._controller.stop()

    def link(self, address: str, pattern: str) -> str:
        """Wait for a letter to an address with a link of that pattern; return the link."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            for recipients, letter in reversed(self.letters):
                text = letter.get_body(("html", "plain")).get_content() if address in recipients else ""
                if found := re.search(pattern, text.replace("&amp;", "&")):
                    return found.group()
            time.sleep(0.2)
        subjects = [letter["subject"] for _recipients, letter in self.letters]
        raise AssertionError(f"no letter to {address} with {pattern}; there are {subjects}")
