use askama::Template;
use live_rewards_core::Points;
use live_rewards_ledger::{GiftTop, PacketSums, RoomSums};

use super::{
    context::{Context, room_name},
    numbers::{count, points, share, whole, yuan},
    plain::Plain,
    svg::{Across, Scale},
    text::Text,
};

/// The rooms with the most money and the gifts that are given most.
#[derive(Debug, Template)]
#[template(path = "report/top.html", whitespace = "minimize")]
pub(super) struct Top {
    t: &'static Text,
    has_accounts: bool,
    rooms: Vec<Room>,
    gifts: Vec<Gift>,
}

#[derive(Debug)]
struct Room {
    account: Option<Plain>,
    name: Plain,
    bar: Across,
    packets: String,
    issued: String,
    share: String,
    claimed: String,
    refunded: String,
    difference: String,
    is_differing: bool,
}

#[derive(Debug)]
struct Gift {
    name: Plain,
    bar: Across,
    given: String,
    quantity: String,
    money: String,
    points: String,
}

pub(super) const MOST_ROOMS: usize = 10;
pub(super) const MOST_GIFTS: usize = 10;

impl Top {
    /// Nothing if there are neither rooms nor gifts.
    pub(super) fn new(
        context: &Context<'_>,
        sums: &PacketSums,
        rooms: &[RoomSums],
        gifts: &[GiftTop],
    ) -> Option<Self> {
        if rooms.is_empty() && gifts.is_empty() {
            return None;
        }
        let by_money = Scale::of(rooms.iter().map(|room| room.packets.issued.fen()));
        let by_number = Scale::of(gifts.iter().map(|gift| whole(gift.gifts)));
        Some(Self {
            t: context.t,
            has_accounts: context.has_many_accounts(),
            rooms: rooms.iter().map(|room| of_room(context, sums, room, by_money)).collect(),
            gifts: gifts.iter().map(|gift| of_gift(gift, by_number)).collect(),
        })
    }
}

fn of_room(context: &Context<'_>, sums: &PacketSums, room: &RoomSums, scale: Scale) -> Room {
    let of = &room.packets;
    Room {
        account: context.account_of_many(room.account),
        name: room_name(room.title.as_deref(), &room.room),
        bar: scale.at(of.issued.fen().into()),
        packets: count(of.packets),
        issued: yuan(of.issued),
        share: share(of.issued.fen(), sums.issued.fen()).unwrap_or_default(),
        claimed: yuan(of.claimed),
        refunded: yuan(of.refunded),
        difference: yuan(of.difference),
        is_differing: of.differing > 0,
    }
}

fn of_gift(gift: &GiftTop, scale: Scale) -> Gift {
    let charged = gift.charged_points;
    Gift {
        name: Plain::name(if gift.name.trim().is_empty() { "–" } else { &gift.name }),
        bar: scale.at(whole(gift.gifts).into()),
        given: count(gift.gifts),
        quantity: count(gift.quantity),
        money: yuan(gift.charged_money),
        points: if charged == Points::ZERO { String::new() } else { points(charged) },
    }
}
