"""Blockers at hand: raised, acknowledged, resolved; with the known blockers that look like them."""
