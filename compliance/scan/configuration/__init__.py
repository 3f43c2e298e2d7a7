"""What the finder of configuration files knows of it: keys with their values, and what values refer to."""
