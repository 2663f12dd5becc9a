"""Duty: who is away, who has which turn, and who stands in."""
