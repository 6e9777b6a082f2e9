use live_rewards_core::{
    Amount, Gift, GiftItem, Points, Prize, PrizeKind, PrizeState, UserIdKind, UserRef,
};

use super::*;
use crate::{
    GiftSums, GiftTop, PrizeSums,
    test_util::{claim, room, synced},
};

fn gift(name: Option<&str>, seconds: i64, list: Amount, charged: Amount) -> Gift {
    let giver = UserRef::new("g", UserIdKind::Viewer);
    let mut gift = Gift::new(giver, GiftItem::new(None, name.map(str::to_owned)), at(seconds));
    gift.list_value = Some(list);
    gift.charged = Some(charged);
    gift.quantity = Some(2);
    gift
}

fn yuan(amount: i64) -> Amount {
    Amount::Money(fen(amount * 100))
}

fn points(amount: i64) -> Amount {
    Amount::Points(Points::new(amount))
}

fn prize(activity: &str, value: Amount, state: Option<PrizeState>, seconds: Option<i64>) -> Prize {
    let user = UserRef::new("w", UserIdKind::Viewer);
    let mut prize = Prize::new(activity.into(), PrizeKind::Task, user);
    prize.value = Some(value);
    prize.state = state;
    prize.at = seconds.map(at);
    prize
}

#[test]
fn gifts_are_added_up_in_their_units() {
    let (_folder, mut ledger, stamp) = synced();
    assert_eq!(ledger.gift_sums(&all()).unwrap(), GiftSums::default());
    let unstated = || Amount::Unstated("1.5".into());
    let mut nameless = gift(None, 4, points(1), unstated());
    nameless.quantity = None;
    let gifts = [
        gift(Some("rocket"), 1, yuan(3), yuan(2)),
        gift(Some("rocket"), 20 * DAY, yuan(4), yuan(4)),
        gift(Some("rose"), 2, points(50), points(40)),
        gift(Some("star"), 3, unstated(), unstated()),
        nameless,
    ];
    write(&mut ledger, &stamp, &gifts);
    let sums = GiftSums {
        gifts: 5,
        list_money: fen(700),
        charged_money: fen(600),
        list_points: Points::new(51),
        charged_points: Points::new(40),
        unstated: 2,
    };
    assert_eq!(ledger.gift_sums(&all()).unwrap(), sums);
    let top = |most| -> Vec<(String, u64, u64)> {
        let gifts = ledger.top_gifts(&all(), most).unwrap().into_iter();
        gifts.map(|GiftTop { name, gifts, quantity, .. }| (name, gifts, quantity)).collect()
    };
    let expected = [("rocket", 2, 4), ("rose", 1, 2), ("", 1, 0), ("star", 1, 2)];
    assert_eq!(top(9), expected.map(|(name, gifts, quantity)| (name.to_owned(), gifts, quantity)));
    assert_eq!(top(1).len(), 1);
    let months = ledger.sums_by_month(&all()).unwrap();
    let of_months: Vec<_> =
        months.iter().map(|month| (month.month.to_string(), month.gifts.gifts)).collect();
    assert_eq!(of_months, [("2023-11".to_owned(), 4), ("2023-12".to_owned(), 1)]);
    let both = months[0].gifts.checked_add(months[1].gifts);
    assert_eq!(both, Some(sums));
}

#[test]
fn prizes_count_unless_they_were_not_handed_out() {
    let (_folder, mut ledger, stamp) = synced();
    let prizes = [
        prize("1", yuan(1), Some(PrizeState::Issued), Some(1)),
        prize("2", yuan(2), None, None),
        prize("3", yuan(4), Some(PrizeState::Failed), Some(1)),
        prize("4", points(8), Some(PrizeState::Pending), Some(20 * DAY)),
        prize("5", Amount::Unstated("16".into()), Some(PrizeState::QuotaFull), Some(1)),
        prize("6", Amount::Unstated("32".into()), Some(PrizeState::Issued), Some(1)),
    ];
    write(&mut ledger, &stamp, &prizes);
    let sums = |prizes, money, points, unstated| PrizeSums {
        prizes,
        money: fen(money),
        points: Points::new(points),
        unstated,
    };
    assert_eq!(ledger.prize_sums(&all()).unwrap(), sums(4, 300, 8, 1));
    let timed = Selection { since: Some(at(0)), ..all() };
    assert_eq!(ledger.prize_sums(&timed).unwrap(), sums(3, 100, 8, 1));
    let months = ledger.sums_by_month(&all()).unwrap();
    let of_months: Vec<_> = months.iter().map(|month| month.prizes).collect();
    assert_eq!(of_months, [sums(2, 100, 0, 1), sums(1, 0, 8, 0)]);
}

#[test]
fn a_month_has_all_rewards_of_its_account() {
    let (_folder, mut ledger, stamp) = synced();
    let other = other(&mut ledger, &stamp);
    write(&mut ledger, &stamp, &[packet("p", room(), 0)]);
    write(&mut ledger, &stamp, &[gift(Some("rose"), 20 * DAY, points(1), points(1))]);
    write(&mut ledger, &other, &[prize("1", yuan(1), None, Some(1))]);
    let months: Vec<_> = ledger
        .sums_by_month(&all())
        .unwrap()
        .iter()
        .map(|sums| {
            let counts = [sums.packets.packets, sums.gifts.gifts, sums.prizes.prizes];
            (sums.account, sums.month.to_string(), counts)
        })
        .collect();
    assert_eq!(
        months,
        [
            (stamp.account, "2023-11".to_owned(), [1, 0, 0]),
            (stamp.account, "2023-12".to_owned(), [0, 1, 0]),
            (other.account, "2023-11".to_owned(), [0, 0, 1]),
        ]
    );
}

#[test]
fn claim_amounts_are_of_the_claims_of_a_time() {
    let (_folder, mut ledger, stamp) = synced();
    let empty = ledger.claim_amounts(&all()).unwrap();
    assert_eq!((empty.claims, empty.total, empty.buckets.len()), (0, fen(0), 9));
    let claims = [
        claim("p", "u", 1, 30),
        claim("p", "v", 1, 30),
        claim("q", "u", 2, 8),
        claim("q", "v", 9, 99),
    ];
    write(&mut ledger, &stamp, &claims);
    let early = Selection { until: Some(at(9)), ..all() };
    let amounts = ledger.claim_amounts(&early).unwrap();
    assert_eq!((amounts.claims, amounts.total), (3, fen(68)));
    assert_eq!([amounts.smallest, amounts.median, amounts.largest], [fen(8), fen(30), fen(30)]);
}
