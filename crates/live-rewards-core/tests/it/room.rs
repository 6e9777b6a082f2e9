//! The claims of a room's red packets, those of several packets read at once.

use futures_util::StreamExt;
use live_rewards_core::{Claim, Claims, Cursor, ErrorKind, LiveRewardsExt, Page, Result};
use proptest::prelude::*;

use crate::{
    market::{Market, query},
    plan::{End, Plan, Style},
    run::{run, waits},
};

/// Packet, claims and cursor of a page, or the kind of the error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) next: Option<Cursor>,
}

fn shown(pages: Vec<Result<Claims>>) -> Vec<Shown> {
    let show = |page: Result<Claims>| match page {
        Ok(Claims { red_packet, rejected, page, .. }) => {
            let Page { items, next, .. } = page;
            let packet = red_packet.unwrap();
            let users: Vec<_> = items.iter().map(|claim| claim.user.id.as_str()).collect();
            let spoilt = rejected.map(|row| format!(" {}", row.reason)).unwrap_or_default();
            let text = format!("{} {:?} {users:?}{spoilt}", packet.id, packet.claimed_count);
            Shown { text, next }
        }
        Err(error) => Shown { text: format!("{:?}", error.kind()), next: None },
    };
    pages.into_iter().map(show).collect()
}

pub(crate) fn read(
    market: &Market,
    ahead: usize,
    size: Option<u32>,
    from: Option<Cursor>,
) -> Vec<Shown> {
    let mut query = query().read_ahead(ahead);
    query.page_size = size;
    shown(run(market.claim_pages_in_room(query, from).collect()))
}

pub(crate) fn texts(pages: &[Shown]) -> Vec<&str> {
    pages.iter().map(|page| page.text.as_str()).collect()
}

pub(crate) fn users(market: &Market, ahead: usize) -> Vec<String> {
    let claims: Vec<_> = run(market.claims(query().read_ahead(ahead)).collect());
    let show = |claim: Result<Claim>| match claim {
        Ok(claim) => claim.user.id.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    claims.into_iter().map(show).collect()
}

pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    let style = prop_oneof![Just(Style::Page), Just(Style::Offset), Just(Style::Total)];
    let end = prop_oneof![Just(End::Empty), Just(End::Refuses)];
    let kind = || prop_oneof![Just(ErrorKind::Timeout), Just(ErrorKind::Decode)];
    let broken = proptest::option::weighted(0.2, (0_usize..12, kind()));
    let broken_packet = proptest::option::weighted(0.2, (0_usize..12, kind()));
    let some = || proptest::option::weighted(0.2, 0_usize..12);
    let bad = (broken, broken_packet, some(), some());
    let delays = proptest::collection::vec(0_u8..6, 1..16);
    let packets = proptest::collection::vec(0_usize..9, 0..12);
    let sizes = (1_u32..5, 1_u32..6);
    (packets, any::<bool>(), sizes, style, end, delays, bad).prop_map(
        |(packets, inline, (size, cap), style, end, delays, bad)| {
            let plan = Plan::of(packets);
            let plan = Plan { inline, style, size, cap, end, delays, ..plan };
            let (broken, broken_packet, rejected, spoilt) = bad;
            Plan { rejected, spoilt, broken, broken_packet, ..plan }
        },
    )
}

proptest! {
    #[test]
    fn pages_and_errors_are_those_of_reading_one_after_the_other(
        plan in plans(),
        ahead in 2_usize..7,
    ) {
        let (one, many) = (Market::open(&plan), Market::open(&plan));
        prop_assert_eq!(read(&one, 1, None, None), read(&many, ahead, None, None));
        prop_assert!(one.most_under_way() <= 1);
        prop_assert!(many.most_under_way() <= ahead);
        prop_assert_eq!(many.under_way(), 0);
    }

    #[test]
    fn a_consumer_that_takes_its_time_gets_the_same(
        plan in plans(),
        ahead in 1_usize..7,
        pauses in proptest::collection::vec(any::<bool>(), 1..8),
    ) {
        let market = Market::open(&plan);
        let mut stream = Box::pin(market.claim_pages_in_room(query().read_ahead(ahead), None));
        let mut pages = Vec::new();
        while let Some(page) = run(stream.next()) {
            pages.push(page);
            if pauses[pages.len() % pauses.len()] {
                market.pause();
            }
        }
        prop_assert_eq!(shown(pages), read(&Market::open(&plan), 1, None, None));
    }

    #[test]
    fn a_dropped_stream_leaves_nothing_under_way(
        plan in plans(),
        ahead in 1_usize..7,
        pages in 0_usize..6,
    ) {
        let market = Market::open(&plan);
        let query = query().read_ahead(ahead);
        let mut stream = Box::pin(market.claim_pages_in_room(query, None));
        for _ in 0..pages {
            let _ = run(stream.next());
        }
        drop(stream);
        prop_assert_eq!(market.under_way(), 0);
    }
}

/// Packets with so many claims, whose answers all take the same time.
fn slow(packets: &[usize]) -> Market {
    Market::open(&Plan { delays: vec![5], ..Plan::of(packets.to_vec()) })
}

#[test]
fn claims_come_in_the_order_of_their_packets_whichever_way_they_are_given() {
    let all = ["0/0", "2/0", "2/1", "2/2", "3/0"];
    for inline in [false, true] {
        for ahead in [1, 3] {
            let plan = Plan { inline, ..Plan::of(vec![1, 0, 3, 1]) };
            assert_eq!(users(&Market::open(&plan), ahead), all);
        }
    }
}

#[test]
fn several_packets_are_read_at_once() {
    let market = slow(&[1; 12]);
    let query = query().page_size(12).read_ahead(4);
    let claims: Vec<_> = run(market.claims(query).collect());
    assert_eq!(claims.len(), 12);
    assert_eq!(market.most_under_way(), 4);
}

#[test]
fn several_packets_of_one_page_take_no_longer_than_one() {
    let market = Market::open(&Plan { delays: Vec::new(), ..Plan::of(vec![1; 12]) });
    let claims = market.claims(query().page_size(12).read_ahead(4));
    // Each call waits twice. Two calls for every four packets, and two for the listing.
    let rounds = waits(claims, || market.tick()) / 2;
    assert!(rounds < 10, "{rounds}");
    assert_eq!(market.calls(), 2 + 12 * 2);
}

#[test]
fn the_packet_whose_turn_it_is_is_read_ahead() {
    let market = slow(&[40]);
    assert_eq!(users(&market, 4).len(), 40);
    assert_eq!(market.most_under_way(), 4);
}

#[test]
fn of_packets_that_wait_only_the_first_page_is_read() {
    let market = slow(&[40, 40, 40, 40]);
    let mut stream = Box::pin(market.claims(query().read_ahead(3)));
    for _ in 0..30 {
        run(stream.next()).unwrap().unwrap();
    }
    assert_eq!(["1", "2", "3"].map(|packet| market.calls_of(packet)), [1, 1, 0]);
}

#[test]
fn a_packet_after_one_that_ends_the_stream_is_not_asked_for() {
    let plan = Plan {
        size: 4,
        delays: vec![0],
        broken_packet: Some((1, ErrorKind::Blocked)),
        ..Plan::of(vec![20, 1, 1, 1])
    };
    let market = Market::open(&plan);
    let read = users(&market, 2);
    assert_eq!(read.len(), 21);
    assert_eq!(read.last().unwrap(), "Blocked");
    assert_eq!(["2", "3"].map(|packet| market.calls_of(packet)), [0, 0]);
}

#[test]
fn a_packet_that_cannot_be_read_does_not_end_the_others() {
    for inline in [false, true] {
        let plan = Plan { inline, rejected: Some(1), ..Plan::of(vec![1, 5, 1]) };
        assert_eq!(users(&Market::open(&plan), 3), ["0/0", "RejectedRow", "2/0"]);
    }
}

#[test]
fn what_can_not_be_read_beside_the_claims_is_told_once_and_costs_none() {
    let plan = Plan { spoilt: Some(1), ..Plan::of(vec![1, 3, 1]) };
    for ahead in [1, 3] {
        let market = Market::open(&plan);
        let all = ["0/0", "RejectedRow", "1/0", "1/1", "1/2", "2/0"];
        assert_eq!(users(&market, ahead), all);
        let pages = read(&market, ahead, None, None);
        let told = [r#"1 None ["1/0", "1/1"] no money"#, r#"1 None ["1/2"] no money"#];
        assert_eq!(texts(&pages[2..4]), told);
    }
}

#[test]
fn a_packet_that_comes_without_its_claims_is_not_taken_for_one_that_has_none() {
    let plan = Plan { inline: true, spoilt: Some(1), ..Plan::of(vec![1, 3, 0, 1]) };
    let market = Market::open(&plan);
    assert_eq!(users(&market, 1), ["0/0", "RejectedRow", "3/0"]);
    let pages = read(&market, 1, None, None);
    assert_eq!(texts(&pages[1..3]), ["1 None [] its claims are missing", "2 None []"]);
    assert!(pages[1].next.is_some());
}
