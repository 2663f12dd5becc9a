"""What belongs on each kind of paper, one file a kind: the records it is printed from, and how they are laid out."""
