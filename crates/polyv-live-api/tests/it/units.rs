//! The vendor's four units of a number, each on the sample of a call that has it.

use live_rewards_core::{Amount, Money, Timestamp};
use polyv_live_api::{
    donation::{DonationRecords, DonationSettings},
    income::IncomeDetail,
    lottery::LotteryList,
    lucky_bag::LuckyBagWinners,
    red_pack::RedPackStatistics,
    task_reward::{TaskRewardActivities, TaskRewardViewerDetails},
};

use crate::support::answered;

macro_rules! sample {
    ($area:literal, $name:literal) => {
        include_str!(concat!(
            "../../../vendor-specs/specs/polyv/",
            $area,
            "/samples/",
            $name,
            ".json"
        ))
    };
}

fn fen(fen: i64) -> Amount {
    Amount::Money(Money::from_fen(fen))
}

#[tokio::test]
async fn red_packets_are_in_yuan_as_a_decimal_number() {
    let body = sample!("red_pack", "red_pack_statistics.page");
    let page = answered(RedPackStatistics::new("2812610"), 200, body).await.output;
    assert!(body.contains(r#""amount": 0.98"#));
    assert_eq!(page.contents[0].amount, Money::from_fen(98));
}

#[tokio::test]
async fn cash_for_a_task_is_in_fen_as_a_whole_number() {
    let body = sample!("task_reward", "task_reward_activities.page");
    let page = answered(TaskRewardActivities::new("4854808"), 200, body).await.output;
    let reward = page.contents[0].tasks[0].reward_setting.as_ref().unwrap();
    assert!(body.contains(r#""amount": 30,"#));
    assert_eq!(reward.amount_in_unit().unwrap(), Some(fen(30)));
}

#[tokio::test]
async fn cash_for_a_task_is_in_fen_as_text() {
    let body = sample!("task_reward", "task_reward_viewer_details.page");
    let request = TaskRewardViewerDetails::new("4854808", "1143");
    let page = answered(request, 200, body).await.output;
    let rewards: Vec<_> =
        page.contents.iter().map(|row| row.task_reward.as_ref().unwrap()).collect();
    assert!(body.contains(r#""amount": "300""#));
    assert_eq!(rewards[0].amount_in_unit().unwrap(), Some(fen(300)));
    // Points of the customer's own: nobody says what one is worth.
    assert_eq!(rewards[1].amount_in_unit().unwrap(), Some(Amount::Unstated("20".into())));
}

#[tokio::test]
async fn the_amount_of_a_lottery_is_a_count_of_winners() {
    let body = sample!("lottery", "lottery_list.page");
    let page = answered(LotteryList::new("2974342"), 200, body).await.output;
    let planned: Option<u64> = page.contents[0].amount;
    assert_eq!(planned, Some(3));
}

#[tokio::test]
async fn a_donation_is_in_yuan_only_if_it_is_cash() {
    let body = sample!("donation", "donation_records.page");
    let instant = Timestamp::parse_china("2021-03-15 09:40:26").unwrap();
    let request = DonationRecords::new("2812610", instant, instant);
    let page = answered(request, 200, body).await.output;
    let amounts: Vec<_> = page.contents.iter().map(|row| row.amount_in_unit().unwrap()).collect();
    assert_eq!(amounts, [fen(660), Amount::Unstated("6.66".into())]);
}

#[tokio::test]
async fn income_is_in_yuan_as_a_decimal_number() {
    let body = sample!("income", "income_detail.page");
    let day = Timestamp::parse_china("2021-05-24 00:00:00").unwrap();
    let page = answered(IncomeDetail::new("475b6884a7", day, day), 200, body).await.output;
    assert!(body.contains(r#""amount": 12.30,"#));
    let amounts: Vec<_> = page.contents.iter().map(|row| row.amount).collect();
    assert_eq!(amounts, [1, 1230, 660].map(Money::from_fen));
}

#[tokio::test]
async fn cash_of_a_lucky_bag_is_in_yuan_inside_json_text() {
    let body = sample!("lucky_bag", "lucky_bag_winners.page");
    let page = answered(LuckyBagWinners::new("1"), 200, body).await.output;
    assert!(body.contains(r#"\"amount\":1.50"#));
    let amounts: Vec<_> =
        page.contents.iter().map(|row| row.prize_info.as_ref().unwrap().amount).collect();
    assert_eq!(amounts, [Some(Money::from_fen(150)), None]);
}

#[tokio::test]
async fn prices_of_donations_are_in_yuan_if_paid_by_cash() {
    let body = sample!("donation", "donation_settings.both");
    let offer = answered(DonationSettings::new("2523307"), 200, body).await.output;
    let cash = offer.cash_donate.unwrap();
    let yuan = |fen: &[i64]| fen.iter().copied().map(Money::from_fen).collect::<Vec<_>>();
    assert_eq!(cash.cashs, yuan(&[88, 666, 888, 1888]));
    assert_eq!(cash.cash_min, Some(Money::from_fen(1)));
    let gifts = offer.gift_donate.unwrap();
    assert!(body.contains(r#""price": "666""#));
    assert_eq!(gifts.cash_pays[0].price, Some(Money::from_fen(66_600)));
    assert_eq!(gifts.point_pays[0].price.as_deref(), Some("666"));
}
