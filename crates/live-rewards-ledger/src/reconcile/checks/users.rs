//! A9: a user twice in a red packet.

use super::look::Look;
use crate::{
    LedgerError,
    reconcile::{CheckCode, collector::Collector, words::words},
};

pub(super) fn check(look: &Look<'_>, found: &mut Collector) -> Result<(), LedgerError> {
    let packet = look.packet;
    if packet.claims == 0 {
        return Ok(());
    }
    found.examined(packet.account, CheckCode::A9, 1);
    if packet.claims == packet.claimants {
        return Ok(());
    }
    let mut users: Vec<String> = Vec::new();
    let mut before: Option<(String, i64)> = None;
    packet.each_claim(look.connection, |claim| {
        let again =
            before.as_ref().is_some_and(|(user, at)| *user == claim.user && *at != claim.at);
        // An empty id is nobody's.
        if again && !claim.user.is_empty() && users.last() != Some(&claim.user) {
            users.push(claim.user.clone());
        }
        before = Some((claim.user, claim.at));
    })?;
    let text = match users.as_slice() {
        [] => return Ok(()),
        [user] => {
            words!("{user} claims more than once", "用户 {user} 多次领取")
        }
        many => {
            let number = many.len();
            words!("{number} users claim more than once", "{number} 个用户多次领取")
        }
    };
    let evidence =
        packet.claims_that(look.connection, |claim| users.binary_search(&claim.user).is_ok())?;
    let mut draft = look.draft(CheckCode::A9, None, text, evidence);
    draft.mark = users.join(" ");
    found.find(draft);
    Ok(())
}
