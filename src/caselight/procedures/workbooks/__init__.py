"""An inspection as workbooks for those who may only use a spreadsheet program: out, and back in."""
