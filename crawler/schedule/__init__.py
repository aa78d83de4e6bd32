"""When all of this runs: what is due, one run of one watch, the daemon."""
