"""Planning a rotation of roles: who sits where from when on, before anything is drafted."""
