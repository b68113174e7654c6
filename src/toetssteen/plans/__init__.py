"""The yearly plan of action: objectives, actions and contributions to risk reduction."""
