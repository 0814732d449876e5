"""What a filing says: the record, the printed form, and one reader for each container."""
