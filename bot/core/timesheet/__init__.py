"""Hours in a CSV file: of other programs (Toggl, Clockify, Kimai), of a spreadsheet, or of our own export."""
