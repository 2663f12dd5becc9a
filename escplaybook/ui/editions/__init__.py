"""Editions of the matrix: how far each has come, and what differs."""
