use std::io::{self, Cursor};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use live_rewards_core::{Amount, Money, Points, Prize, PrizeKind, RedPacket, Vendor};
use live_rewards_export::{ExportError, Workbook, WorkbookOptions};
use live_rewards_ledger::{Language, Selection};

use crate::{
    forms::Full,
    people::pseudonyms,
    shop::{LONG_ID, PEOPLE, Shop, at, claim, room, user},
};

/// The name of a sheet with its rows.
type Sheet = (String, Vec<Vec<Data>>);

fn english() -> WorkbookOptions<'static> {
    WorkbookOptions::new(Language::English)
}

fn bytes(shop: &mut Shop, selection: &Selection, options: &WorkbookOptions<'_>) -> Vec<u8> {
    let reconciliation = shop.reconcile();
    let mut file = Vec::new();
    Workbook::write(&shop.ledger, &reconciliation, selection, options, &mut file).unwrap();
    file
}

/// The workbook as another program reads it.
fn sheets(shop: &mut Shop, selection: &Selection, options: &WorkbookOptions<'_>) -> Vec<Sheet> {
    let file = bytes(shop, selection, options);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).unwrap();
    let names = book.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.is_empty(), "{name} has formulas");
        let range = book.worksheet_range(&name).unwrap();
        assert_eq!(range.start(), Some((0, 0)), "{name}");
        (name, range.rows().map(<[Data]>::to_vec).collect())
    });
    sheets.collect()
}

fn all(shop: &mut Shop, options: &WorkbookOptions<'_>) -> Vec<Sheet> {
    sheets(shop, &Selection::default(), options)
}

fn sheet<'a>(sheets: &'a [Sheet], name: &str) -> &'a [Vec<Data>] {
    let found = sheets.iter().find(|(known, _)| known == name);
    &found.unwrap_or_else(|| panic!("{name} of {:?}", names(sheets))).1
}

fn names(sheets: &[Sheet]) -> Vec<&str> {
    sheets.iter().map(|(name, _)| name.as_str()).collect()
}

/// A cell with what it is: text as it is, numbers after `#`, instants after `@`.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => format!("#{number}"),
        Data::Int(number) => format!("#{number}"),
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("@{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        other => panic!("{other:?}"),
    }
}

fn rows(sheet: &[Vec<Data>]) -> String {
    let rows = sheet.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" | "));
    rows.map(|row| row.trim_end_matches([' ', '|']).to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_workbook_has_sums_findings_claimants_and_rows() {
    let mut shop = Shop::with_people();
    let english = all(&mut shop, &english());
    assert_eq!(
        names(&english),
        [
            "Summary",
            "Findings",
            "Claimants",
            "Red packets",
            "Claims",
            "Gifts",
            "Points accounts",
            "Points log",
        ]
    );
    let chinese = all(&mut shop, &WorkbookOptions::new(Language::Chinese));
    assert_eq!(
        names(&chinese),
        ["汇总", "差异", "领取人汇总", "红包", "领取记录", "礼物", "积分账户", "积分流水"]
    );
    insta::assert_snapshot!(rows(sheet(&english, "Summary")), @r"
    Rewards of live streams
    Reconciled as of 2026-02-01 00:01:39 (Beijing time)
    Checks: 4 passed, 3 found something (3 findings), 17 were not made
    Issued = claimed + refunded + fee + not claimed yet + difference, and what is refunded without amount or left over, if any. Red packets count in the month in which they were sent.
    Account | Month | Red packets | Issued (¥) | Claims | Claimed (¥) | Refunded (¥) | Fee (¥) | Not claimed yet (¥) | Difference (¥) | Red packets with a difference | Gifts | Gifts, charged (¥)
    shop | 2026-01 | #1 | #100 | #3 | #12.4 | #0 | #0 | #87.6 | #0 | #0 | #0 | #0
    shop | 2026-02 | #0 | #0 | #0 | #0 | #0 | #0 | #0 | #0 | #0 | #1 | #9.9
    Total |  | #1 | #100 | #3 | #12.4 | #0 | #0 | #87.6 | #0 | #0 | #1 | #9.9
    ");
    insta::assert_snapshot!(rows(sheet(&chinese, "汇总")), @r"
    直播奖励对账
    对账时点：2026-02-01 00:01:39（北京时间）
    检查：通过 4 项，发现差异 3 项（共 3 条），未执行 17 项
    发放 = 领取 + 退款 + 手续费 + 未领 + 差额（如有，另加已退款未报金额和等额余数）。红包计入发放当月。
    账号 | 月份 | 红包数 | 发放（元） | 领取笔数 | 领取（元） | 退款（元） | 手续费（元） | 未领（元） | 差额（元） | 有差额红包数 | 礼物笔数 | 礼物实扣（元）
    shop | 2026-01 | #1 | #100 | #3 | #12.4 | #0 | #0 | #87.6 | #0 | #0 | #0 | #0
    shop | 2026-02 | #0 | #0 | #0 | #0 | #0 | #0 | #0 | #0 | #0 | #1 | #9.9
    合计 |  | #1 | #100 | #3 | #12.4 | #0 | #0 | #87.6 | #0 | #0 | #1 | #9.9
    ");
    insta::assert_snapshot!(rows(sheet(&english, "Findings")), @r"
    Finding | Account | Check | What is checked | Severity | Room's title | Room | About | Its id | What is wrong | Amount (¥) | Points | Status | Note | First found at (Beijing time) | Evidence
    A9-eb1fc08770790b8c | shop | A9 | A user twice | warning | 春季发布会 | l_1 | Red packets | p1 | 12345678901234567890 claims more than once |  |  | open |  | @2026-02-01 00:01:39 | Red packets p1: Issued 100.00 yuan, Sent at 2026-01-31 23:59:59 | Claims p1 / 12345678901234567890 / 2026-02-01 00:00:00 / 0: Claimed at 2026-02-01 00:00:00, Amount 12.34 yuan | Claims p1 / 12345678901234567890 / 2026-02-01 00:00:01 / 0: Claimed at 2026-02-01 00:00:01, Amount 0.01 yuan
    C2-2caa6d24e1eb2ade | shop | C2 | Sum of a points account | warning |  |  | Points accounts | u_giver | a total of 9 points, 5 to be used and 1 frozen |  | #3 | open |  | @2026-02-01 00:01:39 | Points accounts u_giver: Available 5, Frozen 1, Total, as reported 9
    D1-ffcbcf935a8ae47e | shop | D1 | Changed values | error | 春季发布会 | l_1 | Red packets | p1 | Sender (sender_id) was u_sender and is u_other |  |  | open |  | @2026-02-01 00:01:39 | Red packets p1: Value Sender, Before u_sender, After u_other, At 2026-02-01 00:00:10, Run 1
    ");
    insta::assert_snapshot!(rows(sheet(&chinese, "差异")), @r"
    编号 | 账号 | 检查 | 检查内容 | 级别 | 直播间名称 | 直播间 ID | 对象 | 对象 ID | 说明 | 金额（元） | 积分 | 处理状态 | 备注 | 首次发现时间（北京时间） | 依据
    A9-eb1fc08770790b8c | shop | A9 | 重复领取 | 警告 | 春季发布会 | l_1 | 红包 | p1 | 用户 12345678901234567890 多次领取 |  |  | 待处理 |  | @2026-02-01 00:01:39 | 红包 p1: 发放金额 100.00 元, 发送时间 2026-01-31 23:59:59 | 领取记录 p1 / 12345678901234567890 / 2026-02-01 00:00:00 / 0: 领取时间 2026-02-01 00:00:00, 领取金额 12.34 元 | 领取记录 p1 / 12345678901234567890 / 2026-02-01 00:00:01 / 0: 领取时间 2026-02-01 00:00:01, 领取金额 0.01 元
    C2-2caa6d24e1eb2ade | shop | C2 | 积分账户合计 | 警告 |  |  | 积分账户 | u_giver | 总积分 9，可用 5，冻结 1 |  | #3 | 待处理 |  | @2026-02-01 00:01:39 | 积分账户 u_giver: 可用积分 5, 冻结积分 1, 总积分（平台口径） 9
    D1-ffcbcf935a8ae47e | shop | D1 | 首次读取后变动 | 错误 | 春季发布会 | l_1 | 红包 | p1 | 发送人 ID（sender_id）由 u_sender 变为 u_other |  |  | 待处理 |  | @2026-02-01 00:01:39 | 红包 p1: 字段 发送人 ID, 原值 u_sender, 新值 u_other, 时间 2026-02-01 00:00:10, 同步批次 1
    ");
    insta::assert_snapshot!(rows(sheet(&chinese, "领取人汇总")), @r#"
    账号 | 平台 | 领取人 ID | 领取人 ID 类型 | 领取人昵称 | 月份 | 领取笔数 | 领取金额（元）
    shop | 小鹅通 | 12345678901234567890 | 平台用户 | =HYPERLINK("http://example.com") | 2026-02 | #2 | #12.35
    shop | 小鹅通 | u_giver | 平台用户 | 王小明 | 2026-02 | #1 | #0.05
    "#);
    insta::assert_snapshot!(rows(sheet(&english, "Claims")), @r#"
    Account | Room's title | Vendor | Red packet | Claimant | Claimed at (Beijing time) | Ordinal among equals | Room | Kind of room | Session | Kind of claimant id | Claimant's nickname | Amount (¥) | Best luck | Order
    shop | 春季发布会 | Xiaoe-tech | p1 | 12345678901234567890 | @2026-02-01 00:00:00 | #0 | l_1 | live |  | platform user | =HYPERLINK("http://example.com") | #12.34
    shop | 春季发布会 | Xiaoe-tech | p1 | 12345678901234567890 | @2026-02-01 00:00:01 | #0 | l_1 | live |  | platform user | =HYPERLINK("http://example.com") | #0.01
    shop | 春季发布会 | Xiaoe-tech | p1 | u_giver | @2026-02-01 00:00:02 | #0 | l_1 | live |  | platform user | 王小明 | #0.05 | yes
    "#);
    insta::assert_snapshot!(rows(sheet(&chinese, "红包")), @r"
    账号 | 直播间名称 | 平台 | 红包 ID | 直播间 ID | 直播间类型 | 场次 ID | 关联订单 | 发送人 ID | 发送人 ID 类型 | 发送人昵称 | 红包类型 | 分配方式 | 状态 | 祝福语 | 发放金额（元） | 扣费后金额（元） | 剩余金额（元） | 退款情况 | 退款金额（元） | 退款时间（北京时间） | 红包个数 | 已领个数 | 单个金额原值（单位未公布） | 发送时间（北京时间）
    shop | 春季发布会 | 小鹅通 | p1 | l_1 | 直播 |  |  | u_other | 平台用户 | 老板 |  |  |  | 恭喜小明 | #100 |  |  |  |  |  |  |  |  | @2026-01-31 23:59:59
    ");
}

#[test]
fn ids_are_text_money_is_numbers_and_times_are_dates() {
    let mut shop = Shop::with_people();
    let sheets = all(&mut shop, &english());
    let claims = sheet(&sheets, "Claims");
    let column = |title: &str| {
        let title = Data::String(title.to_owned());
        claims[0].iter().position(|head| *head == title).unwrap()
    };
    let row = claims.iter().find(|row| row[column("Amount (¥)")] == Data::Float(12.34)).unwrap();
    assert_eq!(row[column("Claimant")], Data::String(LONG_ID.to_owned()));
    assert_eq!(row[column("Room's title")], Data::String("春季发布会".to_owned()));
    // Not a formula, and not a link.
    let nickname = "=HYPERLINK(\"http://example.com\")";
    assert_eq!(row[column("Claimant's nickname")], Data::String(nickname.to_owned()));
    assert_eq!(shown(&row[column("Claimed at (Beijing time)")]), "@2026-02-01 00:00:00");
    assert_eq!(row[column("Best luck")], Data::Empty);
    assert_eq!(row[column("Ordinal among equals")], Data::Float(0.0));
}

#[test]
fn sums_are_exact_and_points_of_two_accounts_are_not_added() {
    let mut shop = Shop::new();
    let packet = |id: &str, fen| RedPacket::new(id.into(), room(), Money::from_fen(fen), at(0));
    shop.write(&[packet("a", 10), packet("b", 20)]);
    let prize = |points| {
        let mut prize = Prize::new("a".into(), PrizeKind::Lottery, user("u", None));
        prize.value = Some(Amount::Points(Points::new(points)));
        prize.at = Some(at(0));
        prize
    };
    shop.write(&[prize(7)]);
    shop.account("channel", Vendor::Polyv);
    shop.write(&[packet("c", 9_999_999_999_999)]);
    shop.write(&[prize(5)]);
    let sheets = all(&mut shop, &english());
    let summary = sheet(&sheets, "Summary");
    let head = summary.iter().position(|row| shown(&row[0]) == "Account").unwrap();
    let column = |title: &str| summary[head].iter().position(|head| shown(head) == title).unwrap();
    let cells = |title: &str| -> Vec<String> {
        summary[head + 1..].iter().map(|row| shown(&row[column(title)])).collect()
    };
    assert_eq!(cells("Account"), ["shop", "channel", "Total"]);
    assert_eq!(cells("Month"), ["2026-02", "2026-02", ""]);
    assert_eq!(cells("Issued (¥)"), ["#0.3", "#99999999999.99", "#100000000000.29"]);
    assert_eq!(cells("Red packets"), ["#2", "#1", "#3"]);
    assert_eq!(cells("Prizes, value in points"), ["#7", "#5", ""]);
    // What no account has takes no column.
    assert!(!summary[head].iter().any(|head| shown(head).starts_with("Gifts")));
}

#[test]
fn rows_that_do_not_fit_go_to_further_sheets() {
    let mut shop = Shop::new();
    let claims: Vec<_> =
        (0..7).map(|second| claim("p", user(&format!("u{second}"), None), 5, second)).collect();
    shop.write(&claims);
    let options = WorkbookOptions { rows_per_sheet: 4, ..WorkbookOptions::new(Language::Chinese) };
    let sheets = all(&mut shop, &options);
    assert_eq!(
        names(&sheets),
        [
            "汇总",
            "差异",
            "领取人汇总",
            "领取人汇总 2",
            "领取人汇总 3",
            "领取记录",
            "领取记录 2",
            "领取记录 3",
        ]
    );
    let mut ids = Vec::new();
    for (name, lengths) in [("领取记录", 4), ("领取记录 2", 4), ("领取记录 3", 2)] {
        let rows = sheet(&sheets, name);
        assert_eq!(rows.len(), lengths);
        assert_eq!(shown(&rows[0][4]), "领取人 ID");
        ids.extend(rows[1..].iter().map(|row| shown(&row[4])));
    }
    assert_eq!(ids, ["u0", "u1", "u2", "u3", "u4", "u5", "u6"]);
}

#[test]
fn an_empty_ledger_says_that_there_is_nothing() {
    let mut shop = Shop::new();
    let sheets = all(&mut shop, &english());
    assert_eq!(names(&sheets), ["Summary", "Findings", "Claimants"]);
    for (name, nothing) in [
        ("Summary", "There are no red packets, gifts or prizes."),
        ("Findings", "The checks found nothing. The summary says how many of them were made."),
        ("Claimants", "Nobody has claimed anything."),
    ] {
        let rows = sheet(&sheets, name);
        assert_eq!(shown(&rows.last().unwrap()[0]), nothing);
    }
    let chinese = all(&mut shop, &WorkbookOptions::new(Language::Chinese));
    let last = sheet(&chinese, "汇总").last().unwrap();
    assert_eq!(shown(&last[0]), "没有红包、礼物和奖品记录。");
}

#[test]
fn every_sheet_of_a_demo_says_so() {
    let mut shop = Shop::with_people();
    let options = WorkbookOptions { is_demo: true, rows_per_sheet: 4, ..english() };
    let demo = all(&mut shop, &options);
    assert!(names(&demo).contains(&"Claims 2"));
    for (name, rows) in &demo {
        assert_eq!(shown(&rows[0][0]), "DEMO 示例数据", "{name}");
    }
    let real = all(&mut shop, &english());
    for (name, sheet) in &real {
        assert!(!rows(sheet).contains("DEMO"), "{name}");
    }
}

#[test]
fn the_same_ledger_gives_the_same_bytes() {
    let mut shop = Shop::with_people();
    let selection = Selection::default();
    let first = bytes(&mut shop, &selection, &english());
    assert_eq!(first, bytes(&mut shop, &selection, &english()));
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = WorkbookOptions { temporary_folder: Some(folder.path()), ..english() };
    assert_eq!(first, bytes(&mut shop, &selection, &elsewhere));
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[test]
fn nobody_is_named_in_a_workbook_with_pseudonyms() {
    let mut shop = Shop::with_people();
    let pseudonyms = pseudonyms();
    for language in [Language::English, Language::Chinese] {
        let options =
            WorkbookOptions { pseudonyms: Some(&pseudonyms), ..WorkbookOptions::new(language) };
        let sheets = all(&mut shop, &options);
        for (name, sheet) in &sheets {
            let shown = rows(sheet);
            for person in PEOPLE {
                assert!(!shown.contains(person), "{person} in {name}: {shown}");
            }
        }
        let giver = pseudonyms.user(Vendor::Xiaoe, "u_giver");
        let with_giver = sheets.iter().filter(|(_, sheet)| rows(sheet).contains(&giver));
        // Findings, claimants, claims, gifts, points accounts and points log.
        assert_eq!(with_giver.count(), 6);
    }
}

#[test]
fn the_order_of_claimants_tells_nobody() {
    let mut shop = Shop::new();
    let users: Vec<String> = (10..60).map(|number| format!("u{number}")).collect();
    let claims = users.iter().map(|id| claim("p", user(id, None), 1, 0));
    shop.write(&claims.collect::<Vec<_>>());
    let pseudonyms = pseudonyms();
    let options = WorkbookOptions { pseudonyms: Some(&pseudonyms), ..english() };
    let sheets = all(&mut shop, &options);
    for name in ["Claimants", "Claims"] {
        let rows = rows(sheet(&sheets, name));
        let places: Vec<usize> = users
            .iter()
            .map(|user| rows.find(&pseudonyms.user(Vendor::Xiaoe, user)).unwrap())
            .collect();
        assert!(!places.is_sorted(), "{name}");
    }
}

#[test]
fn only_the_selection_is_in_it() {
    let mut shop = Shop::with_people();
    let first = shop.stamp.account;
    shop.account("channel", Vendor::Polyv);
    shop.write(&[claim("elsewhere", user("u", None), 5, 0)]);
    let mut selection = Selection::default();
    selection.accounts = Some(vec![first]);
    selection.since = Some(at(1));
    selection.until = Some(at(3));
    let sheets = sheets(&mut shop, &selection, &english());
    let claims = sheet(&sheets, "Claims");
    let seconds: Vec<_> = claims[1..].iter().map(|row| shown(&row[5])).collect();
    assert_eq!(seconds, ["@2026-02-01 00:00:01", "@2026-02-01 00:00:02"]);
    // The red packet was sent before, and the gift given after.
    assert!(!names(&sheets).contains(&"Red packets") && !names(&sheets).contains(&"Gifts"));
    for (name, sheet) in &sheets {
        let shown = rows(sheet);
        assert!(!shown.contains("channel") && !shown.contains("elsewhere"), "{name}: {shown}");
    }
    let summary = rows(sheet(&sheets, "Summary"));
    assert!(summary.contains("From 2026-02-01 00:00:01 on, before 2026-02-01 00:00:03"));
}

#[test]
fn text_of_any_kind_is_held() {
    let mut shop = Shop::new();
    let mut packet = RedPacket::new("p".into(), room(), Money::from_fen(1), at(0));
    packet.message = Some("鱼".repeat(40_000));
    shop.write(&[packet]);
    let names = ["_x0041_", "a\u{1b}b", "<b>&amp;</b>", "two\nlines", "http://example.com", "@SUM"];
    let claims: Vec<_> = (0..)
        .zip(names)
        .map(|(seconds, name)| claim("p", user("u", Some(name)), 5, seconds))
        .collect();
    shop.write(&claims);
    let sheets = all(&mut shop, &english());
    let messages: Vec<_> = sheet(&sheets, "Red packets")[1].iter().map(shown).collect();
    let message = messages.iter().max_by_key(|message| message.len()).unwrap();
    assert_eq!(message.encode_utf16().count(), 32_767);
    assert!(message.ends_with("鱼… [cut 已截断]"));
    let claims = sheet(&sheets, "Claims");
    let column = claims[0].iter().position(|head| shown(head) == "Claimant's nickname").unwrap();
    let read: Vec<_> = claims[1..].iter().map(|row| shown(&row[column])).collect();
    assert_eq!(
        read,
        ["_x0041_", "a\u{fffd}b", "<b>&amp;</b>", "two\nlines", "http://example.com", "@SUM"]
    );
}

#[test]
fn numbers_that_a_double_does_not_hold_are_text() {
    let mut shop = Shop::new();
    shop.write(&[claim("p", user("u", None), i64::MAX, 0)]);
    let sheets = all(&mut shop, &english());
    let cells: Vec<_> = sheet(&sheets, "Claims")[1].iter().map(shown).collect();
    assert!(cells.contains(&"92233720368547758.07".to_owned()), "{cells:?}");
}

#[test]
fn what_the_writer_fails_with_is_told_as_it_is() {
    let mut shop = Shop::with_people();
    let reconciliation = shop.reconcile();
    let selection = Selection::default();
    let written = Workbook::write(&shop.ledger, &reconciliation, &selection, &english(), Full);
    let error = written.unwrap_err();
    let is_full = |error: &io::Error| error.kind() == io::ErrorKind::StorageFull;
    assert!(matches!(&error, ExportError::Write(error) if is_full(error)), "{error:?}");
    let nowhere = std::path::Path::new("/nowhere/at/all");
    let options = WorkbookOptions { temporary_folder: Some(nowhere), ..english() };
    let written = Workbook::write(&shop.ledger, &reconciliation, &selection, &options, io::sink());
    let error = written.unwrap_err().to_string();
    assert!(error.starts_with("/nowhere/at/all: "), "{error}");
}
