"""What is special to a task: columns to features, metric, one prediction."""
