use std::future::ready;

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use live_rewards::{
    Claim, ClaimQuery, ClaimSource, Error, ErrorKind, LiveRewardsExt, RedPacketId, RedPacketQuery,
    RejectedRow, Result, RoomRef,
};

use super::{ForPeople, Output, Source};
use crate::{
    arguments::{Claims, Rows},
    failure::Failure,
    language::say,
    sheet::{Cell, Sheet},
};

pub(crate) async fn run(arguments: &Claims) -> Result<(), Failure> {
    let source = Source::open(&arguments.whose)?;
    let way = source.offered::<Claim, _>(source.rewards.capabilities().claims)?;
    let rooms = source.rooms(&arguments.rooms)?;
    let mut output = Output::new::<Claim>(&source, arguments.rows);
    match (&arguments.red_packet, rooms.as_slice()) {
        (None, rooms) => {
            for room in rooms {
                let rows = source.rewards.claims(red_packets(&source, room, arguments.rows));
                if output.write(&source.room(room), rows, |_| true).await?.is_break() {
                    break;
                }
            }
        }
        (Some(id), [room]) => {
            let id = RedPacketId::from(id.trim());
            of_red_packet(&source, way, room, id, arguments.rows, &mut output).await?;
        }
        (Some(_), _) => {
            return Err(Failure::usage(say!(
                "a red packet belongs to one room; give --room one id",
                "一个红包只属于一个直播间；--room 请只给一个 ID"
            )));
        }
    }
    output.finish()
}

/// Writes the claims of one red packet.
async fn of_red_packet(
    source: &Source,
    way: ClaimSource,
    room: &RoomRef,
    id: RedPacketId,
    rows: Rows,
    output: &mut Output,
) -> Result<(), Failure> {
    let whose = source.room(room);
    if let ClaimSource::ByPacket(_) = way {
        let mut query = ClaimQuery::new(room.clone(), id).read_ahead(source.read_ahead);
        query.page_size = rows.page_size;
        let pages = source.rewards.claim_pages(query, None);
        return output.write(&whose, claims(pages), |_| true).await.map(drop);
    }
    let pages = source.rewards.claim_pages_in_room(red_packets(source, room, rows), None);
    let is_it = move |claims: &live_rewards::Claims| {
        ready(claims.red_packet.as_ref().is_some_and(|packet| packet.id == id))
    };
    output.write(&whose, claims(first(pages.try_filter(is_it))), |_| true).await.map(drop)
}

fn red_packets(source: &Source, room: &RoomRef, rows: Rows) -> RedPacketQuery {
    let mut query = RedPacketQuery::new(room.clone()).read_ahead(source.read_ahead);
    query.page_size = rows.page_size;
    query
}

/// Up to the first that is no error, without asking for more.
fn first<'a, T: Send + 'a>(
    pages: impl Stream<Item = Result<T>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    stream::unfold(Some(pages.boxed()), |pages| async move {
        let mut pages = pages?;
        let page = pages.next().await?;
        let is_last = page.is_ok();
        Some((page, (!is_last).then_some(pages)))
    })
}

/// The claims of pages, and an error for each row that can't be read.
fn claims<'a>(
    pages: impl Stream<Item = Result<live_rewards::Claims>> + Send + 'a,
) -> impl Stream<Item = Result<Claim>> + Send + 'a {
    let mut is_told = false;
    pages.flat_map(move |page| {
        stream::iter(match page {
            Ok(live_rewards::Claims { rejected, page, .. }) => {
                // Each page of a red packet's claims brings it again.
                let beside = rejected.filter(|_| !is_told);
                is_told |= beside.is_some();
                let rejected = beside.into_iter().chain(page.rejected);
                let errors = rejected.map(|row| Err(rejection(&row)));
                errors.chain(page.items.into_iter().map(Ok)).collect::<Vec<_>>()
            }
            Err(error) => vec![Err(error)],
        })
    })
}

fn rejection(row: &RejectedRow) -> Error {
    let what = format!("row {} of a page can't be read: {}", row.position, row.reason);
    Error::new(ErrorKind::RejectedRow, what)
}

impl ForPeople for Claim {
    fn plural() -> String {
        say!("claims", "领取记录")
    }

    fn sheet() -> Sheet {
        Sheet::new("claims")
            .column("claimed_at", say!("Claimed (Beijing)", "领取（北京时间）"))
            .column("room_id", say!("Room", "直播间"))
            .column("red_packet_id", say!("Red packet", "红包"))
            .column("user_id", say!("Claimant", "领取人 ID"))
            .column("user_nickname", say!("Nickname", "昵称"))
            .column("amount_fen", say!("Amount ¥", "金额（元）"))
            .column("best_luck", say!("Best luck", "手气最佳"))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.claimed_at.into(),
            self.room.id.as_str().into(),
            self.red_packet.as_str().into(),
            self.user.id.as_str().into(),
            self.user.nickname.as_deref().into(),
            self.amount.into(),
            self.best_luck.into(),
        ]
    }
}
