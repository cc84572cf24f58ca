"""The letter as files: its Markdown source read, and its finished text written as page, PDF and Word document."""
