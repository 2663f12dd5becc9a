"""The escalation matrix: read and set who answers, by when, with what right to decide."""
