//! Pages of ledgers that are made by hand.

use std::collections::{HashMap, HashSet};

use live_rewards_core::{
    Amount, Claim, Gift, GiftItem, Money, Operation, RedPacket, RedPacketState, Refund, Room,
    RoomKind, RoomRef, Split, Timestamp, UserIdKind, UserRef, Vendor,
};
use live_rewards_ledger::{
    AccountIdentity, Language, Ledger, LedgerKind, Listing, ListingKey, ReconcileOptions, Record,
    Selection, Stamp, reconcile,
};
use quick_xml::{Reader, events::Event};
use tempfile::TempDir;

use super::Report;

/// A ledger, its folder, and with what its rows are written.
struct Shop {
    _folder: TempDir,
    ledger: Ledger,
    stamp: Stamp,
}

/// So many seconds after 2026-01-05T00:00:00Z.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_epoch_ms((1_767_571_200 + seconds) * 1000).unwrap()
}

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

fn empty(kind: LedgerKind) -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create_or_open(&folder.path().join("ledger.db"), kind).unwrap();
    (folder, ledger)
}

impl Shop {
    fn new(kind: LedgerKind, vendor: Vendor, name: &str) -> Self {
        let (folder, mut ledger) = empty(kind);
        let identity = AccountIdentity {
            vendor,
            authority: "example.com".to_owned(),
            vendor_account: "shop".to_owned(),
        };
        let account = ledger.account(&identity, name, at(0)).unwrap();
        let run = ledger.begin_run(at(0)).unwrap();
        let stamp = Stamp { account, vendor, run, now: at(864_000) };
        Self { _folder: folder, ledger, stamp }
    }

    fn write<R: Record>(&mut self, rows: &[R]) {
        let mut writing = self.ledger.begin().unwrap();
        writing.upsert(&self.stamp, rows).unwrap();
        writing.commit().unwrap();
    }

    /// Notes that listings were read to their end.
    fn read(&mut self, listings: &[(Operation, String)]) {
        let mut writing = self.ledger.begin().unwrap();
        for (operation, scope) in listings {
            let account = self.stamp.account;
            let key = ListingKey { account, operation: *operation, scope: scope.clone() };
            let mut listing = Listing::new(key, self.stamp.now, self.stamp.run);
            listing.completed_at = Some(self.stamp.now);
            listing.complete_until = Some(self.stamp.now);
            writing.save(&listing).unwrap();
        }
        writing.commit().unwrap();
    }

    /// Red packets of two equal shares, one a minute, of which each second one lacks a fen in its claims.
    fn send(&mut self, packets: i64, room: &RoomRef) {
        let mut read = vec![(Operation::RedPackets, format!("{}:{}", room.kind, room.id))];
        let (mut rows, mut claims) = (Vec::new(), Vec::new());
        for number in 0..packets {
            let id = format!("packet-{number}");
            let mut packet =
                RedPacket::new(id.as_str().into(), room.clone(), fen(200), at(60 * number));
            packet.net = Some(fen(200));
            packet.split = Some(Split::Random);
            packet.state = Some(RedPacketState::Ended);
            packet.refund = Refund::None;
            packet.count = Some(2);
            packet.claimed_count = Some(2);
            rows.push(packet);
            for (user, amount) in [("anna", 120), ("bob", 80 - number % 2)] {
                let user = UserRef::new(user, UserIdKind::VendorUser);
                let when = at(60 * number + 5);
                claims.push(Claim::new(id.as_str().into(), room.clone(), user, fen(amount), when));
            }
            read.push((Operation::Claims, id));
        }
        self.write(&rows);
        self.write(&claims);
        self.read(&read);
    }

    fn page(&mut self, language: Language) -> String {
        page(&mut self.ledger, language, &Selection::default())
    }
}

fn page(ledger: &mut Ledger, language: Language, selection: &Selection) -> String {
    let now = at(864_000);
    let reconciliation = reconcile(ledger, &ReconcileOptions::default(), now).unwrap();
    let report = Report::gather(ledger, &reconciliation, selection, now, language).unwrap();
    let mut page = Vec::new();
    report.write(&mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    is_sound(&page);
    page
}

fn live(id: &str) -> RoomRef {
    RoomRef::new(id, RoomKind::Live)
}

/// The start of an element.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: HashMap<String, String>,
}

/// All elements in their order; each is closed.
fn tags(page: &str) -> Vec<Tag> {
    let mut reader = Reader::from_str(page);
    let mut tags = Vec::new();
    let mut depth = 0;
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
        if let Event::Start(tag) | Event::Empty(tag) = event {
            let attributes = tag.attributes().map(|attribute| {
                let attribute = attribute.unwrap();
                (attribute.key.into_inner().to_owned(), attribute.value.into_owned())
            });
            let attributes = attributes.collect();
            tags.push(Tag { name: tag.name().into_inner().to_owned(), attributes });
        }
    }
    assert_eq!(depth, 0, "something isn't closed");
    tags
}

/// What holds of every page.
fn is_sound(page: &str) {
    let tags = tags(page);
    for loads in ["http://", "https://", "<script", "javascript:", "@import"] {
        assert!(!page.contains(loads), "{loads}");
    }
    assert!(page.contains("default-src 'none'"));
    let ids: Vec<&str> =
        tags.iter().filter_map(|tag| tag.attributes.get("id").map(String::as_str)).collect();
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id is there twice");
    let mut level = 0;
    for (at, tag) in tags.iter().enumerate() {
        let attribute = |name: &str| tag.attributes.get(name).map(String::as_str);
        assert_eq!(attribute("src"), None);
        assert!(tag.attributes.keys().all(|name| !name.starts_with("on")), "{tag:?}");
        for name in attribute("aria-labelledby").into_iter().flat_map(str::split_whitespace) {
            assert!(known.contains(name), "nothing is called {name}");
        }
        if let Some(place) = attribute("href") {
            assert!(place.strip_prefix('#').is_some_and(|place| known.contains(place)), "{place}");
        }
        let next = |further: usize| tags.get(at + further).map_or("", |tag| tag.name.as_str());
        match tag.name.as_str() {
            "svg" if attribute("role") == Some("img") => {
                assert_eq!([next(1), next(2)], ["title", "desc"]);
                assert!(attribute("aria-labelledby").is_some());
            }
            "table" => assert_eq!(next(1), "caption"),
            "th" => assert!(attribute("scope").is_some()),
            heading @ ("h1" | "h2" | "h3") => {
                let of = heading[1..].parse::<i32>().unwrap();
                assert!(of <= level + 1, "{heading} after h{level}");
                level = of;
            }
            _ => {}
        }
    }
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1);
    for landmark in ["header", "nav", "main", "footer"] {
        assert_eq!(tags.iter().filter(|tag| tag.name == landmark).count(), 1, "{landmark}");
    }
}

#[test]
fn an_empty_ledger_is_told_without_pictures() {
    let (_folder, mut ledger) = empty(LedgerKind::Real);
    for (language, told) in
        [(Language::English, "Nothing to report yet"), (Language::Chinese, "暂无数据")]
    {
        let page = page(&mut ledger, language, &Selection::default());
        assert!(page.contains(told));
        assert!(!page.contains("<svg"));
        assert!(!page.contains("DEMO"));
    }
}

#[test]
fn a_small_ledger_has_all_its_parts() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Xiaoe, "shop");
    shop.send(4, &live("room-1"));
    let user = UserRef::new("anna", UserIdKind::VendorUser);
    let mut gift = Gift::new(user, GiftItem::new(None, Some("rocket".to_owned())), at(0));
    gift.charged = Some(Amount::Money(fen(990)));
    shop.write(&[gift]);
    let page = shop.page(Language::English);
    for place in ["glance", "waterfall", "days", "heat", "ageing", "amounts", "top", "others"] {
        assert!(page.contains(&format!("<section id=\"{place}\"")), "{place}");
    }
    // Issued, claimed, and what two claims lack.
    for amount in ["¥8.00", "¥7.98", "¥0.02", "rocket", "¥9.90"] {
        assert!(page.contains(amount), "{amount}");
    }
    assert!(page.contains("A1"));
}

#[test]
fn an_account_without_rooms_is_not_complete() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Xiaoe, "shop");
    shop.send(1, &live("room-1"));
    shop.read(&[(Operation::PointsAccounts, String::new())]);
    let told = [
        (Language::English, "shop (no rooms named; use rooms add)", "All accounts were read"),
        (Language::Chinese, "shop（未登记直播间，请用 rooms add）", "各账号均已完整读取"),
    ];
    for (language, without, complete) in told {
        let page = shop.page(language);
        assert!(page.contains(without));
        assert!(!page.contains(complete));
    }
    shop.write(&[Room::new(live("room-1"))]);
    for (language, _, complete) in told {
        let page = shop.page(language);
        assert!(page.contains(complete));
        assert!(!page.contains("rooms add"));
    }
}

#[test]
fn a_page_is_of_one_language() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Xiaoe, "shop");
    shop.send(3, &live("room-1"));
    let english = shop.page(Language::English);
    let han = english.chars().find(|character| ('\u{4e00}'..='\u{9fff}').contains(character));
    assert_eq!(han, None);
    let chinese = shop.page(Language::Chinese);
    assert!(chinese.contains("<html lang=\"zh-CN\">"));
    for english in ["Issued", "Claimed", "red packet", "Difference", "not run", "Findings"] {
        assert!(!chinese.contains(english), "{english}");
    }
}

#[test]
fn a_demo_says_so() {
    let mut shop = Shop::new(LedgerKind::Demo, Vendor::Xiaoe, "shop");
    shop.send(1, &live("room-1"));
    for language in [Language::English, Language::Chinese] {
        let page = shop.page(language);
        // Beside the title, at the top of the screen, and on each printed page twice.
        assert_eq!(page.matches("DEMO 示例数据").count(), 4);
    }
}

#[test]
fn what_others_wrote_stays_text() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Xiaoe, "<b>shop</b>\u{202e}&");
    let mut room = Room::new(live("room-1"));
    room.name = Some("</title><script>alert(1)</script>\u{0}\"'".to_owned());
    shop.write(&[room]);
    shop.send(2, &live("room-1"));
    let page = shop.page(Language::English);
    assert!(page.contains("&#60;script&#62;alert(1)"));
    assert!(page.contains("&#60;b&#62;shop&#60;/b&#62;\u{fffd}&#38;"));
    assert!(!page.contains(['\u{202e}', '\u{0}']));
}

#[test]
fn a_period_is_its_own() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Xiaoe, "shop");
    shop.send(4, &live("room-1"));
    let mut selection = Selection::default();
    selection.since = Some(at(86_400));
    selection.until = Some(at(2 * 86_400));
    let page = page(&mut shop.ledger, Language::English, &selection);
    assert!(page.contains("Nothing to report yet"));
    assert!(page.contains("2026-01-06 to 2026-01-07"));
}

#[test]
fn many_findings_do_not_make_it_large() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Xiaoe, "shop");
    shop.send(1000, &live(&"room ".repeat(50)));
    let page = shop.page(Language::Chinese);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    assert!(page.contains("项待处理。全部见工作簿"));
    assert_eq!(page.matches("<span class=\"mark ").count(), 200);
}

#[test]
fn a_ledger_without_red_packets_has_no_pictures_of_them() {
    let mut shop = Shop::new(LedgerKind::Real, Vendor::Yxt, "academy");
    let user = UserRef::new("anna", UserIdKind::VendorUser);
    let gift = Gift::new(user, GiftItem::new(None, Some("flower".to_owned())), at(0));
    shop.write(&[gift]);
    let page = shop.page(Language::English);
    assert!(page.contains("There are no red packets in this period."));
    assert!(page.contains("flower"));
    assert!(!page.contains("id=\"waterfall\""));
}
