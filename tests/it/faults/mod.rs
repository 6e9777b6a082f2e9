//! Every fault of the emulator on everything that can be read of a vendor: the stream comes to what the table says. That is, the rows
//! of an undisturbed reading; or an error, and a cursor from which the rest follows once the fault is over; or all rows but one that is
//! rejected; or rows are missed, where no vendor's paging shows it.

mod read;
mod table;
mod trial;
mod typed;

pub(crate) use read::Read;

use live_rewards::PrizeKind;
use trial::check;

use crate::vendors;

#[tokio::test]
async fn xiaoe_red_packets() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::red_packets(&account)).await;
}

#[tokio::test]
async fn xiaoe_claims() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::claims(&account).await).await;
}

#[tokio::test]
async fn xiaoe_claims_in_a_room_while_its_red_packets_fail() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::claims_in_room(&account, "red_packet_list")).await;
}

#[tokio::test]
async fn xiaoe_claims_in_a_room() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::claims_in_room(&account, "red_packet_record")).await;
}

#[tokio::test]
async fn xiaoe_points_accounts() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::points_accounts()).await;
}

#[tokio::test]
async fn xiaoe_points_entries() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::points_entries(&account)).await;
}

#[tokio::test]
async fn xiaoe_users() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::users(&account)).await;
}

#[tokio::test]
async fn xiaoe_users_by_their_ids() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::users_by_ids(&account).await).await;
}

#[tokio::test]
async fn xiaoe_while_tokens_fail() {
    let account = vendors::xiaoe().await;
    check(&account, &Read::tokens(&account)).await;
}

#[tokio::test]
async fn polyv_red_packets_with_claims() {
    let account = vendors::polyv().await;
    check(&account, &Read::red_packets(&account)).await;
}

#[tokio::test]
async fn polyv_claims_in_a_room() {
    let account = vendors::polyv().await;
    check(&account, &Read::claims_in_room(&account, "red_pack_statistics")).await;
}

#[tokio::test]
async fn polyv_rooms() {
    let account = vendors::polyv().await;
    check(&account, &Read::rooms()).await;
}

#[tokio::test]
async fn polyv_sessions() {
    let account = vendors::polyv().await;
    check(&account, &Read::sessions(&account)).await;
}

#[tokio::test]
async fn polyv_gifts() {
    let account = vendors::polyv().await;
    check(&account, &Read::gifts(&account)).await;
}

#[tokio::test]
async fn polyv_gift_payments() {
    let account = vendors::polyv().await;
    check(&account, &Read::gift_payments(&account)).await;
}

#[tokio::test]
async fn polyv_lotteries() {
    let account = vendors::polyv().await;
    check(&account, &Read::prize_activities(&account, PrizeKind::Lottery)).await;
}

#[tokio::test]
async fn polyv_task_activities() {
    let account = vendors::polyv().await;
    check(&account, &Read::prize_activities(&account, PrizeKind::Task)).await;
}

#[tokio::test]
async fn polyv_prizes_of_a_lottery() {
    let account = vendors::polyv().await;
    check(&account, &Read::prizes(&account, PrizeKind::Lottery).await).await;
}

#[tokio::test]
async fn polyv_prizes_of_a_lucky_bag() {
    let account = vendors::polyv().await;
    check(&account, &Read::prizes(&account, PrizeKind::LuckyBag).await).await;
}

#[tokio::test]
async fn polyv_prizes_for_tasks() {
    let account = vendors::polyv().await;
    check(&account, &Read::prizes(&account, PrizeKind::Task).await).await;
}

#[tokio::test]
async fn polyv_users() {
    let account = vendors::polyv().await;
    check(&account, &Read::users(&account)).await;
}

#[tokio::test]
async fn polyv_a_user_by_id() {
    let account = vendors::polyv().await;
    check(&account, &Read::users_by_ids(&account).await).await;
}

#[tokio::test]
async fn yxt_users() {
    let account = vendors::yxt().await;
    check(&account, &Read::users(&account)).await;
}

#[tokio::test]
async fn yxt_gifts() {
    let account = vendors::yxt().await;
    check(&account, &Read::gifts(&account)).await;
}
