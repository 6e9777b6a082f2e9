use super::open_enum::open_enum;
use crate::{Claim, Keyed, Money, OrderId, RedPacketId, RoomRef, SessionId, Timestamp, UserRef};

/// A red packet (红包): money that a sender put in for others to claim.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedPacket {
    /// The vendor's id, unique within an account.
    pub id: RedPacketId,
    /// The room it was sent in.
    pub room: RoomRef,
    /// The session it was sent in.
    pub session: Option<SessionId>,
    /// The order that paid for it.
    pub order: Option<OrderId>,
    /// Who sent it.
    pub sender: Option<UserRef>,
    /// What kind it is.
    pub kind: Option<RedPacketKind>,
    /// How it is split.
    pub split: Option<Split>,
    /// How far it is.
    pub state: Option<RedPacketState>,
    /// The words on it.
    pub message: Option<String>,
    /// What the sender paid.
    pub issued: Money,
    /// What can be claimed, after the vendor's fee.
    pub net: Option<Money>,
    /// What has not been claimed yet.
    pub remaining: Option<Money>,
    /// What went back to the sender.
    pub refund: Refund,
    /// How many shares it has.
    pub count: Option<u64>,
    /// How many shares have been claimed.
    pub claimed_count: Option<u64>,
    /// The amount of one share as the vendor prints it; its unit is not published.
    pub share_raw: Option<String>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// The claims, where they come with the packet.
    pub claims: Option<Vec<Claim>>,
}

impl RedPacket {
    /// A red packet of which nothing else is known.
    pub const fn new(id: RedPacketId, room: RoomRef, issued: Money, created_at: Timestamp) -> Self {
        Self {
            id,
            room,
            session: None,
            order: None,
            sender: None,
            kind: None,
            split: None,
            state: None,
            message: None,
            issued,
            net: None,
            remaining: None,
            refund: Refund::NotReported,
            count: None,
            claimed_count: None,
            share_raw: None,
            created_at,
            claims: None,
        }
    }
}

impl RedPacket {
    /// Takes over what another call says of the same red packet; what that call doesn't say stays, and so does everything if it
    /// is about another one.
    pub fn update_from(&mut self, other: Self) {
        fn take<T>(ours: &mut Option<T>, theirs: Option<T>) {
            if theirs.is_some() {
                *ours = theirs;
            }
        }

        if other.id != self.id {
            return;
        }
        take(&mut self.session, other.session);
        take(&mut self.order, other.order);
        take(&mut self.sender, other.sender);
        take(&mut self.kind, other.kind);
        take(&mut self.split, other.split);
        take(&mut self.state, other.state);
        take(&mut self.message, other.message);
        take(&mut self.net, other.net);
        take(&mut self.remaining, other.remaining);
        take(&mut self.count, other.count);
        take(&mut self.claimed_count, other.claimed_count);
        take(&mut self.share_raw, other.share_raw);
        take(&mut self.claims, other.claims);
        if other.refund != Refund::NotReported {
            self.refund = other.refund;
        }
        self.issued = other.issued;
        self.created_at = other.created_at;
    }
}

impl Keyed for RedPacket {
    type Key = RedPacketId;

    fn key(&self) -> Self::Key {
        self.id.clone()
    }
}

/// What went back to the sender of a red packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refund {
    /// The vendor doesn't report refunds here.
    NotReported,
    /// Nothing has gone back.
    None,
    /// A refund is on its way.
    Pending,
    /// A refund was made.
    Done {
        /// How much; `None` where the vendor reports the refund without its amount.
        amount: Option<Money>,
        /// When.
        at: Option<Timestamp>,
    },
}

impl Refund {
    /// Name in exports: `not_reported`, `none`, `pending`, `done`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotReported => "not_reported",
            Self::None => "none",
            Self::Pending => "pending",
            Self::Done { .. } => "done",
        }
    }
}

open_enum! {
    /// What kind of red packet it is.
    pub enum RedPacketKind {
        /// 普通红包.
        Ordinary = "ordinary",
        /// 口令红包: opened by a password.
        Password = "password",
        /// 红包雨: red packet rain.
        Rain = "rain",
    }
}

open_enum! {
    /// How a red packet is split into shares.
    pub enum Split {
        /// 拼手气, 随机分配: shares of random size.
        Random = "random",
        /// 等额, 平均分配: shares of equal size.
        Equal = "equal",
    }
}

open_enum! {
    /// How far a red packet is.
    pub enum RedPacketState {
        /// 预创建: not open yet.
        Created = "created",
        /// 进行中: can be claimed.
        Open = "open",
        /// 已结束: over.
        Ended = "ended",
        /// 已过期: ended by time.
        Expired = "expired",
        /// 异常红包: the vendor calls it abnormal.
        Abnormal = "abnormal",
        /// 退款中: the rest is on its way back.
        Refunding = "refunding",
        /// 已退款: the rest went back.
        Refunded = "refunded",
    }
}
