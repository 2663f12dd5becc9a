"""Widgets, clicks and colours: the desktop. Nothing is decided here, nothing is written here."""
