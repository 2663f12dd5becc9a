"""Today: what is due, overdue, stale, expiring or without owner."""
