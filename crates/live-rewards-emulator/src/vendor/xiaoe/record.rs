//! Claims of a red packet, with the red packet itself.

use serde::Serialize;

use crate::calendar::{ZERO_DATE, beijing};
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::split::Split;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::red_packets::{average_price, greeting, receive_type, recorded_state};
use crate::vendor::xiaoe::{Endpoint, Xiaoe, ids, paging};
use crate::wire::LooseInteger;
use crate::world::red_packet::{Claim, RedPacket};

/// Answers a call for the claims of a red packet, newest first, without a total.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    // The table names it `red_packet_id`, the example `id`.
    let parameters = &call.parameters;
    let id = parameters.text("red_packet_id").or(parameters.text("id"));
    let id = id.ok_or_else(|| refuse(INVALID_PARAMETER, "red_packet_id is required"))?;
    let Some(packet) = find(xiaoe, call, id) else {
        return Ok(success("success", Some(""), &Data::<[(); 0]>::default()));
    };
    let names = Names::of(xiaoe, &packet);
    let claims: Vec<Claim> = packet.claims(call.now()).collect();
    let best = best_luck(&packet, &claims);
    let (number, size) = paging::asked_for(call);
    let total = i64::try_from(claims.len()).unwrap_or(0);
    let on_page = page::select(claims.iter().rev(), &page::rows(number, size, total));
    let data = Data {
        send_info: send_info(&packet, &names, call.now()),
        record_list: on_page
            .map(|claim| record(xiaoe, &packet, &names, *claim, best))
            .collect(),
    };
    Ok(success("success", Some(""), &data))
}

fn find(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>, id: &str) -> Option<RedPacket> {
    let room = xiaoe.room(&call.parameters)?;
    let index = xiaoe.red_packet_index(room, id)?;
    let visible = xiaoe.red_packets.visible(room, call.now());
    visible
        .contains(&index)
        .then(|| xiaoe.red_packets.get(room, index))
}

/// Ordinal of the largest claim so far, the earliest if there are several; none where all are
/// equal.
fn best_luck(packet: &RedPacket, claims: &[Claim]) -> Option<i64> {
    if packet.split == Split::Equal {
        return None;
    }
    let largest = claims.iter().map(|claim| claim.amount).max()?;
    claims
        .iter()
        .find(|claim| claim.amount == largest)
        .map(|claim| claim.ordinal)
}

/// Without a red packet both are empty lists, as PHP writes an empty object.
#[derive(Default, Serialize)]
struct Data<'a, S> {
    send_info: S,
    record_list: Vec<Record<'a>>,
}

/// Ids that the red packet and its claims have in common.
struct Names {
    id: String,
    order_id: String,
    sender_id: String,
    resource_id: String,
}

impl Names {
    fn of(xiaoe: &Xiaoe, packet: &RedPacket) -> Self {
        Self {
            id: xiaoe.red_packet_id(packet.room, packet.index),
            order_id: xiaoe.order_id(packet),
            sender_id: xiaoe.user_id(people::host(packet.room)),
            resource_id: xiaoe.resource_id(packet.room),
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
    created_at: String,
    refund_money: i64,
    refund_time: String,
    wx_nickname: &'static str,
    wx_avatar: String,
}

fn send_info<'a>(packet: &RedPacket, names: &'a Names, now: i64) -> SendInfo<'a> {
    let state = packet.state(now);
    let sender = people::host(packet.room);
    let average_price = average_price(packet);
    SendInfo {
        id: &names.id,
        app_id: XIAOE_APP_ID,
        order_id: &names.order_id,
        user_id: &names.sender_id,
        resource_id: &names.resource_id,
        resource_type: ids::LIVE,
        r_type: 1,
        state: recorded_state(state.phase),
        receive_type: receive_type(packet.split),
        money: packet.issued,
        average_price: average_price.map(LooseInteger::Text),
        // The example, a lucky red packet, has neither.
        receive_number: average_price.map(|_| state.claims),
        after_deduction_money: packet.net,
        num: packet.shares,
        describe_msg: greeting(packet).unwrap_or_default(),
        created_at: beijing(packet.created),
        refund_money: state.refunded(packet),
        refund_time: state
            .refunded_at
            .map_or_else(|| ZERO_DATE.to_owned(), beijing),
        wx_nickname: people::nickname(sender),
        wx_avatar: people::avatar(sender),
    }
}

#[derive(Serialize)]
struct Record<'a> {
    user_id: String,
    wx_nickname: &'static str,
    wx_avatar: String,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_svip: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    svip_id: Option<String>,
    money: i64,
    id: &'a str,
    order_id: &'a str,
    resource_id: &'a str,
    resource_type: i64,
    send_user_id: &'a str,
    describe_msg: &'static str,
    is_optimum_luck: bool,
}

fn record<'a>(
    xiaoe: &Xiaoe,
    packet: &RedPacket,
    names: &'a Names,
    claim: Claim,
    best: Option<i64>,
) -> Record<'a> {
    let is_svip = svip(claim);
    Record {
        user_id: xiaoe.user_id(claim.person),
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
        describe_msg: greeting(packet).unwrap_or_default(),
        is_optimum_luck: best == Some(claim.ordinal),
    }
}

/// Membership; the example's second row says nothing of it.
fn svip(claim: Claim) -> Option<bool> {
    (claim.ordinal % 2 == 0).then_some(claim.person % 10 == 0)
}

fn svip_id(person: i64, member: bool) -> String {
    if member {
        format!("svip_{person:06}")
    } else {
        String::new()
    }
}
