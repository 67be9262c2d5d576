"""The social economy: who is one, what helps it, and what one law could take from another."""
