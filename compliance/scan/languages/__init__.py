"""What the finder of the other languages knows of them: their SDKs, their menus, and what stands unquoted."""
