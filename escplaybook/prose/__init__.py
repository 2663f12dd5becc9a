"""Markdown to clean HTML: one tree for the screen and for paper. Neither network nor disk is ever reached from here."""
