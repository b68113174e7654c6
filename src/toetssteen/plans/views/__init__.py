"""Pages of the plan of action: the plan, its goals and actions, what becomes public, shared and corrective actions."""
