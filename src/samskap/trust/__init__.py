"""Who people are, for whom they act, what they may see, and what was done."""
