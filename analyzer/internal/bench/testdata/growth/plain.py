"""Orders of a shop: part NUMBER."""

import dataclasses
import logging

log = logging.getLogger(__name__)


@dataclasses.dataclass
class LineNUMBER:
    article: str
    amount: int
    cents: int

    def total(self):
        return self.amount * self.cents


# each
def reduced_NUMBER(lines, percent):
    """What a customer pays after a reduction."""
    if not 0 <= percent <= 100:
        raise ValueError(f"no percentage: {percent}")
    total = sum(line.total() for line in lines if line.amount > 0)
    log.info("reduced by %d percent: %d cents", percent, total)
    return {"total": total, "reduced": total * (100 - percent) // 100, "part": NUMBER}
