"""Qt objects without widgets: the job queue, worker processes, the model library, the theme."""
