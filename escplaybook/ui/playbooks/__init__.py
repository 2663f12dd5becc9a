"""Playbooks: the reading path of a newcomer, chapter by chapter, with ticks, questions and the mentor's sign-off."""
