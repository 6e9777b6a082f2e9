use futures_util::StreamExt;
use live_rewards_core::{
    ClaimQuery, Cursor, ErrorKind, GiftQuery, LiveRewards, LiveRewardsExt, Month, Page,
    PointsEntryQuery, PointsQuery, Position, Query, RedPacketQuery, Result, RoomKind, RoomRef,
    UserQuery, Vendor,
};
use live_rewards_http::{Answer, Endpoint, Listing, PagingStyle, Service, test_util::answer};
use polyv_live_api::red_pack::RedPackStatistics;
use serde_json::value::RawValue;
use xiaoe_api::{
    access::Token,
    points::{AccountFlowList, AccountInfoBatch},
    red_packet::{RedPacketList, RedPacketRecord},
    user::UserList,
};
use yxt_zhibo_api::gift::GiftRecords;

use crate::stub::{Stub, run, token};

/// Text that is taken for a cursor is one that this crate writes; and no call goes out for a cursor of another vendor, operation or
/// query, of another style of paging, or of a larger page than may be asked for.
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
    let [may, june] = [5, 6].map(|month| Month::new(2025, month).expect("a month"));
    let entries = PointsEntryQuery::new(may, june);
    let users = UserQuery::all();
    let from = Some(&cursor);
    run(async {
        let listed = xiaoe.red_packets_page(&in_live, from).await;
        check::<RedPacketList, _>(&stub, &in_live, &cursor, listed);
        let claimed = xiaoe.claims_page(&claims, from).await.map(|claims| claims.page);
        check::<RedPacketRecord, _>(&stub, &claims, &cursor, claimed);
        let accounts = xiaoe.points_accounts_page(&points, from).await;
        check::<AccountInfoBatch, _>(&stub, &points, &cursor, accounts);
        let logged = xiaoe.points_entries_page(&entries, from).await;
        check::<AccountFlowList, _>(&stub, &entries, &cursor, logged);
        let known = xiaoe.users_page(&users, from).await;
        check::<UserList, _>(&stub, &users, &cursor, known);
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
    } else if path == AccountFlowList::INFO.path {
        r#"{"code":0,"data":[
            {"user_id":"u","flow_type":1,"flow_count":1,"created_at":"2025-05-06 16:01:52"}]}"#
    } else if path == UserList::INFO.path {
        r#"{"code":0,"data":{"list":[{"user_id":"u"}]}}"#
    } else if path == RedPackStatistics::INFO.path {
        r#"{"code":200,"data":{"contents":[
            {"redPackId":"p","amount":0.01,"createdTime":1648867234000}]}}"#
    } else {
        r#"{"datas":[{"pid":"1","fromUserId":"u","createTime":"2017-06-16 16:33:09.0"}]}"#
    };
    answer(200, body)
}

fn check<L: Listing, T>(stub: &Stub, query: &impl Query, cursor: &Cursor, read: Result<Page<T>>) {
    let vendor = <L::Service as Service>::VENDOR;
    let takers = Vendor::ALL.iter().filter(|vendor| cursor.position(**vendor, query).is_ok());
    assert!(takers.count() <= 1);
    match cursor.position(vendor, query) {
        Ok(position) => {
            assert_eq!(Cursor::new(vendor, query, position.clone()), *cursor);
            if is_of::<L>(query, &position) {
                assert_eq!(stub.calls::<L>(), 1);
                let page = read.map_err(|error| error.kind());
                let next = page.map(|page| page.next);
                assert!(next.is_ok_and(|next| next.as_ref() != Some(cursor)));
                return;
            }
        }
        Err(refusal) => assert_eq!(refusal.kind(), ErrorKind::InvalidInput),
    }
    assert_eq!(stub.calls::<L>(), 0);
    assert_eq!(read.err().map(|error| error.kind()), Some(ErrorKind::InvalidInput));
}

/// Whether a listing may have a page there.
fn is_of<L: Listing>(query: &impl Query, position: &Position) -> bool {
    let paging = L::PAGING;
    let is_small = |size: u32| paging.max_size.is_none_or(|most| size <= most);
    let is_of_style = match position {
        Position::Page { .. } => {
            matches!(paging.style, PagingStyle::Page | PagingStyle::PageWithTotal)
        }
        Position::Offset { .. } => {
            matches!(paging.style, PagingStyle::Offset | PagingStyle::OffsetWithTotal)
        }
        Position::Month { month, last, first_size, .. } => {
            let months = query.months().filter(|_| paging.style == PagingStyle::CalendarMonth);
            months.is_some_and(|(from, to)| to == *last && from <= *month && *month <= to)
                && is_small(*first_size)
        }
        Position::After { token, .. } => {
            let is_json = serde_json::from_str::<&RawValue>(token).is_ok();
            paging.style == PagingStyle::Cursor && is_json
        }
        _ => false,
    };
    is_of_style && is_small(position.size())
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
