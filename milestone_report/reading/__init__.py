"""Reading: workbook files → the milestones frame and notices. See `workbook.read_workbook` for one file."""
