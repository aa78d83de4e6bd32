"""What happens to a page. The folders stand in the order of the flow; `crawler.flow` prints it."""
