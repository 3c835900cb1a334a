"""How a matrix of policies is laid out: what is folded, what runs down, what its policies are called."""

from collections.abc import Callable, Sequence

import pytest

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.matrix.cells import folded
from policylint.matrix.sheet import sheet_of
from policylint.policies.labels import labels
from policylint.policies.policy import Policy

Make = Callable[[Sequence[str], str], Report]


class TestFolding:
    def test_only_neighbours_that_say_the_same_are_joined(self, knowledge: Knowledge) -> None:
        targets = resolve(["ios<3.2"], knowledge)
        assert folded(targets, "aabba") == [[0, 1], [2, 3], [4]]
        assert folded(targets, "aaaaa") == [[0, 1, 2, 3, 4]]

    def test_a_release_that_was_not_asked_for_parts_its_neighbours(self, knowledge: Knowledge) -> None:
        targets = resolve(["ios==2.0", "ios==3.0"], knowledge)
        assert folded(targets, "aa") == [[0], [1]]

    def test_families_are_never_joined(self, knowledge: Knowledge) -> None:
        targets = resolve(["windows-phone", "windows-mobile"], knowledge)
        families = [{targets[index].family.id for index in group} for group in folded(targets, "a" * len(targets))]
        assert sorted(map(sorted, families)) == [["windows-mobile"], ["windows-phone"]]

    def test_nothing_is_lost(self, knowledge: Knowledge) -> None:
        targets = resolve(["all"], knowledge)
        groups = folded(targets, [target.current for target in targets])
        assert [index for group in groups for index in group] == list(range(len(targets)))


class TestSides:
    @pytest.mark.parametrize(
        ("count", "device", "policies_down"),
        [(1, "wp7", False), (2, "wp7", True), (1, "all", False), (50, "wp7", True), (20, "all", False)],
    )
    def test_the_longer_one_runs_down(self, report_on: Make, count: int, device: str, policies_down: bool) -> None:
        sheet = sheet_of(report_on([f"P{number}" for number in range(count)], device))
        assert sheet.policies_down is policies_down
        assert len(sheet.cells) == len(sheet.down)
        assert all(len(row) == len(sheet.across) for row in sheet.cells)


class TestLabels:
    @staticmethod
    def two_files(policies_in: Callable[..., list[Policy]], names: list[list[str]]) -> list[str]:
        return labels(
            [
                policy
                for number, held in enumerate(names)
                for policy in policies_in(
                    "[" + ",".join(f'{{"Name": "{name}", "AllowCamera": true}}' for name in held) + "]",
                    f"{number}.json",
                )
            ]
        )

    def test_a_name_is_enough_where_it_is_the_only_one(self, policies_in: Callable[..., list[Policy]]) -> None:
        assert self.two_files(policies_in, [["A"], ["B"]]) == ["A", "B"]

    def test_the_path_tells_files_apart(self, policies_in: Callable[..., list[Policy]]) -> None:
        assert self.two_files(policies_in, [["A", "B"], ["A"]]) == ["A (0.json)", "B", "A (1.json)"]

    def test_the_place_tells_policies_of_a_file_apart(self, policies_in: Callable[..., list[Policy]]) -> None:
        assert self.two_files(policies_in, [["A", "A"]]) == ["A (0.json:1:12)", "A (0.json:1:47)"]

    def test_a_name_that_looks_like_a_label_gets_a_number(self, policies_in: Callable[..., list[Policy]]) -> None:
        found = self.two_files(policies_in, [["A", "A (1.json)"], ["A"]])
        assert found == ["A (0.json)", "A (1.json)", "A (1.json) #2"]
