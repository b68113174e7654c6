"""What became of the goals: readings over the years, evaluations, and what they change in the next plan."""
