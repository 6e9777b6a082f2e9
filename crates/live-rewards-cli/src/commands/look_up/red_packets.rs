use live_rewards::{LiveRewardsExt, Money, OpenEnum, RedPacket, RedPacketQuery, Refund};

use super::{Bounds, ForPeople, Output, Source, person, word};
use crate::{
    arguments::RedPackets,
    failure::Failure,
    language::say,
    sheet::{Cell, Sheet},
};

pub(crate) async fn run(arguments: &RedPackets) -> Result<(), Failure> {
    let bounds = Bounds::of(arguments.times)?;
    let source = Source::open(&arguments.whose)?;
    let listing = source.offered::<RedPacket, _>(source.rewards.capabilities().red_packets)?;
    let rooms = source.rooms(&arguments.rooms)?;
    let mut output = Output::new::<RedPacket>(&source, arguments.rows);
    for room in rooms {
        let mut query = RedPacketQuery::new(room.clone()).read_ahead(source.read_ahead);
        query.page_size = arguments.rows.page_size;
        [query.since, query.until] = bounds.asked(&listing);
        let rows = source.rewards.red_packets(query);
        let is_wanted = |packet: &RedPacket| bounds.hold(packet.created_at);
        if output.write(&source.room(&room), rows, is_wanted).await?.is_break() {
            break;
        }
    }
    output.finish()
}

impl ForPeople for RedPacket {
    fn plural() -> String {
        say!("red packets", "红包")
    }

    fn sheet() -> Sheet {
        Sheet::new("red_packets")
            .column("created_at", say!("Sent (Beijing)", "发送（北京时间）"))
            .column("room_id", say!("Room", "直播间"))
            .column("red_packet_id", say!("Red packet", "红包"))
            .column("sender", say!("Sender", "发送人"))
            .column("issued_fen", say!("Issued ¥", "发放（元）"))
            .column("remaining_fen", say!("Left ¥", "剩余（元）"))
            .column("refund_fen", say!("Refunded ¥", "退款（元）"))
            .column("claimed", say!("Claimed", "已领个数"))
            .column("state", say!("State", "状态"))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.created_at.into(),
            self.room.id.as_str().into(),
            self.id.as_str().into(),
            self.sender.as_ref().map(person).into(),
            self.issued.into(),
            self.remaining.into(),
            refunded(self.refund),
            claimed(self.claimed_count, self.count),
            self.state.as_ref().map(|state| word::<Self>("state", state.label())).into(),
        ]
    }
}

fn refunded(refund: Refund) -> Cell {
    match refund {
        Refund::None => Money::ZERO.into(),
        Refund::Pending => word::<RedPacket>("refund", refund.as_str()).into(),
        Refund::Done { amount: Some(amount), .. } => amount.into(),
        Refund::Done { amount: None, .. } => say!("not said how much", "金额未提供").into(),
        _ => Cell::Nothing,
    }
}

/// How many shares of how many.
fn claimed(claimed: Option<u64>, count: Option<u64>) -> Cell {
    match (claimed, count) {
        (None, None) => Cell::Nothing,
        (Some(claimed), None) => claimed.into(),
        (None, Some(count)) => format!("–/{count}").into(),
        (Some(claimed), Some(count)) => format!("{claimed}/{count}").into(),
    }
}
