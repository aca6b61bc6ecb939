"""Movement sparsity: scores, masks, schedule, groups and their structured resolution."""
