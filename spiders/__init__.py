"""How a site is read. Imports `seeds` only; cannot write, wait or look at the clock."""
