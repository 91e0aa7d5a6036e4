"""The curating desk: Django admin with queues, a page to write an analysis on, and what a reviewer needs."""
