use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use live_rewards_core::{
    Claim, Gift, GiftItem, GiftPayment, Money, Operation, RedPacket, Refund, Room, RoomKind,
    RoomRef, Timestamp, UserIdKind, UserRef,
};
use tempfile::TempDir;

use super::shop::Shop;
use crate::{
    AccountId, Ledger, Listing, ListingKey, RoomNote, VanishedRow, Written,
    sync::{AccountOutcome, Stop, Sync, SyncError, SyncOptions},
    test_util::{identity, ledger},
};

/// A ledger into which syncs are made.
pub(super) struct Desk {
    _folder: TempDir,
    pub(super) ledger: Ledger,
    pub(super) account: AccountId,
    pub(super) options: SyncOptions,
    pub(super) stop: Stop,
}

impl Desk {
    pub(super) fn new() -> Self {
        let (folder, mut ledger) = ledger();
        let account = ledger.account(&identity("shop"), "shop", day(0)).unwrap();
        let (options, stop) = (SyncOptions::default(), Stop::new());
        Self { _folder: folder, ledger, account, options, stop }
    }

    /// One that knows rooms.
    pub(super) fn with_rooms(rooms: &[&str]) -> Self {
        let mut desk = Self::new();
        for id in rooms {
            desk.note(id, None);
        }
        desk
    }

    /// Says of a room when it ended.
    pub(super) fn note(&mut self, id: &str, ended_at: Option<Timestamp>) {
        let note = RoomNote { room: room(id), title: None, labels: None, ended_at };
        self.ledger.note_room(self.account, &note, day(0)).unwrap();
    }

    pub(super) fn try_sync(
        &mut self,
        shop: &Shop,
        now: Timestamp,
    ) -> Result<AccountOutcome, SyncError> {
        let run = self.ledger.begin_run(now).unwrap();
        let options = self.options.clone();
        let sync = Sync::new(&mut self.ledger, shop, self.account, run, options, now, &self.stop);
        wait(sync.run(&mut |_| {}))
    }

    /// Syncs everything, and gives what was written.
    pub(super) fn sync(&mut self, shop: &Shop, now: Timestamp) -> Written {
        let outcome = self.try_sync(shop, now).unwrap();
        assert!(outcome.is_complete, "{outcome:?}");
        outcome.written
    }

    pub(super) fn listing(&self, operation: Operation, scope: &str) -> Option<Listing> {
        let key = ListingKey { account: self.account, operation, scope: scope.to_owned() };
        self.ledger.listing(&key).unwrap()
    }

    /// Up to when a listing is complete.
    pub(super) fn complete(&self, operation: Operation, scope: &str) -> Option<Timestamp> {
        self.listing(operation, scope)?.complete_until
    }

    /// A column of a table, in the order of the table's keys.
    pub(super) fn column(&self, column: &str, table: &str) -> Vec<String> {
        let sql = format!("SELECT IFNULL({column}, '-') FROM {table} ORDER BY 1");
        let mut statement = self.ledger.connection().prepare(&sql).unwrap();
        let text = |row: &rusqlite::Row<'_>| {
            let value: rusqlite::types::Value = row.get(0)?;
            Ok(match value {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                other => format!("{other:?}"),
            })
        };
        statement.query_map([], text).unwrap().map(Result::unwrap).collect()
    }

    /// Red packets that are no longer waited for.
    pub(super) fn given_up(&self) -> u64 {
        self.ledger.status(self.account, day(0)).unwrap().given_up
    }

    /// Keys of the rows that vanished, and whether they returned.
    pub(super) fn vanished(&self) -> Vec<(String, bool)> {
        let show = |row: VanishedRow| (row.row_key, row.returned_at.is_some());
        self.ledger.vanished(None).unwrap().into_iter().map(show).collect()
    }
}

/// Runs what never waits for anything, and could be run anywhere.
fn wait<F: Future + Send>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

/// The beginning of a day after 2026-01-01 in UTC.
pub(super) fn day(day: i64) -> Timestamp {
    Timestamp::from_epoch_ms(1_767_225_600_000 + day * 86_400_000).unwrap()
}

pub(super) fn room(id: &str) -> RoomRef {
    RoomRef::new(id, RoomKind::Channel)
}

pub(super) fn listed_room(id: &str) -> Room {
    Room::new(room(id))
}

/// A packet of one yuan in room `r`, with nothing left.
pub(super) fn packet(id: &str, created_at: Timestamp) -> RedPacket {
    let mut packet = RedPacket::new(id.into(), room("r"), Money::from_fen(100), created_at);
    packet.remaining = Some(Money::ZERO);
    packet
}

/// The same with something left, that may be refunded.
pub(super) fn open_packet(id: &str, created_at: Timestamp) -> RedPacket {
    let mut packet = packet(id, created_at);
    packet.remaining = Some(Money::from_fen(40));
    packet.refund = Refund::None;
    packet
}

/// A claim of a packet by a user, at the beginning of the second day.
pub(super) fn claim(packet: &str, by: &str) -> Claim {
    Claim::new(packet.into(), room("r"), user(by), Money::from_fen(10), day(1))
}

pub(super) fn gift(by: &str, at: Timestamp) -> Gift {
    let mut gift = Gift::new(user(by), GiftItem::new(None, None), at);
    gift.room = Some(room("r"));
    gift
}

pub(super) fn payment(order: &str, at: Timestamp) -> GiftPayment {
    GiftPayment::new(order.into(), room("r"), Money::from_fen(100), at)
}

pub(super) fn user(id: &str) -> UserRef {
    UserRef::new(id, UserIdKind::Viewer)
}
