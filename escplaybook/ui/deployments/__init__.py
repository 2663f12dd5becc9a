"""Deployments: one customer each, with its stages and the one who speaks to outsiders."""
