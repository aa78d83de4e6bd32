"""The SQL of the step that ties a noted walk to the listing it was noted of. Applies nothing: `storage.migrations` does."""

WALK_LISTING = """
ALTER TABLE walk ADD COLUMN listing_url TEXT NOT NULL DEFAULT ''
"""
