//! How income becomes payments for gifts.

use live_rewards_core::{
    ErrorKind, GiftPayment, GiftPaymentKind, GiftPaymentQuery, LiveRewards, Money, Page, RoomKind,
    RoomRef, Timestamp,
};
use live_rewards_http::test_util::{Script, answer, render};
use polyv_live_api::{PolyvClient, PolyvConfig};

use crate::support::builder;

const PAGE: &str =
    include_str!("../../../vendor-specs/specs/polyv/income/samples/income_detail.page.json");

fn channel(id: &str) -> RoomRef {
    RoomRef::new(id, RoomKind::Channel)
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse_china(text).unwrap()
}

/// From 16:00 on one day up to 17:00 on the next.
fn query() -> GiftPaymentQuery {
    GiftPaymentQuery::in_room(channel("1965681"))
        .since(instant("2021-05-24 16:00:00"))
        .until(instant("2021-05-25 17:00:00"))
}

/// A row with so many yuan.
fn row(order: &str, kind: &str, amount: &str, at: &str) -> String {
    let at = instant(at).epoch_ms();
    format!(
        r#"{{"outTradeNo":{order},"payType":"{kind}","amount":{amount},"payTime":{at},"viewerName":"观众","openId":"o"}}"#
    )
}

async fn payments(rows: &[String]) -> Page<GiftPayment> {
    let contents = rows.join(",");
    let body = format!(
        r#"{{"code":200,"data":{{"totalPages":1,"totalItems":{},"contents":[{contents}]}}}}"#,
        rows.len()
    );
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    client.gift_payments_page(&query(), None).await.unwrap()
}

fn orders(page: &Page<GiftPayment>) -> Vec<&str> {
    page.items.iter().map(|payment| payment.order.as_str()).collect()
}

#[tokio::test]
async fn what_was_paid_for_gifts_is_a_payment_and_entry_is_left_out() {
    let script = Script::new([Ok(answer(200, PAGE))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.gift_payments_page(&query(), None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    POST /live/v2/user/475b6884a7/get-income-detail
    content-type: application/x-www-form-urlencoded
    startDate=2021-05-24&endDate=2021-05-25&channelId=1965681&page=1&pageSize=100&appId=g4rqgmmjuo&timestamp=1660272526000&sign=0B6D8B6A4D0EC0482CA8267F6A748BD4
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        GiftPayment {
            order: OrderId(
                "order_1",
            ),
            room: RoomRef {
                id: RoomId(
                    "1965681",
                ),
                kind: Channel,
            },
            kind: Some(
                Gift,
            ),
            payer: Some(
                UserRef {
                    id: UserId(
                        "open_id",
                    ),
                    id_kind: OpenId,
                    nickname: Some(
                        "观众",
                    ),
                },
            ),
            payer_name: Some(
                "观众",
            ),
            quantity: Some(
                1,
            ),
            amount: Money(
                1,
            ),
            at: Timestamp(
                2021-05-24T08:22:41Z,
            ),
        },
        GiftPayment {
            order: OrderId(
                "order_3",
            ),
            room: RoomRef {
                id: RoomId(
                    "1965681",
                ),
                kind: Channel,
            },
            kind: Some(
                Cash,
            ),
            payer: Some(
                UserRef {
                    id: UserId(
                        "open_id",
                    ),
                    id_kind: OpenId,
                    nickname: Some(
                        "观众",
                    ),
                },
            ),
            payer_name: Some(
                "观众",
            ),
            quantity: None,
            amount: Money(
                660,
            ),
            at: Timestamp(
                2021-05-24T08:22:43Z,
            ),
        },
    ]
    "#);
    assert_eq!((page.left_out, page.total), (1, None));
}

#[tokio::test]
async fn only_entry_is_known_to_be_for_no_gift() {
    let at = "2021-05-24 18:00:00";
    let rows = [
        row("\"1\"", "cash", "6.6", at),
        row("\"2\"", "pay", "9.9", at),
        row("\"3\"", "good", "66.60", at),
        row("\"4\"", "subscription", "1", at),
    ];
    let page = payments(&rows).await;
    let kinds: Vec<_> = page
        .items
        .into_iter()
        .map(|payment| (payment.order.to_string(), payment.kind.unwrap(), payment.amount.fen()))
        .collect();
    let unknown = GiftPaymentKind::Unknown("subscription".into());
    let expected = [
        ("1".to_owned(), GiftPaymentKind::Cash, 660),
        ("3".to_owned(), GiftPaymentKind::Gift, 6660),
        ("4".to_owned(), unknown, 100),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(page.left_out, 1);
}

#[tokio::test]
async fn what_lies_outside_the_times_on_their_days_is_left_out() {
    let paid = |order, at| row(order, "cash", "1", at);
    let rows = [
        paid("\"early\"", "2021-05-24 15:59:59"),
        paid("\"first\"", "2021-05-24 16:00:00"),
        paid("\"last\"", "2021-05-25 17:00:00"),
        paid("\"late\"", "2021-05-25 17:00:01"),
    ];
    let page = payments(&rows).await;
    assert_eq!(orders(&page), ["first", "last"]);
    assert_eq!((page.left_out, page.total), (2, None));
}

#[tokio::test]
async fn a_row_without_order_number_or_with_parts_of_a_fen_is_rejected_in_its_place() {
    let at = "2021-05-24 18:00:00";
    let rows = [
        row("\"1\"", "cash", "6.666", at),
        row("2", "cash", "0.01", at),
        row("null", "cash", "1", at),
        row("\"\"", "cash", "1", at),
        row("\"5\"", "pay", "1", at),
    ];
    let page = payments(&rows).await;
    assert_eq!(orders(&page), ["2"]);
    assert_eq!(page.items[0].amount, Money::from_fen(1));
    let rejected: Vec<_> = page.rejected.iter().map(|row| row.position).collect();
    assert_eq!((rejected, page.left_out), (vec![0, 2, 3], 1));
    assert_eq!(page.rejected[1].raw, rows[2]);
}

#[tokio::test]
async fn who_paid_without_an_id_keeps_the_name_and_another_channel_its_row() {
    let nobody = row("\"1\"", "cash", "1", "2021-05-24 18:00:00");
    let nobody = nobody.replace(r#""openId":"o""#, r#""openId":null,"channelId":7"#);
    let payment = payments(&[nobody]).await.items.remove(0);
    assert_eq!((payment.payer, payment.payer_name.as_deref()), (None, Some("观众")));
    assert_eq!(payment.room, channel("7"));
}

#[tokio::test]
async fn a_channel_and_times_must_be_said() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    let of = |room| {
        let mut query = query();
        query.room = room;
        query
    };
    for query in [
        GiftPaymentQuery::in_room(channel("1965681")),
        GiftPaymentQuery::in_room(channel("1965681")).since(instant("2021-05-24 16:00:00")),
        // For both the vendor would answer for all channels.
        of(channel("0")),
        of(channel("")),
        of(RoomRef::new("1965681", RoomKind::Live)),
    ] {
        let error = client.gift_payments_page(&query, None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{query:?}");
    }
    assert!(script.transport.requests().is_empty());
}

#[tokio::test]
async fn without_the_live_account_payments_are_no_capability() {
    for config in [PolyvConfig::new("a", "s"), PolyvConfig::new("a", "s").live_account("")] {
        let script = Script::new([]);
        let client = script.direct(PolyvClient::builder(config)).build().unwrap();
        assert_eq!(client.capabilities().gift_payments, None);
        let error = client.gift_payments_page(&query(), None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("POLYV_LIVE_ACCOUNT"), "{error}");
    }
    let client = Script::new([]).direct(builder()).build().unwrap();
    assert!(client.capabilities().gift_payments.is_some_and(|listing| !listing.total));
}
