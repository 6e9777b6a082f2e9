//! How listings are read.

use futures_util::TryStreamExt;
use live_rewards::{Cursor, ErrorKind, RedPacketQuery};

use crate::{
    listings::{self, Listing},
    vendors::Account,
};

pub(crate) async fn every_item_comes_once_in_order_at_any_page_size(account: &Account) {
    let rewards = &*account.rewards;
    for listing in listings::of(account).await {
        let rows = listing.rows(rewards, None).await;
        let fewest = if listing.is_small() { 1 } else { 8 };
        assert!(rows.len() >= fewest, "{listing:?} is too small to show anything: {}", rows.len());
        let mut distinct = rows.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), rows.len(), "{listing:?}");
        let sizes = if listing.is_large() { [13, 49, 50] } else { [1, 2, 7] };
        for size in sizes.into_iter().chain([u32::MAX]) {
            assert_eq!(listing.rows(rewards, Some(size)).await, rows, "{listing:?} by {size}");
        }
    }
}

pub(crate) async fn reading_ahead_changes_nothing_but_the_calls(account: &Account) {
    let rewards = &*account.rewards;
    let mut listings = listings::of(account).await;
    if rewards.capabilities().red_packets.is_some() {
        let queries = account.rooms.iter().cloned().map(RedPacketQuery::new);
        listings.extend(queries.map(Listing::ClaimsInRoom));
    }
    for listing in listings {
        let size = Some(if listing.is_large() { 50 } else { 2 });
        let one = listing.pages(rewards, size, None).await;
        let many = listing.clone().read_ahead(5).pages(rewards, size, None).await;
        assert_eq!(many, one, "{listing:?}");
    }
}

pub(crate) async fn reading_goes_on_from_every_cursor(account: &Account) {
    let rewards = &*account.rewards;
    for listing in listings::of(account).await {
        let size = Some(if listing.is_large() { 50 } else { 3 });
        let pages = listing.pages(rewards, size, None).await;
        for (at, page) in pages.iter().enumerate() {
            let Some(next) = &page.next else {
                continue;
            };
            // As after a restart: from the cursor's text, with the page size unsaid.
            let cursor: Cursor = next.to_string().parse().unwrap();
            let rest = listing.pages(rewards, None, Some(cursor)).await;
            assert_eq!(rest, pages[at + 1..], "{listing:?} from {next}");
        }
    }
}

pub(crate) async fn cursors_of_other_queries_are_refused(account: &Account) {
    let rewards = &*account.rewards;
    let listings = listings::of(account).await;
    let mut tried = 0;
    for (at, listing) in listings.iter().enumerate() {
        let first = listing.stream(rewards, Some(1), None).try_next().await.unwrap();
        let Some(cursor) = first.and_then(|page| page.next) else {
            continue;
        };
        for other in listings[..at].iter().chain(&listings[at + 1..]) {
            let mut pages = other.stream(rewards, None, Some(cursor.clone()));
            let error = pages.try_next().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{cursor} for {other:?}");
            tried += 1;
        }
    }
    assert!(tried > 0);
}
