"""What a text names: models, datasets and services by their names, by where they run and by the key above."""
