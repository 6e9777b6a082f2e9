use std::io::{self, Write};

use live_rewards_core::{Money, RedPacket, Vendor};
use live_rewards_export::{
    CsvExport, CsvForExcel, ExportError, ExportOptions, JsonLines, TableWriter, write_table,
};
use live_rewards_ledger::{
    CLAIMS, GIFTS, Language, POINTS_ACCOUNTS, RED_PACKETS, RowOrder, Selection, Table,
};

use crate::shop::{LONG_ID, Shop, at, claim, room, user};

const DEMO: ExportOptions<'static> = ExportOptions { pseudonyms: None, is_demo: true };

fn written(
    shop: &Shop,
    table: &'static Table,
    make: impl FnOnce(&mut Vec<u8>) -> Box<dyn TableWriter + '_>,
) -> String {
    let mut file = Vec::new();
    let mut writer = make(&mut file);
    let selection = Selection::default();
    write_table(&shop.ledger, table, &selection, RowOrder::Key, &mut *writer).unwrap();
    drop(writer);
    String::from_utf8(file).unwrap()
}

fn csv(shop: &Shop, table: &'static Table) -> String {
    let options = ExportOptions::default();
    written(shop, table, |file| Box::new(CsvExport::new(file, table, options).unwrap()))
}

fn json_lines(shop: &Shop, table: &'static Table) -> String {
    written(shop, table, |file| Box::new(JsonLines::new(file, table, ExportOptions::default())))
}

fn for_excel(shop: &Shop, table: &'static Table, language: Language) -> String {
    let options = ExportOptions::default();
    written(shop, table, |file| Box::new(CsvForExcel::new(file, table, language, options).unwrap()))
}

/// Rows of a file for Excel, as a program reads them.
fn rows_of_excel(file: &str) -> Vec<Vec<String>> {
    let text = file.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn machines_read_rows_with_their_account() {
    let shop = Shop::with_people();
    insta::assert_snapshot!(csv(&shop, &CLAIMS), @r#"
    schema_version,account,vendor,red_packet_id,user_id,claimed_at,ordinal,room_id,room_kind,session_id,user_id_kind,user_nickname,amount_fen,best_luck,order_id
    1,shop,xiaoe,p1,12345678901234567890,2026-01-31T16:00:00Z,0,l_1,live,,vendor_user,"=HYPERLINK(""http://example.com"")",1234,,
    1,shop,xiaoe,p1,12345678901234567890,2026-01-31T16:00:01Z,0,l_1,live,,vendor_user,"=HYPERLINK(""http://example.com"")",1,,
    1,shop,xiaoe,p1,u_giver,2026-01-31T16:00:02Z,0,l_1,live,,vendor_user,王小明,5,true,
    "#);
    insta::assert_snapshot!(csv(&shop, &POINTS_ACCOUNTS), @r"
    schema_version,account,vendor,user_id,user_id_kind,user_nickname,available,frozen,reported_total,first_earned_at
    1,shop,xiaoe,u_giver,vendor_user,王小明,5,1,9,
    ");
}

#[test]
fn json_lines_keep_what_is_not_there() {
    let shop = Shop::with_people();
    insta::assert_snapshot!(json_lines(&shop, &CLAIMS), @r#"
    {"schema_version":1,"account":"shop","vendor":"xiaoe","red_packet_id":"p1","user_id":"12345678901234567890","claimed_at":"2026-01-31T16:00:00Z","ordinal":0,"room_id":"l_1","room_kind":"live","session_id":null,"user_id_kind":"vendor_user","user_nickname":"=HYPERLINK(\"http://example.com\")","amount_fen":1234,"best_luck":null,"order_id":null}
    {"schema_version":1,"account":"shop","vendor":"xiaoe","red_packet_id":"p1","user_id":"12345678901234567890","claimed_at":"2026-01-31T16:00:01Z","ordinal":0,"room_id":"l_1","room_kind":"live","session_id":null,"user_id_kind":"vendor_user","user_nickname":"=HYPERLINK(\"http://example.com\")","amount_fen":1,"best_luck":null,"order_id":null}
    {"schema_version":1,"account":"shop","vendor":"xiaoe","red_packet_id":"p1","user_id":"u_giver","claimed_at":"2026-01-31T16:00:02Z","ordinal":0,"room_id":"l_1","room_kind":"live","session_id":null,"user_id_kind":"vendor_user","user_nickname":"王小明","amount_fen":5,"best_luck":true,"order_id":null}
    "#);
    insta::assert_snapshot!(json_lines(&shop, &GIFTS), @r#"{"schema_version":1,"account":"shop","vendor":"xiaoe","gift_key":"facts|l_1||u_giver|1769875203000|cny|火箭|9.90|0","room_id":"l_1","room_kind":"live","session_id":null,"record_id":null,"giver_id":"u_giver","giver_id_kind":"vendor_user","giver_nickname":"王小明","receiver_ids":"u_receiver u_sender","item_id":null,"item_name":"火箭","quantity":null,"unit_price_fen":null,"unit_price_points":null,"unit_price_unstated":null,"list_value_fen":null,"list_value_points":null,"list_value_unstated":null,"charged_fen":990,"charged_points":null,"charged_unstated":null,"line_points":null,"given_at":"2026-01-31T16:00:03Z","ordinal":0}"#);
}

#[test]
fn people_read_titles_yuan_and_beijing_time() {
    let shop = Shop::with_people();
    let chinese = for_excel(&shop, &CLAIMS, Language::Chinese);
    assert!(chinese.starts_with("\u{feff}账号,直播间名称,平台,红包 ID,领取人 ID,"));
    assert!(chinese.ends_with("\r\n"));
    assert_eq!(chinese.matches('\n').count(), chinese.matches("\r\n").count());
    insta::assert_snapshot!(chinese.replace('\u{feff}', "BOM ").replace('\r', ""), @r#"
    BOM 账号,直播间名称,平台,红包 ID,领取人 ID,领取时间（北京时间）,同秒序号,直播间 ID,直播间类型,场次 ID,领取人 ID 类型,领取人昵称,领取金额（元）,手气最佳,关联订单
    shop,春季发布会,小鹅通,p1,'12345678901234567890,2026-02-01 00:00:00,0,l_1,直播,,平台用户,"'=HYPERLINK(""http://example.com"")",12.34,,
    shop,春季发布会,小鹅通,p1,'12345678901234567890,2026-02-01 00:00:01,0,l_1,直播,,平台用户,"'=HYPERLINK(""http://example.com"")",0.01,,
    shop,春季发布会,小鹅通,p1,u_giver,2026-02-01 00:00:02,0,l_1,直播,,平台用户,王小明,0.05,是,
    "#);
    let english = for_excel(&shop, &RED_PACKETS, Language::English);
    insta::assert_snapshot!(english.replace('\u{feff}', "BOM ").replace('\r', ""), @r#"
    BOM Account,Room's title,Vendor,Red packet,Room,Kind of room,Session,Order,Sender,Kind of sender id,Sender's nickname,Kind,Split,State,Message,Issued (¥),Net of fee (¥),Not claimed yet (¥),"Refund: none, pending or done",Refunded (¥),Refunded at (Beijing time),Shares,Shares claimed,Share as printed (unit unpublished),Sent at (Beijing time)
    shop,春季发布会,Xiaoe-tech,p1,l_1,live,,,u_other,platform user,老板,,,,恭喜小明,100.00,,,,,,,,,2026-01-31 23:59:59
    "#);
}

#[test]
fn excel_takes_text_for_text_and_gives_it_back() {
    let mut shop = Shop::new();
    let names = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "'quoted",
        "0012",
        "1e5",
        "3/4",
        "a,b",
        "say \"hi\"",
        "two\nlines",
        "；=1",
        "小鱼 🐟",
    ];
    let claims: Vec<_> = (0..)
        .zip(names)
        .map(|(seconds, name)| claim("p", user(LONG_ID, Some(name)), 5, seconds))
        .collect();
    shop.write(&claims);
    let rows = rows_of_excel(&for_excel(&shop, &CLAIMS, Language::English));
    let column = |title: &str| rows[0].iter().position(|head| head == title).unwrap();
    let (nickname, id) = (column("Claimant's nickname"), column("Claimant"));
    for (row, name) in rows[1..].iter().zip(names) {
        let shown = &row[nickname];
        assert_eq!(shown.strip_prefix('\'').unwrap_or(shown), name);
        let is_harmless = shown.starts_with(['\'', 'a', 's', 't', '；', '小']);
        assert!(is_harmless, "{shown}");
        assert_eq!(row[id], format!("'{LONG_ID}"));
    }
    assert_eq!(rows.len(), names.len() + 1);
}

#[test]
fn control_characters_do_not_reach_a_sheet() {
    let mut shop = Shop::new();
    shop.write(&[claim("p", user("u", Some("a\u{1b}[2J\r\nb\u{202e}c\0")), 5, 0)]);
    let file = for_excel(&shop, &CLAIMS, Language::English);
    assert!(file.contains("\"a\u{fffd}[2J\nb\u{fffd}c\u{fffd}\""));
    // Machines get what the vendor sent.
    assert!(csv(&shop, &CLAIMS).contains("a\u{1b}[2J\r\nb\u{202e}c\0"));
}

#[test]
fn what_a_cell_does_not_take_is_cut() {
    let mut shop = Shop::new();
    let mut packet = RedPacket::new("p".into(), room(), Money::from_fen(1), at(0));
    packet.message = Some("=".repeat(40_000));
    shop.write(&[packet]);
    let rows = rows_of_excel(&for_excel(&shop, &RED_PACKETS, Language::English));
    let message = rows[1].iter().max_by_key(|cell| cell.len()).unwrap();
    assert_eq!(message.encode_utf16().count(), 32_767);
    assert!(message.starts_with("'==") && message.ends_with("=… [cut 已截断]"));
}

#[test]
fn numbers_that_excel_would_round_are_text() {
    let mut shop = Shop::new();
    shop.write(&[
        claim("p", user("u", None), 100_000_000_000_000_000, 0),
        claim("p", user("v", None), -7, 0),
    ]);
    let file = for_excel(&shop, &CLAIMS, Language::English);
    assert!(file.contains(",'1000000000000000.00,"), "{file}");
    assert!(file.contains(",-0.07,"), "{file}");
}

#[test]
fn every_row_of_a_demo_says_so() {
    let mut shop = Shop::new();
    shop.write(&[claim("p", user("u", None), 5, 0)]);
    let csv =
        written(&shop, &CLAIMS, |file| Box::new(CsvExport::new(file, &CLAIMS, DEMO).unwrap()));
    let lines: Vec<_> = csv.lines().collect();
    assert!(lines[0].ends_with(",order_id,demo") && lines[1].ends_with(",true"), "{csv}");
    let json = written(&shop, &CLAIMS, |file| Box::new(JsonLines::new(file, &CLAIMS, DEMO)));
    assert!(json.ends_with(",\"demo\":true}\n"), "{json}");
    let excel = written(&shop, &CLAIMS, |file| {
        Box::new(CsvForExcel::new(file, &CLAIMS, Language::Chinese, DEMO).unwrap())
    });
    let rows = rows_of_excel(&excel);
    assert_eq!(rows[0].last().unwrap(), "DEMO 示例数据");
    assert_eq!(rows[1].last().unwrap(), "是");
}

#[test]
fn only_selected_rows_are_written() {
    let mut shop = Shop::new();
    shop.write(&[claim("early", user("u", None), 5, -1), claim("late", user("u", None), 5, 0)]);
    let first = shop.stamp.account;
    shop.account("channel", Vendor::Polyv);
    shop.write(&[claim("other", user("u", None), 5, 0)]);
    let mut selection = Selection::default();
    selection.accounts = Some(vec![first]);
    selection.since = Some(at(0));
    let mut file = Vec::new();
    let mut csv = CsvExport::new(&mut file, &CLAIMS, ExportOptions::default()).unwrap();
    let rows = write_table(&shop.ledger, &CLAIMS, &selection, RowOrder::Time, &mut csv).unwrap();
    drop(csv);
    assert_eq!(rows, 1);
    assert!(
        String::from_utf8(file)
            .unwrap()
            .ends_with("\n1,shop,xiaoe,late,u,2026-01-31T16:00:00Z,0,l_1,live,,vendor_user,,5,,\n")
    );
}

#[test]
fn a_row_of_another_table_is_refused() {
    let shop = Shop::with_people();
    let options = ExportOptions::default();
    let mut writers: [Box<dyn TableWriter>; 3] = [
        Box::new(CsvExport::new(Vec::new(), &GIFTS, options).unwrap()),
        Box::new(CsvForExcel::new(Vec::new(), &GIFTS, Language::English, options).unwrap()),
        Box::new(JsonLines::new(Vec::new(), &GIFTS, options)),
    ];
    for writer in &mut writers {
        let selection = Selection::default();
        let written = write_table(&shop.ledger, &CLAIMS, &selection, RowOrder::Key, &mut **writer);
        assert!(matches!(written, Err(ExportError::Write(_))));
    }
}

/// A disk without room.
#[derive(Debug)]
pub(crate) struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_the_writer_fails_with_is_told_as_it_is() {
    let shop = Shop::with_people();
    let options = ExportOptions::default();
    let mut writers: [Box<dyn TableWriter>; 2] = [
        Box::new(CsvExport::new(Full, &CLAIMS, options).unwrap()),
        Box::new(JsonLines::new(Full, &CLAIMS, options)),
    ];
    for writer in &mut writers {
        let selection = Selection::default();
        let written = write_table(&shop.ledger, &CLAIMS, &selection, RowOrder::Key, &mut **writer);
        let error = written.unwrap_err();
        let is_full = |error: &io::Error| error.kind() == io::ErrorKind::StorageFull;
        assert!(matches!(&error, ExportError::Write(error) if is_full(error)), "{error:?}");
    }
    let error = CsvForExcel::new(Full, &CLAIMS, Language::English, options).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
