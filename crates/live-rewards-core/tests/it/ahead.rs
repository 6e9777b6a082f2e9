//! Listings read ahead: what comes is what comes when they are read page by page.

use std::{collections::HashSet, pin::pin};

use futures_util::StreamExt;
use live_rewards_core::{Cursor, LiveRewardsExt, Page, RedPacket, Result};
use proptest::prelude::*;

use crate::{
    market::{Market, query},
    plan::{Cuts, End, Plan, Style, all, plans},
    run::run,
};

/// Ids, positions of rejected rows and cursor of each page, or the kind of the error.
fn shown(pages: Vec<Result<Page<RedPacket>>>) -> Vec<String> {
    let show = |page: Result<Page<RedPacket>>| match page {
        Ok(page) => {
            let ids: Vec<_> = page.items.iter().map(|packet| packet.id.as_str()).collect();
            let rejected: Vec<_> = page.rejected.iter().map(|row| row.position).collect();
            format!(
                "{ids:?} {rejected:?} {}",
                page.next.map_or("end".into(), |next| next.to_string())
            )
        }
        Err(error) => format!("{:?}", error.kind()),
    };
    pages.into_iter().map(show).collect()
}

fn read(market: &Market, ahead: usize, from: Option<Cursor>) -> Vec<String> {
    shown(run(market.red_packet_pages(query().read_ahead(ahead), from).collect()))
}

/// Ids of the packets, also of those that can't be read.
pub(crate) fn read_ids(market: &Market, ahead: usize) -> Vec<String> {
    let id = |packet: Result<RedPacket>| match packet {
        Ok(packet) => packet.id.to_string(),
        Err(error) => error.message().rsplit(' ').next().unwrap().to_owned(),
    };
    run(market.red_packets(query().read_ahead(ahead)).map(id).collect())
}

/// Ids and errors of what is left from a cursor on.
fn rest(market: &Market, ahead: usize, from: Option<Cursor>) -> Vec<String> {
    let pages: Vec<_> = run(market.red_packet_pages(query().read_ahead(ahead), from).collect());
    rows(pages)
}

fn rows(pages: Vec<Result<Page<RedPacket>>>) -> Vec<String> {
    let rows = |page: Result<Page<RedPacket>>| match page {
        Ok(page) => {
            let items = page.items.into_iter().map(|packet| packet.id.to_string());
            items.chain(page.rejected.into_iter().map(|row| row.raw)).collect::<Vec<_>>()
        }
        Err(error) => vec![format!("{:?}", error.kind())],
    };
    pages.into_iter().flat_map(rows).collect()
}

proptest! {
    #[test]
    fn pages_and_errors_are_those_of_reading_one_after_the_other(
        plan in plans(),
        ahead in 2_usize..7,
    ) {
        let (one, many) = (Market::open(&plan), Market::open(&plan));
        let pages = read(&one, 1, None);
        prop_assert_eq!(read(&many, ahead, None), pages);
        prop_assert_eq!(one.most_under_way(), 1);
        prop_assert!(many.most_under_way() <= ahead);
        prop_assert!(many.calls() <= one.calls() + 3 * ahead, "{} calls, {}", one.calls(), many.calls());
    }

    #[test]
    fn the_rest_follows_from_every_cursor(plan in plans(), ahead in 1_usize..7) {
        // Where the vendor repeats its last page, only who has seen that page knows.
        prop_assume!(plan.end != End::Repeats);
        let market = Market::open(&plan);
        let pages: Vec<_> = run(market.red_packet_pages(query(), None).collect());
        let cursors: Vec<_> = pages.iter().map(|page| page.as_ref().ok()?.next.clone()).collect();
        let rows: Vec<_> = pages.into_iter().map(|page| rows(vec![page])).collect();
        for (at, cursor) in cursors.into_iter().enumerate() {
            if cursor.is_some() {
                prop_assert_eq!(rest(&market, ahead, cursor), rows[at + 1..].concat());
            }
        }
    }

    #[test]
    fn a_consumer_that_takes_its_time_gets_the_same(
        plan in plans(),
        ahead in 1_usize..7,
        pauses in proptest::collection::vec(any::<bool>(), 1..8),
    ) {
        let market = Market::open(&plan);
        let mut stream = Box::pin(market.red_packet_pages(query().read_ahead(ahead), None));
        let mut pages = Vec::new();
        while let Some(page) = run(stream.next()) {
            pages.push(page);
            if pauses[pages.len() % pauses.len()] {
                market.pause();
            }
        }
        prop_assert_eq!(shown(pages), read(&Market::open(&plan), 1, None));
    }

    #[test]
    fn packets_that_come_in_neither_hide_nor_double_others(
        plan in plans(),
        ahead in 1_usize..7,
        news in proptest::collection::vec(0_u8..4, 0..12),
        at_head: bool,
        cut in proptest::option::of((0_usize..20, 0_usize..20)),
    ) {
        let rows = plan.packets.len();
        let page = rows.min(plan.size as usize).min(plan.cap as usize);
        // Fewer than two pages hold: more can't be told from a vendor that repeats its last page.
        let mut left = (2 * page).saturating_sub(1);
        let take = |rows: u8| {
            let taken = left.min(rows.into());
            left -= taken;
            u8::try_from(taken).unwrap()
        };
        let news = news.into_iter().map(take).collect();
        let cuts = match cut {
            Some((from, calls)) => Cuts::Calls(from..from + calls),
            None => plan.cuts.clone(),
        };
        // What a total leaves for the last page changes with every packet.
        let numbers_cut = plan.numbers_cut && plan.style != Style::Total;
        let plan = Plan { cuts, numbers_cut, end: End::Empty, broken: None, ..plan };
        let plan = Plan { news, news_at_head: at_head, ..plan };
        let read = read_ids(&Market::open(&plan), ahead);
        let distinct: HashSet<_> = read.iter().collect();
        prop_assert_eq!(distinct.len(), read.len(), "{:?}", &read);
        let old: Vec<_> = read.into_iter().filter(|id| !id.starts_with("new")).collect();
        prop_assert_eq!(old, all(&plan));
    }

    #[test]
    fn a_dropped_stream_leaves_nothing_under_way(
        plan in plans(),
        ahead in 1_usize..7,
        pages in 0_usize..6,
    ) {
        let market = Market::open(&plan);
        {
            let stream = pin!(market.red_packet_pages(query().read_ahead(ahead), None));
            run(stream.take(pages).collect::<Vec<_>>());
        }
        prop_assert_eq!(market.under_way(), 0);
    }
}

#[test]
fn rejected_rows_that_move_come_once_and_at_their_place() {
    // Packet 1 can't be read; with a new one at the head it stands on two pages.
    let plan = Plan {
        size: 3,
        rejected: Some(1),
        news: [0, 2].into(),
        news_at_head: true,
        ..Plan::of(vec![0; 6])
    };
    let market = Market::open(&plan);
    assert_eq!(read_ids(&market, 1), ["0", "1", "2", "3", "4", "5"]);
}

#[test]
fn a_listing_that_moves_is_read_ahead_less() {
    let news = [1; 400].into();
    let plan =
        Plan { style: Style::Total, size: 5, news, news_at_head: true, ..Plan::of(vec![0; 200]) };
    let market = Market::open(&plan);
    let read = read_ids(&market, 8);
    assert!(read.iter().filter(|id| !id.starts_with("new")).eq(&all(&plan)));
    // Were eight pages asked for each time, there would be hundreds.
    assert!(market.calls() < 100, "{}", market.calls());
}

/// A vendor with so many packets whose answers all take the same time.
fn slow(rows: usize) -> Plan {
    Plan { delays: vec![5], ..Plan::of(vec![0; rows]) }
}

#[test]
fn as_many_calls_as_said_are_under_way_at_once() {
    for style in [Style::Page, Style::Offset, Style::Total] {
        let market = Market::open(&Plan { style, ..slow(40) });
        assert_eq!(read_ids(&market, 4).len(), 40);
        assert_eq!(market.most_under_way(), 4, "{style:?}");
    }
}

#[test]
fn pages_are_under_way_when_a_stream_is_dropped() {
    let market = Market::open(&slow(40));
    let mut stream = Box::pin(market.red_packet_pages(query().read_ahead(4), None));
    for _ in 0..6 {
        run(stream.next()).unwrap().unwrap();
    }
    assert!(market.under_way() > 0);
    drop(stream);
    assert_eq!(market.under_way(), 0);
}

#[test]
fn a_short_listing_costs_no_call_more() {
    for rows in 0..4 {
        let plan = Plan::of(vec![0; rows]);
        let (one, many) = (Market::open(&plan), Market::open(&plan));
        assert_eq!(read_ids(&one, 1), read_ids(&many, 8));
        assert_eq!(one.calls(), many.calls(), "{rows} rows");
    }
}

#[test]
fn a_known_total_costs_no_call_more() {
    let plan = Plan { style: Style::Total, ..Plan::of(vec![0; 41]) };
    let market = Market::open(&plan);
    assert_eq!(read_ids(&market, 8).len(), 41);
    assert_eq!(market.calls(), 21);
}

#[test]
fn nothing_ahead_reads_one_after_the_other() {
    let market = Market::open(&Plan::of(vec![0; 9]));
    assert_eq!(read_ids(&market, 0).len(), 9);
    assert_eq!(market.most_under_way(), 1);
}
