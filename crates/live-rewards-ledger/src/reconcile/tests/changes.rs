use super::*;
use crate::SeenScope;

impl Shop {
    /// Goes on to a second run.
    fn later(&mut self) {
        self.stamp.now = at(11 * DAY);
        self.stamp.run = self.ledger.begin_run(self.stamp.now).unwrap();
    }

    fn sound() -> Self {
        let (packet, claims) = xiaoe();
        let mut shop = Self::of(Vendor::Xiaoe);
        shop.add(&packet, &claims);
        shop
    }
}

#[test]
fn nothing_can_be_said_of_changes_after_one_reading() {
    let mut shop = Shop::sound();
    let reconciliation = shop.reconcile();
    assert!(matches!(state(&reconciliation, CheckCode::D1), CheckState::NotRun { .. }));
    shop.later();
    shop.read(Operation::RedPackets, "live:room-1");
    let reconciliation = shop.reconcile();
    assert_eq!(state(&reconciliation, CheckCode::D1), CheckState::Passed { examined: 1 });
    assert_eq!(state(&reconciliation, CheckCode::D2), CheckState::Passed { examined: 1 });
}

#[test]
fn a_changed_amount_is_found_and_a_changed_state_is_not() {
    let mut shop = Shop::sound();
    shop.later();
    let (mut packet, claims) = xiaoe();
    packet.state = Some(RedPacketState::Expired);
    packet.message = Some("new".to_owned());
    shop.add(&packet, &claims);
    assert_eq!(shop.found(), []);
    packet.issued = fen(400);
    packet.net = Some(fen(400));
    shop.write(&[packet]);
    let found = shop.reconcile().findings;
    let d1: Vec<_> = found.iter().filter(|finding| finding.code == CheckCode::D1).collect();
    assert_eq!(d1.len(), 2, "{found:?}");
    assert!(d1.iter().all(|finding| finding.amount_fen == Some(100)));
    assert!(d1.iter().all(|finding| finding.room == Some(live())));
    let mut texts: Vec<&str> = d1.iter().map(|finding| finding.text.en.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            "Issued (issued_fen) was 3.00 yuan and is 4.00 yuan",
            "Net of fee (net_fen) was 3.00 yuan and is 4.00 yuan",
        ]
    );
}

#[test]
fn another_change_is_another_finding() {
    let mut shop = Shop::sound();
    shop.later();
    let (_, mut claims) = xiaoe();
    let mut ids = Vec::new();
    for amount in [90, 100, 90] {
        claims[0].amount = fen(amount);
        shop.write(&claims);
        let findings = shop.reconcile().findings;
        let d1: Vec<String> = findings
            .into_iter()
            .filter(|finding| finding.code == CheckCode::D1)
            .map(|finding| finding.id)
            .collect();
        assert_eq!(d1.len(), 1);
        ids.extend(d1);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_red_packet_that_vanished_is_found_and_not_judged() {
    let (mut packet, claims) = xiaoe();
    packet.count = Some(2);
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    assert_eq!(shop.found(), [(CheckCode::A3, "p".to_owned(), None)]);
    shop.later();
    let scope = SeenScope { room: Some(live()), ..SeenScope::default() };
    let mut writing = shop.ledger.begin().unwrap();
    assert_eq!(writing.note_vanished::<RedPacket>(&shop.stamp, &scope).unwrap(), 1);
    writing.commit().unwrap();
    // What was found of it stays: nobody can say that it is in order.
    let expected =
        [(CheckCode::A3, "p".to_owned(), None), (CheckCode::D2, "p".to_owned(), Some(300))];
    assert_eq!(shop.found(), expected);
}

#[test]
fn a_vanished_claim_leaves_its_red_packet_undecided() {
    let mut shop = Shop::sound();
    shop.later();
    let (_, mut claims) = xiaoe();
    claims.pop();
    let scope = SeenScope { red_packet: Some("p".into()), ..SeenScope::default() };
    let mut writing = shop.ledger.begin().unwrap();
    writing.mark_seen(&shop.stamp, &claims).unwrap();
    assert_eq!(writing.note_vanished::<Claim>(&shop.stamp, &scope).unwrap(), 1);
    writing.commit().unwrap();
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), [(CheckCode::D2, "p".to_owned(), Some(80))]);
    assert!(matches!(state(&reconciliation, CheckCode::A1), CheckState::NotRun { .. }));
}

#[test]
fn what_comes_into_a_closed_month_is_found() {
    let mut shop = Shop::sound();
    let reconciliation = shop.reconcile();
    assert!(matches!(state(&reconciliation, CheckCode::D3), CheckState::NotRun { .. }));
    let month = "2023-11".parse().unwrap();
    shop.ledger.close_period(month, None, at(20 * DAY)).unwrap();
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), []);
    assert_eq!(state(&reconciliation, CheckCode::D3), CheckState::Passed { examined: 1 });

    shop.stamp.now = at(21 * DAY);
    let (mut packet, mut claims) = xiaoe();
    claims[0].amount = fen(90);
    shop.write(&claims);
    packet.id = "late".into();
    packet.claimed_count = None;
    shop.write(&[packet]);
    let found = shop.found();
    let codes: Vec<(CheckCode, &str)> =
        found.iter().map(|(code, id, _)| (*code, id.as_str())).collect();
    for expected in [(CheckCode::D1, "p"), (CheckCode::D3, "p"), (CheckCode::D4, "2023-11")] {
        assert!(codes.contains(&expected), "{expected:?}: {codes:?}");
    }
}

#[test]
fn a_value_that_went_back_says_so() {
    let mut shop = Shop::sound();
    shop.later();
    let (_, mut claims) = xiaoe();
    for amount in [90, 100] {
        claims[0].amount = fen(amount);
        shop.write(&claims);
    }
    let found = shop.reconcile().findings;
    let d1: Vec<&str> = found
        .iter()
        .filter(|finding| finding.code == CheckCode::D1)
        .map(|finding| finding.text.en.as_str())
        .collect();
    assert_eq!(d1.len(), 1, "{found:?}");
    assert!(d1[0].ends_with("(amount_fen) became 0.90 yuan and is 1.00 yuan again"), "{d1:?}");
}

#[test]
fn a_figure_of_a_closed_month_that_differs_without_a_row_is_found() {
    let mut shop = Shop::sound();
    shop.ledger.close_period("2023-11".parse().unwrap(), None, at(20 * DAY)).unwrap();
    shop.ledger.connection().execute("DELETE FROM claims WHERE amount_fen = 100", []).unwrap();
    let found = shop.reconcile().findings;
    let d3: Vec<_> = found
        .iter()
        .filter(|finding| finding.code == CheckCode::D3)
        .map(|finding| (finding.subject.id.as_str(), finding.amount_fen))
        .collect();
    let expected = [("2023-11", None), ("2023-11", Some(-100))];
    assert!(expected.iter().all(|one| d3.contains(one)), "{found:?}");
    assert_eq!(d3.len(), 2);
}
