"""What the contract's tests stand on: the suite with its demo data, and nothing of what they do stays."""

import os
from collections.abc import Iterator

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry


@pytest.fixture
def env() -> Iterator[api.Environment]:
    """The superuser's environment, in a transaction that is rolled back."""
    with Registry(os.environ["RURAL_DATABASE"]).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
        cr.rollback()
