"""The registers (台账): verbs that write, and the questions asked of what was written."""
