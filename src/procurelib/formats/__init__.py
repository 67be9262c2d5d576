"""Writing results in the formats of others; each module needs the extra of its name."""
