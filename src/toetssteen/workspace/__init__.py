"""The signed-in home of each role: tasks, deadlines, navigation."""
