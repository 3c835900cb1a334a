"""What of the findings counts: waivers and a baseline take some out, a selection drops others."""
