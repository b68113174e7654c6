"""The rules that make the covenant fair: pure functions without database or clock."""
