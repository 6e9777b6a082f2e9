use futures_util::StreamExt;
use live_rewards_core::{
    ClaimQuery, Cursor, ErrorKind, GiftQuery, LiveRewards, LiveRewardsExt, Page, PointsQuery,
    Query, RedPacketQuery, Result, RoomKind, RoomRef, Vendor,
};
use live_rewards_http::{Answer, Endpoint, Service, test_util::answer};
use polyv_live_api::red_pack::RedPackStatistics;
use xiaoe_api::{
    access::Token,
    points::AccountInfoBatch,
    red_packet::{RedPacketList, RedPacketRecord},
};
use yxt_zhibo_api::gift::GiftRecords;

use crate::stub::{Stub, run, token};

/// Text that is taken for a cursor is one that this crate writes; and no call goes out for a cursor of another vendor, operation or
/// query.
pub fn cursors(text: &str) {
    let Ok(cursor) = text.parse::<Cursor>() else {
        return;
    };
    assert_eq!(cursor.to_string().parse::<Cursor>().as_ref(), Ok(&cursor));
    let stub = Stub::new(page);
    let (xiaoe, polyv, yxt) = (stub.xiaoe(), stub.polyv(), stub.yxt());
    let live = RoomRef::new("l_61a59bd0e4b03f3fb99d7575", RoomKind::Live);
    let in_live = RedPacketQuery::new(live.clone());
    let claims = ClaimQuery::new(live, "p");
    let in_channel = RedPacketQuery::new(RoomRef::new("2812610", RoomKind::Channel));
    let in_room = GiftQuery::in_room(RoomRef::new("c4f0cb31", RoomKind::Room));
    let points = PointsQuery::new();
    let from = Some(&cursor);
    run(async {
        let listed = xiaoe.red_packets_page(&in_live, from).await;
        check::<RedPacketList, _>(&stub, &in_live, &cursor, listed);
        let claimed = xiaoe.claims_page(&claims, from).await.map(|claims| claims.page);
        check::<RedPacketRecord, _>(&stub, &claims, &cursor, claimed);
        let accounts = xiaoe.points_accounts_page(&points, from).await;
        check::<AccountInfoBatch, _>(&stub, &points, &cursor, accounts);
        let listed = polyv.red_packets_page(&in_channel, from).await;
        check::<RedPackStatistics, _>(&stub, &in_channel, &cursor, listed);
        let gifts = yxt.gifts_page(&in_room, from).await;
        check::<GiftRecords, _>(&stub, &in_room, &cursor, gifts);
        claims_in_room(&xiaoe, in_live, &cursor).await;
        claims_in_room(&polyv, in_channel, &cursor).await;
    });
}

/// A good page of one row, whichever is asked for.
fn page(path: &str) -> Answer {
    let body = if path == Token::INFO.path {
        return token();
    } else if path == RedPacketList::INFO.path {
        r#"{"code":0,"data":[{"id":"p","money":1,"created_at":"2021-04-21 14:47:13"}]}"#
    } else if path == RedPacketRecord::INFO.path {
        r#"{"code":0,"data":{"record_list":[
            {"user_id":"u","money":1,"created_at":"2021-04-21 14:47:13"}]}}"#
    } else if path == AccountInfoBatch::INFO.path {
        r#"{"code":0,"data":{"list":[{"user_id":"u","balance":1}]}}"#
    } else if path == RedPackStatistics::INFO.path {
        r#"{"code":200,"data":{"contents":[
            {"redPackId":"p","amount":0.01,"createdTime":1648867234000}]}}"#
    } else {
        r#"{"datas":[{"pid":"1","fromUserId":"u","createTime":"2017-06-16 16:33:09.0"}]}"#
    };
    answer(200, body)
}

fn check<E: Endpoint, T>(stub: &Stub, query: &impl Query, cursor: &Cursor, read: Result<Page<T>>) {
    let vendor = <E::Service as Service>::VENDOR;
    let takers = Vendor::ALL.iter().filter(|vendor| cursor.position(**vendor, query).is_ok());
    assert!(takers.count() <= 1);
    match cursor.position(vendor, query) {
        Ok(position) => {
            assert_eq!(Cursor::new(vendor, query, position), *cursor);
            assert_eq!(stub.calls::<E>(), 1);
            let page = read.map_err(|error| error.kind());
            let next = page.map(|page| page.next);
            assert!(next.is_ok_and(|next| next.as_ref() != Some(cursor)));
        }
        Err(refusal) => {
            assert_eq!(refusal.kind(), ErrorKind::InvalidInput);
            assert_eq!(stub.calls::<E>(), 0);
            assert_eq!(read.err().map(|error| error.kind()), Some(ErrorKind::InvalidInput));
        }
    }
}

/// Cursors of a room's claims can only be tried by reading from them.
async fn claims_in_room(rewards: &impl LiveRewards, query: RedPacketQuery, cursor: &Cursor) {
    let pages = rewards.claim_pages_in_room(query, Some(cursor.clone()));
    let pages: Vec<_> = pages.take(3).collect().await;
    let own = format!("1.{}.claims.", rewards.vendor());
    if !cursor.to_string().starts_with(&own) {
        let [Err(refusal)] = &pages[..] else { panic!("{pages:?}") };
        assert_eq!(refusal.kind(), ErrorKind::InvalidInput);
    }
    for page in pages.into_iter().flatten() {
        let next = page.page.next;
        assert_eq!(next.as_ref().map(|next| next.to_string().parse::<Cursor>()), next.map(Ok));
    }
}
