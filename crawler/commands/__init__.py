"""The commands, one module per group. They ask, show and report; the work is done by the stages."""
