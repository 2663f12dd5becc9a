"""Vendors: who they are, how to get through, and the agreements with them."""
