"""What the parts of the product add to Johan's story: each tells its own, and says what its addresses need."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tests import (
    part_account,
    part_afterwards,
    part_answering,
    part_board,
    part_costs,
    part_evaluation,
    part_goals,
    part_growth,
    part_guidance,
    part_learning,
    part_lending,
    part_noted,
    part_otherwise,
    part_policy,
    part_pool,
    part_questions,
    part_report,
    part_rounds,
    part_sheet,
    part_waves,
)

if TYPE_CHECKING:
    from tests.story import Story

type Part = Callable[["Story"], Mapping[str, object]]

PARTS: tuple[Part, ...] = (
    part_account.part,
    part_afterwards.part,
    part_answering.part,
    part_board.part,
    part_costs.part,
    part_evaluation.part,
    part_goals.part,
    part_growth.part,
    part_guidance.part,
    part_learning.part,
    part_lending.part,
    part_noted.part,
    part_otherwise.part,
    part_policy.part,
    part_pool.part,
    part_questions.part,
    part_report.part,
    part_rounds.part,
    part_sheet.part,
    part_waves.part,
)


def told_by_parts(story: "Story") -> dict[str, object]:
    """By keyword of an address: the id of what a part of the story made."""
    found: dict[str, object] = {}
    for part in PARTS:
        found.update(part(story))
    return found
