"""What the screen says: plain words for facts, without the database and without HTML."""
