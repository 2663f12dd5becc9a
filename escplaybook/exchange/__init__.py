"""Files other programs read and write, as records and back. Sees records and prose only, never the book."""
