"""Questions to suppliers, factories, quarries and importers, and what they answer."""
