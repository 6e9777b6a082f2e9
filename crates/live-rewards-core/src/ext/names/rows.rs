use crate::{
    Claim, Gift, GiftPayment, PointsAccount, PointsEntry, Prize, RedPacket, RoomRef, SessionId,
    UserRef,
};

/// What [`NamesUsers::users`] shows each user to: with the room and the session that the record says, where it says them.
pub type EachUser<'a> = dyn FnMut(Option<&RoomRef>, Option<&SessionId>, &mut UserRef) + 'a;

/// A record that names users, for [`Names`](crate::Names).
pub trait NamesUsers: Send {
    /// Shows each user with the room and the session that the record says, where it says them.
    fn users(&mut self, each: &mut EachUser<'_>);
}

impl NamesUsers for RedPacket {
    /// The sender, and who claimed where claims come with the packet.
    fn users(&mut self, each: &mut EachUser<'_>) {
        if let Some(sender) = &mut self.sender {
            each(Some(&self.room), self.session.as_ref(), sender);
        }
        for claim in self.claims.iter_mut().flatten() {
            claim.users(each);
        }
    }
}

impl NamesUsers for Claim {
    fn users(&mut self, each: &mut EachUser<'_>) {
        each(Some(&self.room), self.session.as_ref(), &mut self.user);
    }
}

impl NamesUsers for Gift {
    /// The giver and the receivers.
    fn users(&mut self, each: &mut EachUser<'_>) {
        for user in std::iter::once(&mut self.giver).chain(&mut self.receivers) {
            each(self.room.as_ref(), self.session.as_ref(), user);
        }
    }
}

impl NamesUsers for GiftPayment {
    fn users(&mut self, each: &mut EachUser<'_>) {
        if let Some(payer) = &mut self.payer {
            each(Some(&self.room), None, payer);
        }
    }
}

impl NamesUsers for Prize {
    fn users(&mut self, each: &mut EachUser<'_>) {
        each(self.room.as_ref(), self.session.as_ref(), &mut self.user);
    }
}

impl NamesUsers for PointsAccount {
    fn users(&mut self, each: &mut EachUser<'_>) {
        each(None, None, &mut self.user);
    }
}

impl NamesUsers for PointsEntry {
    fn users(&mut self, each: &mut EachUser<'_>) {
        each(None, None, &mut self.user);
    }
}
