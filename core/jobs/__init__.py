"""Background work that may take minutes: one file a job, one table, one worker."""
