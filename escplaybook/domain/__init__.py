"""Knowing: records and rules. No file, no network, no clock; `now` is always handed in."""
