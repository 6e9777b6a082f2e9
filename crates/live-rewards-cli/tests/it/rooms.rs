use std::{
    fs,
    io::Write,
    process::{Output, Stdio},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::{
    run::{code, stderr, words},
    shop::Shop,
};

/// An import of a file with this text.
fn imported(shop: &Shop, text: impl AsRef<[u8]>) -> (Option<i32>, String) {
    fs::write(shop.path("rooms.csv"), text).unwrap();
    shop.told(&["rooms", "import", "rooms.csv"])
}

/// An import of this text from standard input.
fn piped(shop: &Shop, text: &str) -> Output {
    let mut import = shop
        .command(&["rooms", "import", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    import.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    import.wait_with_output().unwrap()
}

#[test]
fn rooms_are_added_once_and_keep_what_is_said_of_them() {
    let shop = Shop::unreached();
    let mut lines = Vec::new();
    for arguments in [
        &["polyv-shop", "7", "--title", "春季发布会", "--labels", "region=east;team=b"][..],
        &["polyv-shop", "7", "8", "--ended-at", "2026-01-31"],
        &["xiaoe-shop", "l_1", "l_1"],
        &["xiaoe-shop", "p_1", "--kind", "resource-9"],
        &["yxt-shop", "5f6d422b-8440-462f-b8b9-dcbed64e1a01"],
    ] {
        let (code, told) = shop.told(&[&["rooms", "add", "--account"][..], arguments].concat());
        assert_eq!(code, Some(0), "{told}");
        lines.push(told);
    }
    insta::assert_snapshot!(lines.concat(), @r"
    rooms added: 1, known before: 0
    rooms added: 1, known before: 1
    xiaoe room l_1 is named more than once; it is read once
    rooms added: 1, known before: 0
    rooms added: 1, known before: 0
    rooms added: 1, known before: 0
    ");
    insta::assert_snapshot!(words(&shop.ok(&["rooms", "list"])), @r"
    Account Kind Room Title Labels Ended (Beijing) From
    polyv-shop channel 7 春季发布会 region=east;team=b TIME user
    polyv-shop channel 8 TIME user
    xiaoe-shop live l_1 user
    xiaoe-shop resource-9 p_1 user
    yxt-shop room 5f6d422b-8440-462f-b8b9-dcbed64e1a01 user
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
    let json = shop.ok(&["rooms", "list", "--format", "jsonl", "--account", "polyv-*"]);
    insta::assert_snapshot!(json, @r#"
    {"account":"polyv-shop","demo":true,"ended_at":"2026-01-30T16:00:00Z","from":"user","id":"7","kind":"channel","labels":"region=east;team=b","title":"春季发布会","vendor":"polyv"}
    {"account":"polyv-shop","demo":true,"ended_at":"2026-01-30T16:00:00Z","from":"user","id":"8","kind":"channel","labels":null,"title":null,"vendor":"polyv"}
    "#);
}

#[test]
fn a_title_controls_no_terminal() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    let title = "a\u{1b}[2Jb\r\nc\u{9b}d\u{202e}e";
    let ledger = Connection::open(shop.path("ledger.sqlite")).unwrap();
    ledger.execute("UPDATE room_notes SET title = ?1", [title]).unwrap();
    ledger.close().unwrap();
    let shown = shop.ok(&["rooms", "list"]);
    assert!(shown.contains(" a\u{fffd}[2Jb\u{fffd}\u{fffd}c\u{fffd}d\u{fffd}e "), "{shown:?}");
    let json: Value = serde_json::from_str(&shop.ok(&["rooms", "list", "--json"])).unwrap();
    assert_eq!(json["rooms"][0]["title"], title);
}

#[test]
fn a_time_of_beijing_is_read_as_it_is_shown() {
    let shop = Shop::unreached();
    let add = ["rooms", "add", "--account", "polyv-shop", "7", "--ended-at", "2026-01-31 08:00:05"];
    assert_eq!(shop.told(&add).0, Some(0));
    let shown = shop.ok(&["rooms", "list"]);
    assert!(shown.contains(" 2026-01-31 08:00:05 "), "{shown}");
    let json: Value = serde_json::from_str(&shop.ok(&["rooms", "list", "--json"])).unwrap();
    assert_eq!(json["rooms"][0]["ended_at"], "2026-01-31T00:00:05Z");
}

#[test]
fn a_room_that_can_not_be_is_refused() {
    let shop = Shop::unreached();
    let mut lines = Vec::new();
    for arguments in [
        &["polyv-shop", "7", ""][..],
        &["polyv-shop", "7,8"],
        &["polyv-shop", "7", "--kind", "live"],
        &["xiaoe-shop", "p_1", "--kind", "resource-x"],
        &["*-shop", "7"],
        &["nobody", "7"],
    ] {
        let (code, told) = shop.told(&[&["rooms", "add", "--account"][..], arguments].concat());
        assert_eq!(code, Some(2), "{told}");
        lines.push(told);
    }
    let (code, told) = shop.told(&["rooms", "list"]);
    assert_eq!(code, Some(2), "{told}");
    lines.push(told);
    insta::assert_snapshot!(lines.concat(), @r#"
    error: a room id is empty; give it or leave it out
    error: the room id "7,8" holds a comma or a blank; give each id by itself
    error: polyv has no rooms of kind live; the kinds are channel (polyv), live and resource-N (xiaoe), room (yxt)
    error: xiaoe has no rooms of kind resource-x; the kinds are channel (polyv), live and resource-N (xiaoe), room (yxt)
    error: rooms belong to one account; give --account its whole name
    error: the configuration has no account nobody; it has polyv-shop, xiaoe-shop, yxt-shop
    error: there is no ledger ledger.sqlite; sync makes one
    "#);
    assert_eq!(shop.names(), ["live-rewards.toml"]);
}

#[test]
fn a_file_of_rooms_is_imported_as_excel_saves_it() {
    let shop = Shop::unreached();
    let text = "\u{feff}id,vendor,account,kind,title,labels,ended_at\r\n\
                l_1,xiaoe,,,\"春季, 第一场\",region=east,2026-01-31\r\n\
                \r\n\
                p_1,,xiaoe-shop,resource-9,,,\r\n \
                7 ,polyv,polyv-shop,channel,,,2026-01-31T08:00:00Z\r\n";
    let (exit, told) = imported(&shop, text);
    assert_eq!((exit, told.as_str()), (Some(0), "rooms added: 3, known before: 0\n"));
    let again = piped(&shop, text);
    assert_eq!(code(&again), Some(0));
    assert_eq!(stderr(&again), "rooms added: 0, known before: 3\n");
    insta::assert_snapshot!(words(&shop.ok(&["rooms", "list"])), @r"
    Account Kind Room Title Labels Ended (Beijing) From
    polyv-shop channel 7 TIME user
    xiaoe-shop live l_1 春季, 第一场 region=east TIME user
    xiaoe-shop resource-9 p_1 user
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
}

#[test]
fn a_file_with_a_wrong_line_adds_nothing() {
    let shop = Shop::unreached();
    let mut lines = Vec::new();
    for text in [
        "",
        "id,vendor\n",
        "id,vendr\n1,polyv\n",
        "vendor\npolyv\n",
        "id\n1\n",
        "id,vendor\n1,polyv\n2,nobody\n",
        "id,account\n1,polyv-shop\n2,nobody\n",
        "id,vendor,account\n1,xiaoe,polyv-shop\n",
        "id,vendor\r\n1,polyv\r\n\r\n\r\n2 3,polyv\r\n",
        "id,vendor\n1,polyv\n,polyv\n",
        "id,vendor\n1,polyv\n2,polyv,3\n",
        "id,vendor,kind\n1,polyv,live\n",
        "id,vendor,ended_at\n1,polyv,soon\n",
    ] {
        let (code, told) = imported(&shop, text);
        assert_eq!(code, Some(2), "{text:?}: {told}");
        lines.push(told);
    }
    // 春 as Excel saves it in China, unless told otherwise.
    let (exit, told) = imported(&shop, b"id,vendor,title\n1,polyv,\xb4\xba\n");
    assert_eq!(exit, Some(2), "{told}");
    lines.push(told);
    let from_pipe = piped(&shop, "id\n");
    assert_eq!(code(&from_pipe), Some(2));
    lines.push(stderr(&from_pipe));
    lines.push(shop.told(&["rooms", "import", "none.csv"]).1);
    insta::assert_snapshot!(lines.concat(), @r#"
    error: rooms.csv: it has no rooms; nothing was added
    error: rooms.csv: it has no rooms; nothing was added
    error: rooms.csv: line 2: unknown field `vendr`, expected one of `id`, `account`, `vendor`, `kind`, `title`, `labels`, `ended_at`; nothing was added
    error: rooms.csv: line 2: missing field `id`; nothing was added
    error: rooms.csv: line 2: say whose room it is: give a column account or vendor; nothing was added
    error: rooms.csv: line 3: no vendor is called nobody; nothing was added
    error: rooms.csv: line 3: the configuration has no account nobody; nothing was added
    error: rooms.csv: line 2: polyv-shop is an account of polyv, not of xiaoe; nothing was added
    error: rooms.csv: line 5: the room id "2 3" holds a comma or a blank; give each id by itself; nothing was added
    error: rooms.csv: line 3: a room id is empty; give it or leave it out; nothing was added
    error: rooms.csv: line 3: columns: 3, but 2 in the first line; nothing was added
    error: rooms.csv: line 2: polyv has no rooms of kind live; the kinds are channel (polyv), live and resource-N (xiaoe), room (yxt); nothing was added
    error: rooms.csv: line 2: give a day like 2026-01-31, a time in Beijing like 2026-01-31 08:00:00, or an instant like 2026-01-31T08:00:00Z; nothing was added
    error: rooms.csv: line 2: it is no UTF-8; save the file as CSV UTF-8; nothing was added
    error: standard input: it has no rooms; nothing was added
    error: can't read none.csv: No such file or directory (os error 2); check the path
    "#);
    assert_eq!(shop.names(), ["live-rewards.toml", "rooms.csv"]);
}

#[test]
fn rooms_of_emulated_and_real_accounts_are_not_imported_together() {
    let shop = Shop::unreached();
    shop.reconfigure(|text| {
        format!("{text}\n[accounts.real]\nvendor = 'polyv'\napp_id = 'x'\napp_secret = 'y'\n")
    });
    let (code, told) = imported(&shop, "id,account\n1,real\n2,polyv-shop\n");
    insta::assert_snapshot!(told.lines().last().unwrap(), @"error: rooms.csv: it has rooms of emulated and of real accounts, which don't go into one ledger; nothing was added");
    assert_eq!(code, Some(2));
    assert_eq!(shop.names(), ["live-rewards.toml", "rooms.csv"]);
}
