use live_rewards_core::{
    ClaimQuery, Cursor, GiftQuery, LiveRewards, Page, PointsQuery, RedPacketQuery, Result,
    RoomKind, RoomRef,
};
use live_rewards_http::test_util::answer;

use crate::stub::{Stub, assert_fit_to_show, run};

/// A page of any bytes becomes rows, rejected rows or an error, in all no larger than it was.
pub fn rows(bytes: &[u8]) {
    let stub = Stub::answering(answer(200, bytes.to_vec()));
    let (xiaoe, polyv, yxt) = (stub.xiaoe(), stub.polyv(), stub.yxt());
    let live = RoomRef::new("l", RoomKind::Live);
    let in_live = RedPacketQuery::new(live.clone());
    // The red packet of a sample, so that its claims are taken for what was asked.
    let claims = ClaimQuery::new(live, "WZ7VqzVbq69y");
    let in_channel = RedPacketQuery::new(RoomRef::new("1", RoomKind::Channel));
    let in_room = GiftQuery::in_room(RoomRef::new("r", RoomKind::Room));
    let points = PointsQuery::new();
    run(async {
        check(bytes, xiaoe.red_packets_page(&in_live, None).await);
        let claimed = xiaoe.claims_page(&claims, None).await;
        let rejected = claimed.as_ref().ok().and_then(|claims| claims.rejected.as_ref());
        assert!(rejected.is_none_or(|row| row.raw.len() <= bytes.len()));
        check(bytes, claimed.map(|claims| claims.page));
        check(bytes, xiaoe.points_accounts_page(&points, None).await);
        check(bytes, polyv.red_packets_page(&in_channel, None).await);
        check(bytes, yxt.gifts_page(&in_room, None).await);
    });
}

fn check<T>(bytes: &[u8], read: Result<Page<T>>) {
    let page = match read {
        Ok(page) => page,
        Err(error) => return assert_fit_to_show(&error),
    };
    let received = page.items.len() + page.rejected.len();
    assert!(received <= bytes.len());
    let raw: usize = page.rejected.iter().map(|row| row.raw.len()).sum();
    assert!(raw <= bytes.len());
    assert!(page.rejected.is_sorted_by(|row, next| row.position < next.position));
    for row in &page.rejected {
        assert!(row.position < received);
        // A path of a few names and one sentence.
        assert!(row.reason.len() < 300, "{:?}", row.reason);
    }
    if let Some(next) = page.next {
        assert_eq!(next.to_string().parse::<Cursor>(), Ok(next));
    }
}
