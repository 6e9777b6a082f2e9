//! Listings read ahead: what comes is what comes when they are read page by page.

use std::{collections::HashSet, pin::pin};

use futures_util::StreamExt;
use live_rewards_core::{Cursor, ErrorKind, LiveRewardsExt, Page, RedPacket, Result};
use proptest::prelude::*;

use crate::market::{End, Market, Plan, Style, query, run};

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

fn ids(market: &Market, ahead: usize) -> Vec<String> {
    let packets: Vec<_> = run(market.red_packets(query().read_ahead(ahead)).collect());
    packets.into_iter().map(|packet| packet.unwrap().id.to_string()).collect()
}

fn plans() -> impl Strategy<Value = Plan> {
    let style = prop_oneof![Just(Style::Page), Just(Style::Offset), Just(Style::Total)];
    let end = prop_oneof![Just(End::Empty), Just(End::Repeats), Just(End::Refuses)];
    let kind = prop_oneof![
        Just(ErrorKind::Timeout),
        Just(ErrorKind::Decode),
        Just(ErrorKind::NotFound),
        Just(ErrorKind::Blocked)
    ];
    let broken = proptest::option::weighted(0.3, (0_usize..40, kind));
    let rejected = proptest::option::weighted(0.3, 0_usize..40);
    let delays = proptest::collection::vec(0_u8..6, 1..16);
    (0_usize..40, 1_u32..7, 1_u32..9, style, end, delays, broken, rejected).prop_map(
        |(rows, size, cap, style, end, delays, broken, rejected)| {
            let packets = vec![0; rows];
            Plan { size, cap, style, end, delays, broken, rejected, ..Plan::of(packets) }
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
        let pages = read(&one, 1, None);
        prop_assert_eq!(read(&many, ahead, None), pages);
        prop_assert_eq!(one.most_under_way(), 1);
        prop_assert!(many.most_under_way() <= ahead);
        prop_assert!(many.calls() <= one.calls() + 2 * ahead, "{} calls, {}", one.calls(), many.calls());
    }

    #[test]
    fn the_rest_follows_from_every_cursor(plan in plans(), ahead in 1_usize..7) {
        // Where the vendor repeats its last page, only who has seen that page knows.
        prop_assume!(plan.end != End::Repeats);
        let market = Market::open(&plan);
        let pages: Vec<_> = run(market.red_packet_pages(query(), None).collect());
        let cursors: Vec<_> = pages.iter().flatten().map(|page| page.next.clone()).collect();
        let pages = shown(pages);
        for (at, cursor) in cursors.into_iter().enumerate() {
            if let Some(cursor) = cursor {
                let rest = read(&market, ahead, Some(cursor));
                prop_assert_eq!(&rest[..], &pages[at + 1..]);
            }
        }
    }

    #[test]
    fn packets_that_come_in_neither_hide_nor_double_others(
        plan in plans(),
        ahead in 1_usize..7,
        news in proptest::collection::vec(0_u8..4, 0..12),
        at_head: bool,
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
        let end = if plan.end == End::Repeats { End::Empty } else { plan.end };
        let plan = Plan { news, news_at_head: at_head, end, broken: None, rejected: None, ..plan };
        let read = ids(&Market::open(&plan), ahead);
        let distinct: HashSet<_> = read.iter().collect();
        prop_assert_eq!(distinct.len(), read.len(), "{:?}", &read);
        let old: Vec<_> = read.into_iter().filter(|id| !id.starts_with("new")).collect();
        let all: Vec<_> = (0..rows).map(|number| number.to_string()).collect();
        prop_assert_eq!(old, all);
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

/// A vendor with so many packets whose answers all take the same time.
fn slow(rows: usize) -> Plan {
    Plan { delays: vec![5], ..Plan::of(vec![0; rows]) }
}

#[test]
fn as_many_calls_as_said_are_under_way_at_once() {
    for style in [Style::Page, Style::Offset, Style::Total] {
        let market = Market::open(&Plan { style, ..slow(40) });
        assert_eq!(ids(&market, 4).len(), 40);
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
        assert_eq!(ids(&one, 1), ids(&many, 8));
        assert_eq!(one.calls(), many.calls(), "{rows} rows");
    }
}

#[test]
fn a_known_total_costs_no_call_more() {
    let plan = Plan { style: Style::Total, ..Plan::of(vec![0; 41]) };
    let market = Market::open(&plan);
    assert_eq!(ids(&market, 8).len(), 41);
    assert_eq!(market.calls(), 21);
}

#[test]
fn nothing_ahead_reads_one_after_the_other() {
    let market = Market::open(&Plan::of(vec![0; 9]));
    assert_eq!(ids(&market, 0).len(), 9);
    assert_eq!(market.most_under_way(), 1);
}
