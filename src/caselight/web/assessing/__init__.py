"""One case, or one interview: the questions that apply, answered one by one, with evidence; signing."""
