"""How a licence text is read, and what tells two of them apart: noise, words, what copies vary, and the library."""
