"""Remembering: the book, its one writer, its history and its index."""
