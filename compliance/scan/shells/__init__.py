"""Command lines: what they name, and the variables of the scripts around them."""
