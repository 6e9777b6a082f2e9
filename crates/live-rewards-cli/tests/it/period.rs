use rusqlite::Connection;
use serde_json::Value;

use crate::{run::words, shop::Shop};

/// A ledger with a red packet and a claim of 2024-01-15 in Beijing.
fn shop() -> Shop {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    execute(
        &shop,
        "INSERT INTO red_packets (account_id, red_packet_id, room_id, room_kind, issued_fen, net_fen,
             created_at, first_seen_at, first_run, changed_run)
         VALUES (1, 'p', '7', 'channel', 1000, 990, 1705291200000, 1705291200000, 1, 1);
         INSERT INTO claims (account_id, red_packet_id, user_id, claimed_at, ordinal, room_id,
             room_kind, amount_fen, first_seen_at, first_run, changed_run)
         VALUES (1, 'p', 'u', 1705291200000, 0, '7', 'channel', 30, 1705291200000, 1, 1);",
    );
    shop
}

fn execute(shop: &Shop, sql: &str) {
    Connection::open(shop.path("ledger.sqlite")).unwrap().execute_batch(sql).unwrap();
}

fn lines(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_was_never_read_is_told_when_a_month_is_closed() {
    let shop = shop();
    let (code, told) = shop.told(&["period", "close", "2024-01"]);
    insta::assert_snapshot!(told, @r"
    warning: polyv-shop: nothing of it was ever read to its end
    warning: xiaoe-shop is in the configuration and not in the ledger; sync never read it
    warning: yxt-shop is in the configuration and not in the ledger; sync never read it
    2024-01 is closed; what changes in it from now on is an adjustment
    ");
    assert_eq!(code, Some(0));
    execute(
        &shop,
        "INSERT INTO runs (run_id, started_at) VALUES (1, 1);
         INSERT INTO listings (account_id, operation, scope, began_at, began_run, completed_at,
             complete_until, final, rows)
         VALUES (1, 'rooms', '', 1, 1, 4102444800000, 4102444800000, 0, 0);",
    );
    let (_, told) = shop.told(&["period", "close", "2024-02"]);
    insta::assert_snapshot!(told, @r"
    warning: polyv-shop: never read to its end: channel 7
    warning: xiaoe-shop is in the configuration and not in the ledger; sync never read it
    warning: yxt-shop is in the configuration and not in the ledger; sync never read it
    warning: the ledger has no records of 2024-02
    2024-02 is closed; what changes in it from now on is an adjustment
    ");
}

#[test]
fn a_month_that_can_not_be_meant_is_refused() {
    let shop = shop();
    let refused = |language| {
        let mut all = Vec::new();
        for arguments in [
            ["close", "2023-12"],
            ["close", "9998-12"],
            ["close", "2024-13"],
            ["reopen", "2024-01"],
            ["list", "2024-01"],
        ] {
            let (code, told) =
                shop.told(&[&["--lang", language, "period"][..], &arguments].concat());
            assert_eq!(code, Some(2), "{told}");
            all.extend(told.lines().next().map(str::to_owned));
        }
        all.join("\n")
    };
    insta::assert_snapshot!(refused("en"), @r"
    error: 2023-12 is before all records, the first of which are of 2024-01; check the month
    error: 9998-12 is over at 9999-01-01 00:00:00 in Beijing; close it then
    error: invalid value '2024-13' for '<MONTH>': not a month; write it as 2026-01
    error: 2024-01 isn't closed; close it first
    error: 2024-01 isn't closed; close it first
    ");
    insta::assert_snapshot!(refused("zh"), @r"
    错误：2023-12 早于所有记录，最早的记录在 2024-01；请核对月份
    错误：9998-12 要到北京时间 9999-01-01 00:00:00 才结束；届时再结账
    错误：<MONTH> 的值“2024-13”无效：不是月份；请写成 2026-01 这样
    错误：2024-01 尚未结账；请先结账
    错误：2024-01 尚未结账；请先结账
    ");
    assert_eq!(shop.ok(&["period", "list", "--format", "jsonl"]), "");
}

#[test]
fn a_month_is_listed_with_its_figures_and_its_first_adjustments() {
    let shop = shop();
    let (code, told) = shop.told(&["period", "close", "2024-01", "--note", "已报送"]);
    assert_eq!(code, Some(0), "{told}");
    execute(&shop, "UPDATE periods SET closed_at = 1709251200000");
    let listed = shop.ok(&["period", "list"]);
    insta::assert_snapshot!(words(&listed), @r"
    Month Closed (Beijing) Reopened (Beijing) Figure Sum Note
    2024-01 TIME Red packets 1 已报送
    Issued ¥ 10.00
    Fee ¥ 0.10
    Claims 1
    Claimed ¥ 0.30
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
    insta::assert_snapshot!(words(&shop.ok(&["--lang", "zh", "period", "list"])), @r"
    月份 结账（北京时间） 反结账（北京时间） 项目 合计 备注
    2024-01 TIME 红包个数 1 已报送
    发放金额 ¥ 10.00
    手续费 ¥ 0.10
    领取笔数 1
    领取金额 ¥ 0.30
    账本：ledger.sqlite (DEMO 示例数据)
    ");
    insta::assert_snapshot!(shop.ok(&["period", "list", "--format", "csv"]), @r"
    month,closed_at,reopened_at,note,account,figure,value,demo
    2024-01,2024-03-01T00:00:00Z,,已报送,polyv-shop,red_packets,1,true
    2024-01,2024-03-01T00:00:00Z,,已报送,polyv-shop,issued_fen,1000,true
    2024-01,2024-03-01T00:00:00Z,,已报送,polyv-shop,fee_fen,10,true
    2024-01,2024-03-01T00:00:00Z,,已报送,polyv-shop,claims,1,true
    2024-01,2024-03-01T00:00:00Z,,已报送,polyv-shop,claimed_fen,30,true
    ");
    let document: Value = serde_json::from_str(&shop.ok(&["period", "list", "--json"])).unwrap();
    assert_eq!(document["demo"], true);
    let closed = lines(&shop.ok(&["period", "list", "--format", "jsonl"]));
    assert_eq!(closed[0]["closed_at"], "2024-03-01T00:00:00Z");
    assert_eq!(closed[0]["totals"], document["periods"][0]["totals"]);
    assert_eq!(closed.len(), 1);
    let unchanged = shop.ok(&["period", "list", "2024-01"]);
    assert!(unchanged.contains("No row is new, changed or vanished."), "{unchanged}");

    execute(
        &shop,
        "INSERT INTO ledger (key, value) VALUES ('now', '4102444799000');
         UPDATE claims SET amount_fen = 31;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
         INSERT INTO claims (account_id, red_packet_id, user_id, claimed_at, ordinal, room_id,
             room_kind, amount_fen, first_seen_at, first_run, changed_run)
         SELECT 1, 'p', 'u' || i, 1705291200000, 0, '7', 'channel', 1, 4102444800000, 2, 2 FROM n;",
    );
    let listed = shop.ok(&["period", "list", "2024-01"]);
    for shown in [
        "the same",
        "0.91",
        "2100-01-01 07:59:59",
        "Claims: p, u, 2024-01-15 12:00:00, 0",
        "Amount: 0.30 ¥ → 0.31 ¥",
        "and 11 more; --format csv has all",
    ] {
        assert!(listed.contains(shown), "{shown}: {listed}");
    }
    assert_eq!(listed.matches("came late").count(), 49);
    let list = |format| shop.ok(&["period", "list", "2024-01", "--format", format]);
    let adjustments = lines(&list("jsonl"));
    assert_eq!(adjustments.len(), 63);
    assert_eq!(adjustments[0]["seen_at"], "2099-12-31T23:59:59Z");
    assert_eq!(adjustments[0]["new"], "31");
    assert_eq!(adjustments[62]["now"], 91);
    let document: Value = serde_json::from_str(&list("json")).unwrap();
    assert_eq!(document["adjustments"].as_array().unwrap().len(), 63);
    let csv = list("csv");
    assert_eq!(csv.lines().count(), 64);
    insta::assert_snapshot!(csv.lines().take(2).collect::<Vec<_>>().join("\n"), @r#"
    month,seen_at,account,table,row_key,time,change,column,old,new,figure,then,now,demo
    2024-01,2099-12-31T23:59:59Z,polyv-shop,claims,"[""p"",""u"",1705291200000,0]",2024-01-15T04:00:00Z,changed,amount_fen,30,31,,,,true
    "#);
}

#[test]
fn a_closing_writes_the_month_and_what_was_not_read() {
    let shop = shop();
    let closed = shop.run(&["period", "close", "2024-01", "--json"]);
    let document: Value = serde_json::from_slice(&closed.stdout).unwrap();
    assert_eq!(document["periods"][0]["month"], "2024-01");
    assert_eq!(document["incomplete"][0]["is_unread"], true);
    assert_eq!(document["never_synced"], serde_json::json!(["xiaoe-shop", "yxt-shop"]));
}
