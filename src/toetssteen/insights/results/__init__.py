"""From risk to result over all companies: what they reported, planned, did and what set them back."""
