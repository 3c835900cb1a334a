"""The configuration file: found, read and checked. What it says are defaults; options and the environment win."""
