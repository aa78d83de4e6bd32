"""A replica of two bureaus' sites on this machine, and the story that the demo tells with it."""
