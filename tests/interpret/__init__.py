"""Tests of outlines, figures and their checks against gold tables that were read by eye."""
