use live_rewards_core::{
    Amount, Claim, Gift, GiftItem, Money, Points, PointsAccount, PointsEntry, PointsEntryKind,
    RedPacket, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef, Vendor,
};
use live_rewards_ledger::{
    AccountIdentity, Ledger, LedgerKind, ReconcileOptions, Reconciliation, Record, RoomNote, Stamp,
    reconcile,
};
use tempfile::TempDir;

/// A ledger with an account of Xiaoe.
pub(crate) struct Shop {
    _folder: TempDir,
    pub(crate) ledger: Ledger,
    pub(crate) stamp: Stamp,
}

/// Everything that names a person in what [`Shop::with_people`] writes.
pub(crate) const PEOPLE: [&str; 10] = [
    LONG_ID,
    "u_sender",
    "u_other",
    "u_giver",
    "u_receiver",
    "王小明",
    "HYPERLINK",
    "老板",
    "恭喜小明",
    "给小明",
];

/// An id that a double can't hold.
pub(crate) const LONG_ID: &str = "12345678901234567890";

/// So many seconds after midnight of 1 February 2026 in Beijing.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_epoch_ms((1_769_875_200 + seconds) * 1000).unwrap()
}

pub(crate) fn room() -> RoomRef {
    RoomRef::new("l_1", RoomKind::Live)
}

pub(crate) fn user(id: &str, nickname: Option<&str>) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser).with_nickname(nickname.map(str::to_owned))
}

pub(crate) fn claim(packet: &str, user: UserRef, fen: i64, seconds: i64) -> Claim {
    Claim::new(packet.into(), room(), user, Money::from_fen(fen), at(seconds))
}

impl Shop {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let mut ledger = Ledger::create_or_open(&path, LedgerKind::Real).unwrap();
        let stamp = stamp(&mut ledger, "shop", Vendor::Xiaoe);
        Self { _folder: folder, ledger, stamp }
    }

    /// Adds an account; what is written next is of it.
    pub(crate) fn account(&mut self, name: &str, vendor: Vendor) {
        self.stamp = stamp(&mut self.ledger, name, vendor);
    }

    pub(crate) fn write<R: Record>(&mut self, rows: &[R]) {
        let mut writing = self.ledger.begin().unwrap();
        writing.upsert(&self.stamp, rows).unwrap();
        writing.commit().unwrap();
    }

    pub(crate) fn reconcile(&mut self) -> Reconciliation {
        reconcile(&mut self.ledger, &ReconcileOptions::default(), at(99)).unwrap()
    }

    /// A red packet that one user claimed twice, a gift, points that don't add up, and a sender who became another one.
    pub(crate) fn with_people() -> Self {
        let mut shop = Self::new();
        let note = RoomNote {
            room: room(),
            title: Some("春季发布会".to_owned()),
            labels: None,
            ended_at: None,
        };
        shop.ledger.note_room(shop.stamp.account, &note, at(0)).unwrap();
        let mut packet = RedPacket::new("p1".into(), room(), Money::from_fen(10_000), at(-1));
        packet.sender = Some(user("u_sender", Some("老板")));
        packet.message = Some("恭喜小明".to_owned());
        shop.write(std::slice::from_ref(&packet));
        packet.sender = Some(user("u_other", Some("老板")));
        shop.write(&[packet]);
        let claimant = || user(LONG_ID, Some("=HYPERLINK(\"http://example.com\")"));
        let mut lucky = claim("p1", user("u_giver", Some("王小明")), 5, 2);
        lucky.best_luck = Some(true);
        shop.write(&[claim("p1", claimant(), 1234, 0), claim("p1", claimant(), 1, 1), lucky]);
        let mut gift = Gift::new(
            user("u_giver", Some("王小明")),
            GiftItem::new(None, Some("火箭".to_owned())),
            at(3),
        );
        gift.room = Some(room());
        gift.receivers = vec![user("u_receiver", None), user("u_sender", None)];
        gift.charged = Some(Amount::Money(Money::from_fen(990)));
        shop.write(&[gift]);
        let mut balance = PointsAccount::new(user("u_giver", Some("王小明")), Points::new(5));
        balance.frozen = Some(Points::new(1));
        balance.reported_total = Some(Points::new(9));
        shop.write(&[balance]);
        let giver = user("u_giver", None);
        let earned = PointsEntryKind::Earned;
        let mut entry = PointsEntry::new(giver, earned, Points::new(5), at(4));
        entry.id = Some("77".into());
        entry.reason = Some("给小明".to_owned());
        shop.write(&[entry]);
        shop
    }
}

fn stamp(ledger: &mut Ledger, name: &str, vendor: Vendor) -> Stamp {
    let identity = AccountIdentity {
        vendor,
        authority: "example.com".to_owned(),
        vendor_account: name.to_owned(),
    };
    let account = ledger.account(&identity, name, at(0)).unwrap();
    let run = ledger.begin_run(at(0)).unwrap();
    Stamp { account, vendor, run, now: at(10) }
}
