"""Trade agreements: what each of them covers, whoever the buyer's own law is."""
