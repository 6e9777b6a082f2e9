"""What the tables are: their names in sheets, and what is in their columns."""

import csv
import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path

# In the order of the sheets: name of the CSV, English name, Chinese name, whether rows belong to rooms.
TABLES = [
    ("red_packets", "Red packets", "红包", True),
    ("claims", "Claims", "领取记录", True),
    ("gifts", "Gifts", "礼物", True),
    ("gift_payments", "Payments for gifts", "打赏收入", True),
    ("prize_activities", "Prize activities", "抽奖与任务活动", True),
    ("prizes", "Prizes", "奖品", True),
    ("points_accounts", "Points accounts", "积分账户", False),
    ("points_entries", "Points log", "积分流水", False),
    ("red_packet_summaries", "Red packets as the vendor sums…", "红包汇总（平台口径）", True),
    ("rooms", "Rooms", "直播间", True),
    ("sessions", "Sessions", "场次", True),
]

POINTS = re.compile(r"(.*_points|available|frozen|reported_total|change|balance_after)$")
COUNTS = re.compile(r"(ordinal|quantity|share_count|claimed_count|planned|winners|rounds|number|freeze_days)$")


def kind(column):
    """Whether a column has money, times, points, counts, flags or text. Ids are text."""
    if column.endswith("_fen"):
        return "money"
    if column.endswith("_at"):
        return "time"
    if POINTS.match(column):
        return "points"
    if COUNTS.match(column):
        return "count"
    return "flag" if column == "best_luck" else "text"


@cache
def machine_rows(folder, table):
    """Rows of the CSV for machines, without what every row has."""
    with open(Path(folder, f"{table}.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row.pop("demo") == "true" and row.pop("schema_version") == "1" for row in rows), table
    return rows


def yuan(fen):
    return Decimal(fen) / 100


def beijing(instant):
    """What clocks in Beijing showed, to the second."""
    utc = datetime.fromisoformat(instant).astimezone(timezone.utc).replace(tzinfo=None)
    return (utc + timedelta(hours=8)).replace(microsecond=0)


def month(instant):
    return f"{beijing(instant):%Y-%m}"
