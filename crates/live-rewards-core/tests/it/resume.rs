//! The claims of a room's red packets, read on from a cursor.

use futures_util::StreamExt;
use live_rewards_core::{ClaimQuery, Cursor, ErrorKind, LiveRewards, LiveRewardsExt};
use proptest::prelude::*;

use crate::{
    market::{Market, query},
    plan::Plan,
    room::{plans, read, texts, users},
    run::run,
};

proptest! {
    #[test]
    fn the_rest_follows_from_every_cursor(
        plan in plans(),
        size in proptest::option::of(1_u32..5),
        ahead in 1_usize..7,
    ) {
        let market = Market::open(&plan);
        let pages = read(&market, ahead, size, None);
        for (at, page) in pages.iter().enumerate() {
            if let Some(next) = &page.next {
                // As after a restart: from the cursor's text, with the page size unsaid.
                let cursor: Cursor = next.to_string().parse().unwrap();
                let rest = read(&market, ahead, None, Some(cursor));
                prop_assert_eq!(&rest[..], &pages[at + 1..]);
            }
        }
    }

    #[test]
    fn packets_that_come_in_later_push_nothing_out(
        packets in proptest::collection::vec(0_usize..6, 1..12),
        sent in 0_usize..9,
        ahead in 1_usize..5,
    ) {
        let plan = Plan::of(packets);
        let pages = read(&Market::open(&plan), ahead, None, None);
        for (at, page) in pages.iter().enumerate() {
            if let Some(next) = &page.next {
                let market = Market::open(&plan);
                market.send(sent);
                let rest = read(&market, ahead, None, Some(next.clone()));
                prop_assert_eq!(texts(&rest), texts(&pages[at + 1..]));
            }
        }
    }
}

#[test]
fn after_a_page_of_claims_that_cannot_be_read_the_cursor_leads_back_to_it() {
    let plan = Plan { broken_packet: Some((1, ErrorKind::Decode)), ..Plan::of(vec![1, 2, 1]) };
    for ahead in [1, 3] {
        let market = Market::open(&plan);
        assert_eq!(users(&market, ahead), ["0/0", "Decode"]);
        let pages = read(&market, ahead, None, None);
        let mended = Market::open(&Plan { broken_packet: None, ..plan.clone() });
        let last = &pages[pages.len() - 2];
        let rest = read(&mended, ahead, None, last.next.clone());
        assert_eq!(texts(&rest)[0], r#"1 Some(2) ["1/0", "1/1"]"#);
        assert!(rest.last().unwrap().text.starts_with("2 "));
    }
}

/// A cursor in the middle of the third of these packets, two of which stand on a page.
fn in_the_third(plan: &Plan) -> Cursor {
    let pages = read(&Market::open(plan), 1, None, None);
    let third = pages.into_iter().find(|page| page.text.starts_with("2 ")).unwrap();
    third.next.unwrap()
}

#[test]
fn a_packet_is_looked_for_on_ten_pages() {
    let plan = Plan::of(vec![1, 1, 4, 1]);
    let cursor = in_the_third(&plan);
    for (sent, found) in [(18, true), (19, true), (20, false)] {
        let market = Market::open(&plan);
        market.send(sent);
        let rest = read(&market, 2, None, Some(cursor.clone()));
        if found {
            assert!(rest[0].text.contains("2/2"), "{rest:?}");
        } else {
            assert_eq!(texts(&rest), ["InvalidInput"]);
        }
    }
}

#[test]
fn a_packet_that_is_gone_is_an_error() {
    let plan = Plan::of(vec![1, 1, 4, 1, 1, 1]);
    let market = Market::open(&plan);
    market.remove("2");
    let rest = read(&market, 2, None, Some(in_the_third(&plan)));
    assert_eq!(texts(&rest), ["InvalidInput"]);
}

#[test]
fn listings_and_rooms_refuse_each_others_cursors() {
    let plan = Plan::of(vec![1, 1, 4, 1]);
    let market = Market::open(&plan);
    let in_room = in_the_third(&plan);
    let of_packet = ClaimQuery::new(query().room, "2");
    let refused = [
        run(market.red_packets_page(&query(), Some(&in_room))).map(|_| ()),
        run(market.claims_page(&of_packet, Some(&in_room))).map(|_| ()),
    ];
    for refused in refused {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    let listing = run(market.red_packets_page(&query(), None)).unwrap().next;
    let packet = run(market.claims_page(&of_packet, None)).unwrap().page.next;
    for cursor in [listing.unwrap(), packet.unwrap()] {
        let refused = read(&market, 2, None, Some(cursor));
        assert_eq!(texts(&refused), ["InvalidInput"]);
    }
    let other = query().session("s");
    let mut refused = Box::pin(market.claim_pages_in_room(other, Some(in_room)));
    assert_eq!(run(refused.next()).unwrap().unwrap_err().kind(), ErrorKind::InvalidInput);
}
