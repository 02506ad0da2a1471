"""Somebody's six weeks of study: to see every page full, and to load a database with many such."""
