use std::{fs, os::unix::fs::PermissionsExt};

use crate::{
    run::{code, stderr, words},
    shop::{Shop, with_red_packets},
};

const KEY: &str = "a key of enough bytes";

fn written(shop: &Shop, name: &str) -> String {
    fs::read_to_string(shop.path("out").join(name)).unwrap()
}

#[test]
fn every_table_is_a_file_with_its_digest() {
    let shop = with_red_packets();
    let shown = shop.ok(&["export", "--to", "out"]);
    insta::assert_snapshot!(words(&shown), @r"
    File Rows SHA-256
    rooms.csv 0 f3a17e14fd4a110026a198a5ff6d76390a804364d8bedd03fffce9f86eea21e6
    sessions.csv 0 a5eeb2a828c8cca3663b3621df34936020b6ddd3a33c158ec973579ff4e85d4c
    red_packets.csv 2 732a8aef51f3c20d727dc0b7c901a461ff83d3f743d3fd1cad8ae6977e8d3739
    claims.csv 4 f8f4509ea95b678e0b38b72156d5707fc3a7fc76da40a1a613b7f178a0ba2c39
    gifts.csv 0 4f8d3b91ca09829c1e19fdaccc6bd7b522c1ac3ebabe80dfbc46b7399ef8eb3f
    gift_payments.csv 0 29cb3cafeb44f32d980cdacea382a5f693d766c692b9f40cafcdcafaedff83ff
    prize_activities.csv 0 c6a12589a214b3653f5b441979c5a472feb2b4446d86da40ff3c621023d739fc
    prizes.csv 0 95a95a2f89868f6525b7733a4d37b3a1afba59ff899e1e6bb1dc1447d1ffc3b5
    points_accounts.csv 0 fbc1f0dd31401dadf3d1ede89ee6f0139bf85f183bf74f585c677f8127cf5647
    points_entries.csv 0 0f6ee8d867551e42859d6d36de21e897f42c7606d36184372d4063a3d365517f
    red_packet_summaries.csv 0 58ae611f1db6d7b0613930f04a7331ece0293c73a71b22b9cbdaa0f707c8bde3
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
    insta::assert_snapshot!(written(&shop, "red_packets.csv"), @r"
    schema_version,account,vendor,red_packet_id,room_id,room_kind,session_id,order_id,sender_id,sender_id_kind,sender_nickname,kind,split,state,message,issued_fen,net_fen,remaining_fen,refund,refund_fen,refunded_at,share_count,claimed_count,share_raw,created_at,demo
    1,polyv-shop,polyv,p,7,channel,,,,,,,,ended,,257,,0,,,,,,,2024-01-15T04:00:00Z,true
    1,polyv-shop,polyv,r,7,channel,,,,,,,,ended,,300,,80,,,,,,,2024-01-15T04:00:00Z,true
    ");
    let digest = written(&shop, "claims.csv.sha256");
    assert!(shown.contains(digest.split_whitespace().next().unwrap()), "{shown}");
    // The same again is the same.
    assert_eq!(shop.ok(&["export", "--to", "out"]), shown);
}

#[test]
fn people_get_titles_and_yuan() {
    let shop = with_red_packets();
    let chinese = ["export", "--to", "out", "--table", "claims", "--excel", "--lang", "zh"];
    shop.ok(&chinese);
    let claims = written(&shop, "claims.csv");
    assert!(claims.starts_with('\u{feff}'));
    insta::assert_snapshot!(claims.trim_start_matches('\u{feff}').replace('\r', ""), @r"
    账号,直播间名称,平台,红包 ID,领取人 ID,领取时间（北京时间）,同秒序号,直播间 ID,直播间类型,场次 ID,领取人 ID 类型,领取人昵称,领取金额（元）,手气最佳,关联订单,DEMO 示例数据
    polyv-shop,,保利威,p,u,2024-01-15 12:00:00,0,'7,频道,,,,1.00,,,是
    polyv-shop,,保利威,p,v,2024-01-15 12:00:00,0,'7,频道,,,,1.20,,,是
    polyv-shop,,保利威,r,u,2024-01-15 12:00:00,0,'7,频道,,,,1.00,,,是
    polyv-shop,,保利威,r,v,2024-01-15 12:00:00,0,'7,频道,,,,1.20,,,是
    ");
    shop.ok(&["export", "--to", "out", "--format", "xlsx"]);
    assert!(fs::read(shop.path("out/rewards.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn json_lines_are_of_a_time_and_of_accounts() {
    let shop = with_red_packets();
    let lines = |since: &str, account: &str| {
        let arguments = ["export", "--to", "out", "--format", "jsonl", "--table", "red_packets"];
        shop.ok(&[&arguments[..], &["--since", since, "--account", account]].concat());
        written(&shop, "red_packets.jsonl").lines().count()
    };
    assert_eq!(lines("2024-01-15 12:00:00", "polyv-*"), 2);
    assert_eq!(lines("2024-01-15 12:00:01", "polyv-*"), 0);
}

#[test]
fn pseudonyms_are_the_same_for_the_same_key() {
    let shop = with_red_packets();
    let export = ["export", "--to", "out", "--table", "claims", "--pseudonymise"];
    let users = |key: &str| {
        let mut export = shop.command(&[&export[..], &["env:KEY"]].concat());
        assert_eq!(code(&export.env("KEY", key).output().unwrap()), Some(0));
        let mut csv = csv::Reader::from_path(shop.path("out/claims.csv")).unwrap();
        let at = csv.headers().unwrap().iter().position(|name| name == "user_id").unwrap();
        let mut users: Vec<_> = csv.records().map(|row| row.unwrap()[at].to_owned()).collect();
        // Rows of one instant are in random order.
        users.sort();
        users
    };
    let named = users(KEY);
    assert!(named.iter().all(|user| user.starts_with("u_")), "{named:?}");
    assert_eq!(users(KEY), named);
    assert_ne!(users("another key of enough bytes"), named);

    // The report's evidence names the same people.
    let mut report = shop.command(&["report", "--pseudonymise", "env:KEY"]);
    assert_eq!(code(&report.env("KEY", KEY).output().unwrap()), Some(0));
    assert!(shop.names().contains(&"report.html".to_owned()));
}

#[test]
fn what_is_wrong_is_told() {
    let shop = with_red_packets();
    fs::write(shop.path("short.key"), "short").unwrap();
    fs::set_permissions(shop.path("short.key"), fs::Permissions::from_mode(0o600)).unwrap();
    let mut told = Vec::new();
    for arguments in [
        &["export", "--to", "out", "--format", "xlsx", "--excel"][..],
        &["export", "--to", "out", "--format", "xlsx", "--table", "claims"],
        &["export", "--to", "out", "--table", "none"],
        &["export", "--to", "out", "--since", "2026-01-02", "--until", "2026-01-02"],
        &["export", "--to", "out", "--pseudonymise", KEY],
        &["export", "--to", "out", "--pseudonymise", "env:KEY"],
        &["export", "--to", "out", "--pseudonymise", "file:short.key"],
        &["export", "--to", "out", "--account", "nobody"],
        &["export", "--to", "out", "--ledger", "none.sqlite"],
        &["export", "--to", "live-rewards.toml"],
        &["report", "--out", "/"],
    ] {
        let output = shop.run(arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(!stderr(&output).contains(KEY));
        told.push(stderr(&output));
    }
    insta::assert_snapshot!(told.concat(), @r"
    error: --excel is about CSV; leave it or --format out
    error: a workbook has all tables; leave --table out, or choose --format csv
    error: invalid value 'none' for '--table <TABLE>'
      [possible values: rooms, sessions, red_packets, claims, gifts, gift_payments, prize_activities, prizes, points_accounts, points_entries, red_packet_summaries]

    For more information, try '--help'.
    error: nothing lies between --since and --until; give a later --until
    error: say where the key is: env:NAME, file:PATH or keyring:NAME
    error: the environment has no KEY; set it to the secret
    error: the key from the file short.key is too short: give at least 16 bytes
    error: the ledger has no account nobody; it has polyv-shop
    error: there is no ledger none.sqlite; sync makes one
    error: can't write to live-rewards.toml: File exists (os error 17); choose another place
    error: --out names no file; give one like report.html
    ");
    assert!(!shop.names().contains(&"out".to_owned()), "{:?}", shop.names());
}

#[test]
fn a_report_is_one_file_in_the_language_of_the_run() {
    let shop = with_red_packets();
    for (language, title) in [("en", "Live rewards report"), ("zh", "直播奖励对账报告")] {
        let (code, told) = shop.told(&["report", "--lang", language, "--out", "new/r.html"]);
        assert_eq!(code, Some(0), "{told}");
        let report = fs::read_to_string(shop.path("new/r.html")).unwrap();
        assert!(report.contains(title));
        assert!(!report.contains("http://") && !report.contains("https://"));
    }
}
