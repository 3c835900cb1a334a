"""A fleet set beside what is predicted of it: what breaks, for whom, and what its own devices already told.

`run.report` goes all the way: evidence is read and joined (`policylint.evidence`), each device gets a prediction by the
engine as it is (`predicting`), what was seen of it (`observing`), and its standing (`standing`); devices that agree
teach (`teaching`), and what is to be told becomes findings (`findings`).
"""
