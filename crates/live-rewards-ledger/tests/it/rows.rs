use live_rewards_core::{Amount, Money, Vendor};
use live_rewards_ledger::{Column, ColumnType, Record, Value};

use crate::records::{
    bare_claim, bare_gift, bare_points_account, bare_red_packet, full_claim, full_gift,
    full_points_account, full_red_packet,
};

/// The row's columns with their values.
fn row<R: Record>(record: &R) -> Vec<(&'static Column, Value)> {
    let (columns, values) = (R::TABLE.columns, record.row(Vendor::Xiaoe));
    assert_eq!(values.len(), columns.len());
    columns.iter().zip(values).collect()
}

fn fits(kind: ColumnType, value: &Value) -> bool {
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
    for (column, value) in row(full) {
        assert!(fits(column.kind, &value), "{}: {value:?}", column.name);
    }
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
                Value::Text(text) => text,
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
    check(&full_points_account(), &bare_points_account());
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
    unit_price=500
    list_value=1000
    charged=900
    unit=points
    line_points=20 points
    given_at=2023-11-14T22:13:21Z
    ordinal=3
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
fn a_gift_paid_in_money_has_yuan_and_says_so() {
    let mut gift = bare_gift();
    gift.charged = Some(Amount::Money(Money::from_fen(1234)));
    let value = |name: &str| row(&gift).into_iter().find(|(column, _)| column.name == name);
    assert_eq!(value("charged").unwrap().1, Value::Text("12.34".to_owned()));
    assert_eq!(value("unit").unwrap().1, Value::Text("cny".to_owned()));
}
