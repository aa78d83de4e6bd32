"""Where we look: the bureaus and their columns, as data, and the reader of that data. Imports nothing of ours."""
