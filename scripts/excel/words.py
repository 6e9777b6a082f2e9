"""What people read in the place of codes: by table and column, English and Chinese."""

VENDORS = {
    "xiaoe": ("Xiaoe-tech", "小鹅通"),
    "polyv": ("Polyv", "保利威"),
    "yxt": ("YXT", "云学堂"),
}

ROOM_KINDS = {
    "channel": ("channel", "频道"),
    "live": ("live", "直播"),
    "room": ("room", "直播室"),
}

USER_ID_KINDS = {
    "open_id": ("WeChat OpenID", "微信 OpenID"),
    "viewer": ("viewer", "观众"),
    "vendor_user": ("platform user", "平台用户"),
    "account": ("channel's account", "频道所属账号"),
}

RED_PACKET_KINDS = {
    "ordinary": ("ordinary", "普通红包"),
    "password": ("password", "口令红包"),
    "rain": ("rain", "红包雨"),
}

SPLITS = {
    "random": ("random", "拼手气"),
    "equal": ("equal", "等额"),
}

RED_PACKET_STATES = {
    "created": ("not open yet", "预创建"),
    "open": ("open", "进行中"),
    "ended": ("ended", "已结束"),
    "expired": ("expired", "已过期"),
    "abnormal": ("abnormal", "异常"),
    "refunding": ("refunding", "退款中"),
    "refunded": ("refunded", "已退款"),
}

REFUNDS = {
    "none": ("none", "无退款"),
    "pending": ("under way", "退款中"),
    "done": ("done", "已退款"),
}

GIFT_PAYMENT_KINDS = {
    "gift": ("gift", "道具打赏"),
    "cash": ("cash", "现金打赏"),
}

PRIZE_KINDS = {
    "lottery": ("lottery", "抽奖"),
    "lucky_bag": ("lucky bag", "福袋"),
    "task": ("task", "任务奖励"),
}

PRIZE_STATES = {
    "pending": ("not issued yet", "待发放"),
    "issuing": ("being issued", "发放中"),
    "issued": ("issued", "已发放"),
    "quota_full": ("all taken", "名额已满"),
    "failed": ("failed", "发放失败"),
    "not_needed": ("nothing to issue", "无需发放"),
}

POINTS_ENTRY_KINDS = {
    "earned": ("earned", "增加"),
    "spent": ("spent", "减少"),
    "frozen": ("frozen", "冻结中"),
}


def words(table, column):
    """The words for the codes of a column."""
    if column.endswith("_id_kind"):
        return USER_ID_KINDS
    of_all = {"vendor": VENDORS, "room_kind": ROOM_KINDS, "split": SPLITS, "refund": REFUNDS}
    of_tables = {
        ("red_packets", "kind"): RED_PACKET_KINDS,
        ("red_packets", "state"): RED_PACKET_STATES,
        ("gift_payments", "kind"): GIFT_PAYMENT_KINDS,
        ("prize_activities", "kind"): PRIZE_KINDS,
        ("prizes", "kind"): PRIZE_KINDS,
        ("prizes", "state"): PRIZE_STATES,
        ("points_entries", "kind"): POINTS_ENTRY_KINDS,
    }
    return of_all.get(column) or of_tables.get((table, column), {})


def word(table, column, value, language):
    """What people read; a code that has no word stands for itself."""
    pair = words(table, column).get(value)
    return value if pair is None else pair[language == "zh"]
