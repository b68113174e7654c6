"""The covenant, its terms and years, the stored content packs, and its own actions and estimates."""
