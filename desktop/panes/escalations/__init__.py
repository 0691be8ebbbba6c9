"""The escalations: customers who wait for a person, the longest wait first."""
