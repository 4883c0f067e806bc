"""netkeep keeps your professional network: who should hear from you, and why."""

__version__ = "0.1.0"
