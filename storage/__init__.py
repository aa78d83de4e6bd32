"""What we remember: SQLite through sqlite-utils. Imports nothing of ours."""
