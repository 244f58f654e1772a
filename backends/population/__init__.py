"""The National Population Database: knows people, and numbers those who are born."""
