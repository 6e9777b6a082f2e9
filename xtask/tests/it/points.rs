//! The specs of a second area of the vendor, with what the endpoint of the first hasn't.

/// What joins `vendor.toml`, after its areas.
pub(crate) const AREA: &str = "points = { en = \"Points.\", zh = \"积分\" }\n";

/// What joins `vendor.toml`, at its end.
pub(crate) const NOT_OFFERED: &str = r#"
[[not_offered]]
call = "POST /points/grant"
what = { en = "Granting points.", zh = "发放积分" }
reason = "The answer."
source = "https://example.com/menu (a menu)"
grade = "sdk"

[[not_offered]]
what = { en = "Pushes.", zh = "回调" }
reason = "Any page of them."
source = "https://example.com"
grade = "official"
"#;

pub(crate) const SHARED: &str = r#"source = { page = "https://example.com/paging", seen = "2026-11-21", grade = "official" }

[[types]]
name = "PageInfo"
doc = { en = "Where a page stands.", zh = "分页信息" }
fields = [{ name = "count", type = "count", doc = { en = "Rows in all.", zh = "总数" } }]

[[field_sets]]
name = "person"
doc = { en = "Who it is.", zh = "用户" }
fields = [
  { name = "userId", type = "id", required = true, doc = { en = "User.", zh = "用户 ID" } },
  { name = "nickname", type = "text", doc = { en = "Nickname.", zh = "昵称" } },
]
"#;

pub(crate) const LOG: &str = r#"id = "points_log"
title = { en = "Lists changes of points.", zh = "积分流水" }
source = { page = "https://example.com/log", seen = "2026-11-21", grade = "official" }
method = "GET"
path = "/users/{userId}/points"
parameters_in = "query"
effect = "read"
serves = { operation = "points_entries", by_user = true, by_kind = true, by_time = true, needs_time = true, longest_days = 31 }

[paging]
style = "calendar_month"
position = "page"
size = "size"
month = "month"
max_size = 50
ask_size = 50

[[parameters]]
name = "userId"
type = "text"
required = true
in = "path"
example = "u/1"
doc = { en = "User.", zh = "用户 ID" }

[[parameters]]
name = "account"
type = "label<Account>"
required = true
default = "P"
doc = { en = "Which account.", zh = "账户" }

[[parameters]]
name = "other"
type = "label<Account>"
example = "C"
doc = { en = "Another account.", zh = "另一账户" }

[[parameters]]
name = "kind"
type = "number_label<ChangeKind>"
example = "2"
doc = { en = "Only of this kind.", zh = "类型" }

[[parameters]]
name = "day"
type = "china_date"
example = "2025-05-06"
doc = { en = "Only of this day.", zh = "日期" }

[[parameters]]
name = "month"
type = "china_month"
example = "2025_05"
doc = { en = "Only of this month.", zh = "月份" }

[[parameters]]
name = "page"
type = "count"
doc = { en = "From 1.", zh = "页码" }

[[parameters]]
name = "size"
type = "count"
doc = { en = "Rows a page.", zh = "条数" }

[output]
type = "rows<PointsChange>"
rows_in = "list"

[[types]]
name = "PointsChange"
doc = { en = "A change of points.", zh = "积分变化" }
includes = ["person"]
fields = [
  { name = "kind", type = "label<ChangeKind>", required = true, doc = { en = "Kind of change.", zh = "类型" } },
  { name = "change", type = "decimal", required = true, unit_by = { field = "kind", units = { 1 = "yuan", 2 = "fen" } }, doc = { en = "How much.", zh = "数量" } },
  { name = "at", type = "china_time", required = true, also = "time", doc = { en = "When.", zh = "时间" } },
]

[[labels]]
name = "Account"
doc = { en = "Which account.", zh = "账户" }
values = [
  { label = "P", name = "Points", doc = { en = "Points.", zh = "积分" } },
  { label = "C", name = "Coins", doc = { en = "Coins.", zh = "金币" } },
]

[[labels]]
name = "ChangeKind"
doc = { en = "Kind of change.", zh = "类型" }
values = [
  { label = "1", name = "Bought", doc = { en = "Bought.", zh = "购买" } },
  { label = "2", name = "Sold", doc = { en = "Sold.", zh = "卖出" } },
  { label = "3", name = "Given", doc = { en = "Given.", zh = "赠送" } },
]

[[samples]]
name = "list"
file = "samples/points_log.list.json"
status = 200
grade = "published"
source = "https://example.com/log"

[[samples]]
name = "object"
file = "samples/points_log.object.json"
status = 200
grade = "constructed"
source = "https://example.com/log"
"#;

pub(crate) const USERS: &str = r#"id = "user_list"
title = { en = "Lists users.", zh = "用户列表" }
source = { page = "https://example.com/users", seen = "2026-11-21", grade = "sdk" }
method = "POST"
path = "/users"
parameters_in = "json"
effect = "read"
serves = { operation = "users", by = "ids" }

[paging]
style = "cursor"
position = "after"
size = "size"
cursor = "next"
ask_size = 50
rows = "users"
total_items = "paging.count"

[[parameters]]
name = "after"
type = "cursor"
example = '{"id":"u1"}'
doc = { en = "What the last row before gave.", zh = "游标" }

[[parameters]]
name = "size"
type = "count"
required = true
doc = { en = "Rows a page.", zh = "条数" }

[output]
type = "UserPage"

[[types]]
name = "UserPage"
doc = { en = "One page of users.", zh = "一页用户" }
fields = [
  { name = "users", type = "rows<User>", doc = { en = "The users.", zh = "用户" } },
  { name = "paging", type = "object<PageInfo>", doc = { en = "Where it stands.", zh = "分页信息" } },
]

[[types]]
name = "User"
doc = { en = "A user.", zh = "用户" }
includes = ["person"]
fields = [
  { name = "prize", type = "embedded<Prize>", doc = { en = "Last prize.", zh = "奖品" } },
  { name = "fees", type = "list<yuan>", doc = { en = "Fees.", zh = "费用" } },
  { name = "total", type = "number", doc = { en = "Logins.", zh = "登录次数" } },
  { name = "extra", type = "json", doc = { en = "Not known.", zh = "未知" } },
  { name = "next", type = "json", required = true, doc = { en = "Where the next page starts.", zh = "游标" } },
]

[[types]]
name = "Prize"
doc = { en = "A prize.", zh = "奖品" }
fields = [
  { name = "type", type = "label<PrizeType>", doc = { en = "Kind of prize.", zh = "类型" } },
  { name = "amount", type = "decimal", unit_by = { field = "type", units = { cash = "fen" } }, doc = { en = "How much.", zh = "数量" } },
]

[[labels]]
name = "PrizeType"
doc = { en = "Kind of prize.", zh = "奖品类型" }
values = [
  { label = "cash", name = "Cash", doc = { en = "Cash.", zh = "现金" } },
  { label = "cup", name = "Cup", doc = { en = "A cup.", zh = "水杯" } },
]

[[samples]]
name = "page"
file = "samples/user_list.page.json"
status = 200
grade = "completed"
source = "https://example.com/users"
"#;

pub(crate) const CLEAR: &str = r#"id = "points_clear"
title = { en = "Takes all points of a user, by a GET.", zh = "清空积分" }
source = { page = "https://example.com/clear", seen = "2026-11-21", grade = "official" }
method = "GET"
path = "/users/{userId}/points/clear"
parameters_in = "query"
effect = "write"

[[parameters]]
name = "userId"
type = "text"
required = true
in = "path"
example = "u1"
doc = { en = "User.", zh = "用户 ID" }

[output]
type = "nothing"

[[samples]]
name = "done"
file = "samples/points_clear.done.json"
status = 200
grade = "published"
source = "https://example.com/clear"
"#;

pub(crate) const LOG_LIST: &str = r#"{
  "code": 0,
  "msg": "ok",
  "data": [
    { "userId": "u1", "nickname": "小 琪", "kind": 1, "change": "0.50", "time": "2025-05-06 07:08:09" }
  ]
}
"#;

pub(crate) const LOG_OBJECT: &str = r#"{
  "code": 0,
  "msg": "ok",
  "data": {
    "list": [
      { "userId": 1, "kind": 2, "change": 50, "at": "2025-05-06 07:08:09" },
      { "userId": 1, "kind": 3, "change": 1.5, "at": "2025-05-06 07:08:10" }
    ]
  }
}
"#;

pub(crate) const USERS_PAGE: &str = r##"{
  "code": 0,
  "msg": "ok",
  "data": {
    "users": [
      {
        "userId": "u1",
        "nickname": "#1",
        "prize": "{\"type\":\"cash\",\"amount\":\"100\"}",
        "fees": [0.50, "1"],
        "total": 7.0,
        "extra": [{ "a": null }],
        "next": { "id": "u1" }
      },
      { "userId": "u2", "prize": { "type": "cup" }, "next": { "id": "u2" } }
    ],
    "paging": { "count": 2 }
  }
}
"##;

pub(crate) const CLEAR_DONE: &str = r#"{ "code": 0, "msg": "ok", "data": "done" }
"#;

pub(crate) const README: &str = "\
# acme-api

<!-- generated: calls -->
<!-- /generated -->

## Left out

<!-- generated: not offered -->
an older table
<!-- /generated -->
";

pub(crate) const EMULATOR_README: &str = "\
# Emulator

<!-- generated: served -->
<!-- /generated -->
";
