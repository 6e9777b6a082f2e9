//! A vendor that answers little.

use live_rewards_core::{
    Error, ErrorKind, GiftPaymentQuery, LiveRewards, Month, PointsEntryQuery, PrizeKind,
    PrizeQuery, RoomQuery, SessionQuery, UserQuery,
};

use crate::{
    club::lotteries,
    run::run,
    shop::{Shop, room},
};

#[test]
fn what_a_vendor_does_not_answer_is_unsupported_also_behind_a_pointer() {
    let shop: Box<dyn LiveRewards> = Box::new(Shop::default());
    let month = Month::new(2026, 1).unwrap();
    let errors: [Option<Error>; 8] = [
        run(shop.rooms_page(&RoomQuery::new(), None)).err(),
        run(shop.sessions_page(&SessionQuery::in_room(room()), None)).err(),
        run(shop.red_packet_summary(&room())).err(),
        run(shop.gift_payments_page(&GiftPaymentQuery::in_room(room()), None)).err(),
        run(shop.prize_activities_page(&lotteries(), None)).err(),
        run(shop.prizes_page(&PrizeQuery::new(PrizeKind::Task, "1"), None)).err(),
        run(shop.points_entries_page(&PointsEntryQuery::new(month, month), None)).err(),
        run(shop.users_page(&UserQuery::all(), None)).err(),
    ];
    for error in errors {
        assert_eq!(error.unwrap().kind(), ErrorKind::Unsupported);
    }
}
