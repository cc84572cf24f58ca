"""An inspection as one value: who, where and when, and everything recorded in it, in any state."""
