"""Bytes are fetched politely, judged, and kept as evidence."""
