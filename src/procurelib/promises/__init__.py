"""Whether a promise is kept: what purchases amount to, and what the law of a day lets a city do of it."""
