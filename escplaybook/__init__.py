"""Escalation Playbook: who to call, by when, with what right to decide, and whether this has happened before."""

__version__ = "0.1.0"
