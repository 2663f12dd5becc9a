"""Turning Markdown into clean HTML: the one tree that the screen and the paper share."""
