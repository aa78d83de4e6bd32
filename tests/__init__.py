"""Tests of the whole project, over loopback and with real parts."""
