use std::collections::HashMap;

use live_rewards_core::{Amount, Keyed, Points, Vendor};
use live_rewards_ledger::{Column, ColumnType, Record, Value};

use crate::records::{
    bare_claim, bare_gift, bare_gift_payment, bare_points_account, bare_points_entry, bare_prize,
    bare_prize_activity, bare_red_packet, bare_red_packet_summary, bare_room, bare_session,
    full_claim, full_gift, full_gift_payment, full_points_account, full_points_entry, full_prize,
    full_prize_activity, full_red_packet, full_red_packet_summary, full_room, full_session,
};

/// The row's columns with their values.
fn row<R: Record>(record: &R) -> Vec<(&'static Column, Value<'_>)> {
    let (columns, values) = (R::TABLE.columns, record.row(Vendor::Xiaoe));
    assert_eq!(values.len(), columns.len());
    columns.iter().zip(values).collect()
}

fn fits(kind: ColumnType, value: &Value<'_>) -> bool {
    matches!(
        (kind, value),
        (ColumnType::Text, Value::Text(_))
            | (ColumnType::Integer, Value::Integer(_))
            | (ColumnType::Fen, Value::Money(_))
            | (ColumnType::Points, Value::Points(_))
            | (ColumnType::Flag, Value::Flag(_))
            | (ColumnType::Time, Value::Time(_))
    )
}

/// Checks a record of which all is known, and one of which nothing is known that can be unknown.
fn check(full: &impl Record, bare: &impl Record) {
    let mut forms = HashMap::<&str, usize>::new();
    for (column, value) in row(full) {
        match column.form_of {
            Some(form_of) => {
                *forms.entry(form_of).or_default() += usize::from(value != Value::Null);
            }
            None => assert!(fits(column.kind, &value), "{}: {value:?}", column.name),
        }
    }
    assert!(forms.values().all(|forms| *forms == 1), "{forms:?}");
    for (column, value) in row(bare) {
        assert!(
            fits(column.kind, &value) || (value == Value::Null && !column.required),
            "{}: {value:?}",
            column.name
        );
    }
}

/// A line a column, `name=value`.
fn lines(record: &impl Record) -> String {
    let lines: Vec<String> = row(record)
        .into_iter()
        .map(|(column, value)| {
            let value = match value {
                Value::Null => "-".to_owned(),
                Value::Text(text) => text.into_owned(),
                Value::Integer(number) => number.to_string(),
                Value::Money(money) => format!("{} fen", money.fen()),
                Value::Points(points) => format!("{points} points"),
                Value::Flag(flag) => flag.to_string(),
                Value::Time(time) => time.to_string(),
                other => panic!("{}: {other:?}", column.name),
            };
            format!("{}={value}", column.name)
        })
        .collect();
    lines.join("\n")
}

#[test]
fn values_are_of_their_columns_types_and_missing_only_where_they_may_be() {
    check(&full_red_packet(), &bare_red_packet());
    check(&full_claim(), &bare_claim());
    check(&full_gift(), &bare_gift());
    check(&full_gift_payment(), &bare_gift_payment());
    check(&full_points_account(), &bare_points_account());
    check(&full_room(), &bare_room());
    check(&full_session(), &bare_session());
    check(&full_prize_activity(), &bare_prize_activity());
    check(&full_prize(), &bare_prize());
    check(&full_points_entry(), &bare_points_entry());
    check(&full_red_packet_summary(), &bare_red_packet_summary());
}

#[test]
fn red_packet() {
    insta::assert_snapshot!(lines(&full_red_packet()), @r"
    vendor=xiaoe
    red_packet_id=packet-1
    room_id=room-1
    room_kind=live
    session_id=session-1
    order_id=order-1
    sender_id=user-1
    sender_id_kind=vendor_user
    sender_nickname=小鱼
    kind=rain
    split=equal
    state=expired
    message=恭喜发财
    issued_fen=5000 fen
    net_fen=4970 fen
    remaining_fen=970 fen
    refund=done
    refund_fen=900 fen
    refunded_at=2023-11-14T22:13:22Z
    share_count=10
    claimed_count=8
    share_raw=497
    created_at=2023-11-14T22:13:21Z
    ");
}

#[test]
fn claim() {
    insta::assert_snapshot!(lines(&full_claim()), @r"
    vendor=xiaoe
    red_packet_id=packet-1
    user_id=user-1
    claimed_at=2023-11-14T22:13:21Z
    ordinal=3
    room_id=room-1
    room_kind=live
    session_id=session-1
    user_id_kind=vendor_user
    user_nickname=小鱼
    amount_fen=497 fen
    best_luck=true
    order_id=order-1
    ");
}

#[test]
fn gift() {
    insta::assert_snapshot!(lines(&full_gift()), @r"
    vendor=xiaoe
    gift_key=record|session-1|record-1
    room_id=room-1
    room_kind=live
    session_id=session-1
    record_id=record-1
    giver_id=user-1
    giver_id_kind=vendor_user
    giver_nickname=小鱼
    receiver_ids=user-2 user-3
    item_id=item-1
    item_name=火箭
    quantity=2
    unit_price_fen=500 fen
    unit_price_points=-
    unit_price_unstated=-
    list_value_fen=-
    list_value_points=1000 points
    list_value_unstated=-
    charged_fen=-
    charged_points=-
    charged_unstated=900.5
    line_points=20 points
    given_at=2023-11-14T22:13:21Z
    ordinal=3
    ");
}

#[test]
fn gift_payment() {
    insta::assert_snapshot!(lines(&full_gift_payment()), @r"
    vendor=xiaoe
    order_id=order-1
    room_id=room-1
    room_kind=live
    kind=gift
    payer_id=open-1
    payer_id_kind=open_id
    payer_name=小鱼
    quantity=2
    amount_fen=6660 fen
    paid_at=2023-11-14T22:13:21Z
    ");
}

#[test]
fn points_account() {
    insta::assert_snapshot!(lines(&full_points_account()), @r"
    vendor=xiaoe
    user_id=user-1
    user_id_kind=vendor_user
    user_nickname=小鱼
    available=10 points
    frozen=20 points
    reported_total=35 points
    first_earned_at=2023-11-14T22:13:21Z
    ");
}

#[test]
fn room() {
    insta::assert_snapshot!(lines(&full_room()), @r"
    vendor=xiaoe
    room_kind=live
    room_id=room-1
    name=新品发布
    starts_at=2023-11-14T22:13:21Z
    state_raw=Y
    ");
}

#[test]
fn session() {
    insta::assert_snapshot!(lines(&full_session()), @r"
    vendor=xiaoe
    room_id=room-1
    session_id=session-1
    room_kind=live
    name=第一场
    started_at=2023-11-14T22:13:21Z
    ended_at=2023-11-14T22:13:22Z
    ");
}

#[test]
fn prize_activity() {
    insta::assert_snapshot!(lines(&full_prize_activity()), @r"
    vendor=xiaoe
    kind=lottery
    activity_id=activity-1
    room_id=room-1
    room_kind=live
    session_id=session-1
    name=抽奖
    planned=10
    winners=9
    starts_at=2023-11-14T22:13:21Z
    ends_at=2023-11-14T22:13:22Z
    ");
}

#[test]
fn prize() {
    insta::assert_snapshot!(lines(&full_prize()), @r"
    vendor=xiaoe
    prize_key=record|task|activity-1|record-1
    record_id=record-1
    activity_id=activity-1
    kind=task
    room_id=room-1
    room_kind=live
    session_id=session-1
    task=分享
    user_id=user-1
    user_id_kind=vendor_user
    user_nickname=小鱼
    name=现金
    value_fen=188 fen
    value_points=-
    value_unstated=-
    state=issued
    code=code-1
    won_at=2023-11-14T22:13:21Z
    ordinal=3
    ");
}

#[test]
fn points_entry() {
    insta::assert_snapshot!(lines(&full_points_entry()), @r"
    vendor=xiaoe
    entry_key=flow|user-1|entry-1
    entry_id=entry-1
    user_id=user-1
    user_id_kind=vendor_user
    user_nickname=小鱼
    kind=spent
    change=5 points
    balance_after=95 points
    business=LEARN_TASK
    business_id=business-1
    reason=兑换
    order_id=order-1
    freeze_days=7
    entered_at=2023-11-14T22:13:21Z
    ordinal=3
    ");
}

#[test]
fn red_packet_summary() {
    insta::assert_snapshot!(lines(&full_red_packet_summary()), @r"
    vendor=xiaoe
    room_kind=live
    room_id=room-1
    rounds=2
    number=20
    issued_fen=1000 fen
    net_fen=994 fen
    claimed_count=18
    ");
}

#[test]
fn keys_of_facts() {
    let mut gift = full_gift();
    gift.record_id = None;
    gift.item.name = Some("a|b".to_owned());
    insta::assert_snapshot!(key(&gift), @r"facts|room-1|session-1|user-1|1700000001000|unstated|a\|b|900.5|3");
    insta::assert_snapshot!(key(&bare_gift()), @"facts|||user-1|1700000001000||||0");
    insta::assert_snapshot!(key(&bare_prize()), @"facts|task|activity-1||user-1|0");
    insta::assert_snapshot!(key(&bare_points_entry()), @"facts|user-1|1700000001000||spent|5|0");
}

/// The value of the first column that is part of the key within an account.
fn key(record: &impl Record) -> String {
    match row(record).swap_remove(1) {
        (column, Value::Text(key)) if column.key => key.into_owned(),
        other => panic!("{other:?}"),
    }
}

/// Each change of a record that changes its key in the model, and no other one, changes its key in the table.
fn follows<R: Record + Keyed + Clone>(record: &R, changes: &[fn(&mut R)]) {
    for (number, change) in changes.iter().enumerate() {
        let mut other = record.clone();
        change(&mut other);
        let is_same = other.key() == record.key();
        assert_eq!(key(&other) == key(record), is_same, "change {number}");
    }
}

#[test]
fn keys_follow_those_of_the_model() {
    let gift_changes: &[fn(&mut live_rewards_core::Gift)] = &[
        |gift| gift.record_id = Some("record-2".into()),
        |gift| gift.room = None,
        |gift| gift.session = Some("session-2".into()),
        |gift| gift.giver.id = "user-9".into(),
        |gift| gift.giver.nickname = None,
        |gift| gift.item.id = None,
        |gift| gift.item.name = Some("飞机".to_owned()),
        |gift| gift.quantity = Some(7),
        |gift| gift.charged = Some(Amount::Points(Points::new(901))),
        |gift| gift.charged = Some(Amount::Unstated("901".into())),
        |gift| gift.list_value = None,
        |gift| gift.at = full_session().ended_at.unwrap(),
        |gift| gift.ordinal = 4,
    ];
    let mut without_id = full_gift();
    without_id.record_id = None;
    follows(&full_gift(), gift_changes);
    follows(&without_id, gift_changes);

    let prize_changes: &[fn(&mut live_rewards_core::Prize)] = &[
        |prize| prize.record_id = Some("record-2".into()),
        |prize| prize.activity = "activity-2".into(),
        |prize| prize.kind = live_rewards_core::PrizeKind::LuckyBag,
        |prize| prize.task = Some("签到".to_owned()),
        |prize| prize.user.id = "user-9".into(),
        |prize| prize.value = None,
        |prize| prize.at = None,
        |prize| prize.ordinal = 4,
    ];
    let mut without_id = full_prize();
    without_id.record_id = None;
    follows(&full_prize(), prize_changes);
    follows(&without_id, prize_changes);

    let entry_changes: &[fn(&mut live_rewards_core::PointsEntry)] = &[
        |entry| entry.id = Some("entry-2".into()),
        |entry| entry.user.id = "user-9".into(),
        |entry| entry.at = full_session().ended_at.unwrap(),
        |entry| entry.business_id = None,
        |entry| entry.kind = live_rewards_core::PointsEntryKind::Earned,
        |entry| entry.change = Points::new(6),
        |entry| entry.reason = None,
        |entry| entry.ordinal = 4,
    ];
    let mut without_id = full_points_entry();
    without_id.id = None;
    follows(&full_points_entry(), entry_changes);
    follows(&without_id, entry_changes);
}
