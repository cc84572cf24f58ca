"""The sample: a design and what its size buys, selecting, removing with a reason, the record of it; who examines which case."""
