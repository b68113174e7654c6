"""From the links of chains to mentions, and from mentions to sites."""
