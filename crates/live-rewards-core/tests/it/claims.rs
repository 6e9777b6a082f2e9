use live_rewards_core::{Claim, Error, ErrorKind, LiveRewardsExt, Page, Result};

use crate::shop::{Shop, all, claims, page, query, rejected};

fn read(prepared: impl IntoIterator<Item = Result<Page<Claim>>>) -> Vec<String> {
    let vendor = Shop::default();
    vendor.packets.lock().unwrap().push_back(Ok(page(&["p", "q", "r"], None)));
    vendor.claims.lock().unwrap().extend(prepared);
    let show = |item: Result<Claim>| match item {
        Ok(claim) => claim.user.id.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    all(vendor.claims(query())).into_iter().map(show).collect()
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
