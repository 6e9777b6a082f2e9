//! The specs of a vendor with one endpoint that has a bit of everything.

pub(crate) const VENDOR: &str = r#"id = "acme"
crate = "acme-api"
service = "Acme"
base_url = "https://api.example.com"
title = { en = "Acme", zh = "示例" }

[areas]
gift = { en = "Gifts.", zh = "礼物" }

[authorisation]
parameters = [
  { name = "token", type = "text", required = true, secret = true, doc = { en = "Token.", zh = "凭证" } },
]
headers = [{ name = "app", type = "integer", doc = { en = "Application.", zh = "应用" } }]
notes = ["A token is good for a day."]
source = { page = "https://example.com/token", seen = "2026-11-20", archived = true, grade = "official" }

[envelope]
payload = "data"
members = ["code", "msg"]
success = { member = "code", equals = 0 }
error_code = ["code"]
error_message = ["msg"]

[[errors]]
code = "7"
status = 400
message = "no such room"
kind = "not_found"
again = "no"
meaning = { en = "There is no such room.", zh = "房间不存在" }
source = "https://example.com/errors"
grade = "official"
"#;

pub(crate) const SHARED: &str = r#"source = { page = "https://example.com/gifts", seen = "2026-11-21", grade = "official" }

[[labels]]
name = "GiftType"
doc = { en = "Kind of gift.", zh = "礼物类型" }
values = [
  { label = "1", name = "Rocket", doc = { en = "A rocket.", zh = "火箭" } },
  { label = "糖果", name = "Sweet", doc = { en = "A sweet.", zh = "糖果" } },
]
"#;

pub(crate) const LIST: &str = r#"id = "gift_list"
title = { en = "Lists gifts.", zh = "礼物列表" }
source = { page = "https://example.com/gifts", seen = "2026-11-21", grade = "official" }
method = "POST"
path = "/gifts"
parameters_in = "json"
effect = "read"
serves = { operation = "gifts", by_users = true, by_time = true }
notes = ["The order of rows is not published."]

[rate]
requests = 20000
window_seconds = 60
scope = "application"
source = "https://example.com/limits (limits.md)"
grade = "third_party"

[paging]
style = "page_with_total"
position = "page"
size = "size"
default_size = 10
ask_size = 20
rows = "gifts"
total_items = "paging.total"

[[parameters]]
name = "roomId"
type = "text"
required = true
also = "room"
example = "r1"
doc = { en = "Room.", zh = "房间" }
note = "Number in the table."

[[parameters]]
name = "since"
type = "china_time"
example = "2021-04-28 15:53:12"
grade = "sample"
doc = { en = "Only gifts from this instant on.", zh = "开始时间" }

[[parameters]]
name = "givers"
type = "text_list"
required = true
nullable = true
max_items = 50
doc = { en = "Only gifts of these users.", zh = "赠送人" }

[[parameters]]
name = "key"
type = "text"
required = true
secret = true
example = "k"
doc = { en = "Key of the room.", zh = "密钥" }

[[parameters]]
name = "page"
type = "count_text"
required = true
doc = { en = "From 1.", zh = "页码" }

[[parameters]]
name = "size"
type = "count"
doc = { en = "Gifts a page.", zh = "条数" }

[output]
type = "GiftPage"
empty = true

[[types]]
name = "GiftPage"
doc = { en = "One page of gifts.", zh = "一页礼物" }
fields = [
  { name = "gifts", type = "rows<Gift>", doc = { en = "The gifts.", zh = "礼物" } },
  { name = "paging", type = "object<GiftTotal>", doc = { en = "How many there are.", zh = "总数" } },
]

[[types]]
name = "Gift"
doc = { en = "A gift.", zh = "礼物" }
fields = [
  { name = "giftId", type = "id", required = true, doc = { en = "Gift id.", zh = "礼物 ID" } },
  { name = "type", type = "label<GiftType>", doc = { en = "Kind of gift.", zh = "类型" } },
  { name = "price", type = "yuan", required = true, doc = { en = "Price.", zh = "单价" }, note = "Float in the table." },
  { name = "sentAt", type = "epoch_ms", grade = "sample", doc = { en = "When it was given.", zh = "时间" } },
]

[[types]]
name = "GiftTotal"
doc = { en = "How many gifts there are.", zh = "总数" }
fields = [
  { name = "total", type = "count", doc = { en = "Gifts in all.", zh = "总数" } },
]

[[samples]]
name = "page"
file = "samples/gift_list.page.json"
status = 200
grade = "published"
source = "https://example.com/gifts"

[[samples]]
name = "no_room"
file = "samples/gift_list.no_room.json"
status = 400
outcome = "refused"
grade = "published"
source = "https://example.com/gifts"
"#;

pub(crate) const PAGE: &str = r#"{
  "code": 0,
  "msg": "ok",
  "data": {
    "gifts": [
      {
        "giftId": 5,
        "type": 1,
        "price": 0.50,
        "sentAt": 1648867234000
      }
    ],
    "paging": { "total": "1" }
  }
}
"#;

pub(crate) const NO_ROOM: &str = r#"{ "code": 7, "msg": "no such room", "data": null }
"#;

pub(crate) const README: &str = "\
# Acme

<!-- generated: capabilities -->
<!-- /generated -->

The end.
";
