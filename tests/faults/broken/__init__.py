"""Servers that lack one protection each: what the tests of faults must catch."""
