"""What the browser tests stand on: the program with a demo, a watched browser, and what a page must be."""
