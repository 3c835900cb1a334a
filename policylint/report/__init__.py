"""Renderers: each turns a `findings.Report` into one kind of output and sees nothing else."""
