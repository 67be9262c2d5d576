"""France: what the Public Procurement Code requires of a local body; so far its duties and the days around the signature."""
