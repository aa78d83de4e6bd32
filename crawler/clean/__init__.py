"""Bytes become text: container, trafilatura, normalising, fingerprint."""
