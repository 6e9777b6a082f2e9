use rusqlite::Connection;

use crate::reconcile::{
    CheckCode, Evidence, FindingSubject, ReconcileOptions, Words, collector::Draft, packet::Packet,
    readings::Seen,
};

/// One red packet, and what there is to judge it by.
pub(super) struct Look<'a> {
    pub(super) packet: &'a Packet,
    pub(super) seen: Seen,
    pub(super) connection: &'a Connection,
    pub(super) options: &'a ReconcileOptions,
}

impl Look<'_> {
    /// A finding about it.
    pub(super) fn draft(
        &self,
        code: CheckCode,
        amount_fen: Option<i64>,
        text: Words,
        more: Vec<Evidence>,
    ) -> Draft {
        let mut evidence = vec![self.packet.evidence()];
        evidence.extend(more);
        Draft {
            code,
            account: self.packet.account,
            room: self.packet.room(),
            subject: FindingSubject::red_packet(&self.packet.id),
            amount_fen,
            points: None,
            mark: String::new(),
            text,
            evidence,
        }
    }
}
