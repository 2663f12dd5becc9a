"""Agreements: what they cover, how they stand, and by when notice must be given."""
