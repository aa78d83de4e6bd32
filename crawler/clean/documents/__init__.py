"""The text of attached documents: one module per kind of file. Fetches nothing, and unpacks no archive's members."""

from crawler.clean.documents.document_text import DocumentState, DocumentText
from crawler.clean.documents.kinds import sniff
from crawler.clean.documents.reading import read_document

__all__ = ["DocumentState", "DocumentText", "read_document", "sniff"]
