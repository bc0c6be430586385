from . import period_document_confirm
