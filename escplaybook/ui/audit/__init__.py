"""The audit on the desktop: what the rules object to, and the hours of the week in which nobody answers."""
