"""How people point to a licence without its text: names, addresses, tags and sentences."""
