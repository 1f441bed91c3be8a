"""Questions from elsewhere into the bank: `loopmate bank import`. All of a file, or nothing."""
