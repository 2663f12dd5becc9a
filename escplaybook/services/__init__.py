"""Doing: what a person does. The only callers of the writer."""
