use live_rewards_core::{Points, PointsAccount, Vendor};
use live_rewards_export::{CsvExport, ExportOptions, JsonLines, Pseudonyms, write_table};
use live_rewards_ledger::{
    CLAIMS, FindingStatus, POINTS_ACCOUNTS, Person, RowOrder, Selection, TABLES, Table, acknowledge,
};

use crate::shop::{LONG_ID, PEOPLE, Shop, at, claim, user};

pub(crate) fn pseudonyms() -> Pseudonyms {
    Pseudonyms::new(b"a key of sixteen bytes or more").unwrap()
}

/// The rows of a table as CSV, without people.
fn csv(shop: &Shop, table: &'static Table) -> String {
    let pseudonyms = pseudonyms();
    let options = ExportOptions { pseudonyms: Some(&pseudonyms), is_demo: false };
    let mut file = Vec::new();
    let mut csv = CsvExport::new(&mut file, table, options).unwrap();
    write_table(&shop.ledger, table, &Selection::default(), RowOrder::Key, &mut csv).unwrap();
    drop(csv);
    String::from_utf8(file).unwrap()
}

#[test]
fn every_column_that_names_people_is_known_as_one() {
    for table in TABLES {
        for column in table.columns {
            let (name, person) = (column.name, column.person);
            let mut others = table.columns.iter();
            let is_user_id = others.any(|other| other.name.strip_suffix("_kind") == Some(name));
            assert_eq!(is_user_id, person == Some(Person::Id), "{}.{name}", table.name);
            let is_nickname = name.ends_with("_nickname") || name == "payer_name";
            assert_eq!(is_nickname, person == Some(Person::Nickname), "{}.{name}", table.name);
            assert_eq!(
                name.ends_with("_key"),
                person == Some(Person::Key),
                "{}.{name}",
                table.name
            );
        }
    }
}

#[test]
fn nobody_is_named_in_any_table() {
    let shop = Shop::with_people();
    for table in TABLES {
        let file = csv(&shop, table);
        for person in PEOPLE {
            assert!(!file.contains(person), "{person} in {file}");
        }
    }
}

#[test]
fn pseudonyms_join_tables_and_forms() {
    let shop = Shop::with_people();
    let giver = pseudonyms().user(Vendor::Xiaoe, "u_giver");
    let nickname = pseudonyms().nickname(Vendor::Xiaoe, "王小明");
    for table in [&CLAIMS, &POINTS_ACCOUNTS] {
        let file = csv(&shop, table);
        assert!(file.contains(&giver) && file.contains(&nickname), "{file}");
        assert!(!file.contains(LONG_ID));
    }
    let pseudonyms = pseudonyms();
    let options = ExportOptions { pseudonyms: Some(&pseudonyms), is_demo: false };
    let mut file = Vec::new();
    let mut lines = JsonLines::new(&mut file, &POINTS_ACCOUNTS, options);
    let selection = Selection::default();
    write_table(&shop.ledger, &POINTS_ACCOUNTS, &selection, RowOrder::Key, &mut lines).unwrap();
    drop(lines);
    assert!(String::from_utf8(file).unwrap().contains(&giver));
}

#[test]
fn the_order_of_rows_tells_nobody() {
    let mut shop = Shop::new();
    let users: Vec<String> = (10..60).map(|number| format!("u{number}")).collect();
    let claims = |id: &String| claim("p", user(id, None), 1, 0);
    shop.write(&users.iter().map(claims).collect::<Vec<_>>());
    let balance = |id: &String| PointsAccount::new(user(id, None), Points::new(1));
    shop.write(&users.iter().map(balance).collect::<Vec<_>>());
    let expected: Vec<String> =
        users.iter().map(|user| pseudonyms().user(Vendor::Xiaoe, user)).collect();
    for table in [&CLAIMS, &POINTS_ACCOUNTS] {
        let file = csv(&shop, table);
        let mut places: Vec<usize> =
            expected.iter().map(|user| file.find(user.as_str()).unwrap()).collect();
        assert!(!places.is_sorted(), "{}", table.name);
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), users.len());
    }
}

#[test]
fn the_order_of_findings_tells_nobody() {
    let mut shop = Shop::new();
    let users: Vec<String> = (10..60).map(|number| format!("u{number}")).collect();
    let balance = |id: &String| {
        let mut balance = PointsAccount::new(user(id, None), Points::new(5));
        balance.frozen = Some(Points::new(1));
        balance.reported_total = Some(Points::new(9));
        balance
    };
    shop.write(&users.iter().map(balance).collect::<Vec<_>>());
    let findings = shop.reconcile().findings;
    let hidden = pseudonyms().findings(&findings, |_| Some(Vendor::Xiaoe));
    assert_eq!(hidden.len(), findings.len());
    let place = |user: &String| {
        let user = pseudonyms().user(Vendor::Xiaoe, user);
        hidden.iter().position(|finding| finding.subject.id == user).unwrap()
    };
    assert!(!users.iter().map(place).is_sorted());
    assert!(hidden.is_sorted_by_key(|finding| (finding.code, finding.id.clone())));
    assert!(pseudonyms().findings(&findings, |_| None).is_empty());
}

#[test]
fn nobody_is_named_in_findings() {
    let mut shop = Shop::with_people();
    let found = shop.reconcile();
    let about_people = found.findings.iter().find(|finding| finding.code.as_str() == "A9").unwrap();
    assert!(acknowledge(&mut shop.ledger, &about_people.id, "小明重复领取", at(99)).unwrap());
    let codes = |findings: &[live_rewards_ledger::Finding]| {
        findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>()
    };
    let findings = shop.reconcile().findings;
    for code in ["A9", "C2", "D1"] {
        assert!(codes(&findings).contains(&code), "{:?}", codes(&findings));
    }
    for finding in &findings {
        let hidden = pseudonyms().finding(Vendor::Xiaoe, finding);
        let shown = format!("{hidden:?}");
        for person in PEOPLE.into_iter().chain(["小明"]) {
            assert!(!shown.contains(person), "{person} in {shown}");
        }
        assert_eq!(hidden.code, finding.code);
        assert_eq!(hidden.amount_fen, finding.amount_fen);
        if let FindingStatus::Acknowledged { note, .. } = &hidden.status {
            assert_eq!(note, "");
        }
    }
}

#[test]
fn findings_are_told_with_pseudonyms() {
    let mut shop = Shop::with_people();
    let findings = shop.reconcile().findings;
    let hidden = |code: &str| {
        let found = findings.iter().find(|finding| finding.code.as_str() == code).unwrap();
        (found, pseudonyms().finding(Vendor::Xiaoe, found))
    };
    let user = |id| pseudonyms().user(Vendor::Xiaoe, id);
    let (found, twice) = hidden("A9");
    assert_eq!(twice.text.en, format!("{} claims more than once", user(LONG_ID)));
    assert_eq!(twice.text.zh, format!("用户 {} 多次领取", user(LONG_ID)));
    // The red packet is no person.
    assert_eq!(twice.subject, found.subject);
    assert_ne!(twice.id, found.id);
    assert!(twice.id.starts_with("A9-"));
    let (_, points) = hidden("C2");
    assert_eq!(points.subject.id, user("u_giver"));
    assert_eq!(points.subject.key, format!("[\"{}\"]", user("u_giver")));
    let (_, changed) = hidden("D1");
    let (was, is) = (user("u_sender"), user("u_other"));
    assert_eq!(changed.text.en, format!("Sender (sender_id) was {was} and is {is}"));
    assert!(changed.evidence[0].values.contains(&("old".to_owned(), was)));
}
