//! Claims of a red packet, with the red packet itself.

use serde::{Serialize, Serializer};

use crate::calendar::{ZERO_DATE, beijing};
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::red_packets::{greeting, receive_type, recorded_state};
use crate::vendor::xiaoe::{Endpoint, Xiaoe, ids, paging};
use crate::wire::LooseInteger;
use crate::world::red_packet::RedPacket;
use crate::world::standing::{Claim, Standing};

/// Answers a call for the claims of a red packet, newest first, without a total.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    // The table names it `red_packet_id`, the example `id`.
    let parameters = &call.parameters;
    let id = parameters.text("red_packet_id").or(parameters.text("id"));
    let id = id.ok_or_else(|| {
        refuse(INVALID_PARAMETER, "red_packet_id is required").parameter("red_packet_id")
    })?;
    let Some(packet) = find(xiaoe, call, id) else {
        return Ok(success(
            "success",
            Some(""),
            &Data { send_info: [(); 0], record_list: [(); 0] },
        ));
    };
    let (standing, claims) = packet.served(call.now());
    let (number, size) = paging::asked_for(call);
    let total = i64::try_from(claims.len()).unwrap_or(0);
    let on_page = page::select(claims.iter().rev().copied(), &page::rows(number, size, total));
    let names = Names::of(xiaoe, &packet);
    let data = Data {
        send_info: send_info(&packet, &standing, &names),
        record_list: Records { xiaoe, names: &names, claims: on_page.collect() },
    };
    Ok(success("success", Some(""), &data))
}

fn find(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>, id: &str) -> Option<RedPacket> {
    let room = xiaoe.room(&call.parameters)?;
    let index = xiaoe.red_packet_index(room, id)?;
    let listing = xiaoe.red_packets.listing(room, call.now());
    listing.contains(index).then(|| xiaoe.red_packets.get(room, index))
}

/// Without a red packet both are empty lists, as PHP writes an empty object.
#[derive(Serialize)]
struct Data<S, R> {
    send_info: S,
    record_list: R,
}

/// What the red packet and its claims have in common.
struct Names {
    id: Text,
    order_id: Text,
    sender: i64,
    sender_id: Text,
    resource_id: Text,
    describe_msg: &'static str,
}

impl Names {
    fn of(xiaoe: &Xiaoe, packet: &RedPacket) -> Self {
        let sender = people::host(packet.room);
        Self {
            id: xiaoe.red_packet_id(packet.room, packet.index),
            order_id: xiaoe.order_id(packet),
            sender,
            sender_id: xiaoe.user_id(sender),
            resource_id: xiaoe.resource_id(packet.room),
            describe_msg: greeting(packet.index).unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct SendInfo<'a> {
    id: &'a str,
    app_id: &'static str,
    order_id: &'a str,
    user_id: &'a str,
    resource_id: &'a str,
    resource_type: i64,
    r_type: u8,
    state: u8,
    receive_type: u8,
    money: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    average_price: Option<LooseInteger>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receive_number: Option<i64>,
    after_deduction_money: i64,
    num: i64,
    describe_msg: &'static str,
    created_at: Text,
    refund_money: i64,
    refund_time: Text,
    wx_nickname: &'static str,
    wx_avatar: Text,
}

fn send_info<'a>(packet: &RedPacket, standing: &Standing, names: &'a Names) -> SendInfo<'a> {
    let average_price = packet.average();
    SendInfo {
        id: &names.id,
        app_id: XIAOE_APP_ID,
        order_id: &names.order_id,
        user_id: &names.sender_id,
        resource_id: &names.resource_id,
        resource_type: ids::LIVE,
        r_type: 1,
        state: recorded_state(standing.phase),
        receive_type: receive_type(packet.split),
        money: standing.issued,
        average_price: average_price.map(LooseInteger::Text),
        // The example, a lucky red packet, has neither.
        receive_number: average_price.map(|_| standing.received),
        after_deduction_money: standing.net,
        num: standing.shares,
        describe_msg: names.describe_msg,
        created_at: beijing(packet.created),
        refund_money: standing.refunded,
        refund_time: standing.refunded_at.map_or_else(no_date, beijing),
        wx_nickname: people::nickname(names.sender),
        wx_avatar: people::avatar(names.sender),
    }
}

fn no_date() -> Text {
    let mut date = Text::new();
    date.push_str(ZERO_DATE);
    date
}

/// The claims of a page, written one by one.
struct Records<'a> {
    xiaoe: &'a Xiaoe,
    names: &'a Names,
    claims: Vec<Claim>,
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.claims.iter().map(|claim| self.record(claim)))
    }
}

#[derive(Serialize)]
struct Record<'a> {
    user_id: Text,
    wx_nickname: &'static str,
    wx_avatar: Text,
    created_at: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_svip: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    svip_id: Option<Text>,
    money: i64,
    id: &'a str,
    order_id: &'a str,
    resource_id: &'a str,
    resource_type: i64,
    send_user_id: &'a str,
    describe_msg: &'static str,
    is_optimum_luck: bool,
}

impl Records<'_> {
    fn record(&self, claim: &Claim) -> Record<'_> {
        let names = self.names;
        let is_svip = svip(claim);
        Record {
            user_id: self.xiaoe.user_id(claim.person),
            wx_nickname: people::nickname(claim.person),
            wx_avatar: people::avatar(claim.person),
            created_at: beijing(claim.at),
            is_svip,
            svip_id: is_svip.map(|member| svip_id(claim.person, member)),
            money: claim.amount,
            id: &names.id,
            order_id: &names.order_id,
            resource_id: &names.resource_id,
            resource_type: ids::LIVE,
            send_user_id: &names.sender_id,
            describe_msg: names.describe_msg,
            is_optimum_luck: claim.best_luck,
        }
    }
}

/// Membership; the example's second row says nothing of it.
fn svip(claim: &Claim) -> Option<bool> {
    (claim.ordinal % 2 == 0).then_some(claim.person % 10 == 0)
}

fn svip_id(person: i64, member: bool) -> Text {
    let mut id = Text::new();
    if member {
        id.push_str("svip_");
        id.decimal(person.unsigned_abs(), 6);
    }
    id
}
