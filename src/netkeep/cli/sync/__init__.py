"""Synchronising with folders of vCards, events and tasks."""
