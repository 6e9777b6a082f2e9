use live_rewards_core::{Claim, ClaimQuery, Error, ErrorKind, LiveRewardsExt, Page, Result};

use crate::shop::{Shop, all, claims, cursor, page, query, rejected, room};

fn read(prepared: impl IntoIterator<Item = Result<Page<Claim>>>) -> Vec<String> {
    let vendor = Shop::default();
    vendor.packets.lock().unwrap().push_back(Ok(page(&["p", "q", "r"], None)));
    vendor.claims.lock().unwrap().extend(prepared);
    shown(all(vendor.claims(query())))
}

fn shown(items: Vec<Result<Claim>>) -> Vec<String> {
    let show = |item: Result<Claim>| match item {
        Ok(claim) => claim.user.id.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    items.into_iter().map(show).collect()
}

/// A page that is not the last one.
fn more(users: &[&str]) -> Page<Claim> {
    let mut page = claims(users);
    page.next = Some(cursor(2));
    page
}

#[test]
fn claims_come_in_the_order_of_their_packets() {
    let prepared = [claims(&["a", "b"]), claims(&[]), claims(&["c"])];
    assert_eq!(read(prepared.map(Ok)), ["a", "b", "c"]);
}

#[test]
fn a_rejected_claim_does_not_end_them() {
    let mut first = claims(&["b"]);
    first.rejected = vec![rejected(0)];
    let prepared = [first, claims(&["c"]), claims(&["d"])];
    assert_eq!(read(prepared.map(Ok)), ["RejectedRow", "b", "c", "d"]);
}

#[test]
fn a_blocked_vendor_is_not_asked_for_the_next_packet() {
    let blocked = Err(Error::new(ErrorKind::Blocked, "qps exceeds number of calls"));
    let prepared = [Ok(claims(&["a"])), blocked, Ok(claims(&["c"]))];
    assert_eq!(read(prepared), ["a", "Blocked"]);
}

#[test]
fn once_a_packet_that_waits_is_blocked_none_after_it_is_asked_for() {
    let vendor = Shop::default();
    vendor.packets.lock().unwrap().push_back(Ok(page(&["p", "q", "r", "s"], None)));
    let blocked = Err(Error::new(ErrorKind::Blocked, "qps exceeds number of calls"));
    let [a, b] = ["a", "b"].map(|user| Ok(more(&[user])));
    let prepared = [a, b, blocked, Ok(claims(&[])), Ok(claims(&["c"]))];
    vendor.claims.lock().unwrap().extend(prepared);
    assert_eq!(shown(all(vendor.claims(query().read_ahead(2)))), ["a", "b", "Blocked"]);
    assert_eq!(vendor.claims.lock().unwrap().len(), 1);
}

#[test]
fn equal_claims_on_two_pages_come_once_and_are_counted() {
    let vendor = Shop::default();
    let prepared = [more(&["a", "b"]), claims(&["b", "c"])];
    vendor.claims.lock().unwrap().extend(prepared.map(Ok));
    let pages = all(vendor.claim_pages(ClaimQuery::new(room(), "p"), None));
    let pages = pages.into_iter().map(|claims| claims.unwrap().page);
    let counts: Vec<_> = pages.map(|page| (page.items.len(), page.repeated)).collect();
    assert_eq!(counts, [(2, 0), (1, 1)]);
}
