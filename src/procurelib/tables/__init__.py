"""The kernel: decision tables over typed facts, read five ways; it knows no law."""
