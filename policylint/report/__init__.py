"""Renderers: each turns a `verdicts.Report` into one kind of output and sees nothing else."""
