"""Intervals for measures of agreement by resampling units: the draw, and every measure for many draws at once."""
