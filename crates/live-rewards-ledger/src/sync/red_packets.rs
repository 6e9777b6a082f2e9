use live_rewards_core::{Claim, ListingCapability, Page, RedPacket};

use super::{
    claims, listing::Take, outcome::Halt, reading::Reading, settled::is_settled,
    window::days_before, work::Work,
};
use crate::{LedgerError, SeenScope, Stamp, Writing, Written};

/// Red packets that bring their claims, or have none that can be read.
pub(super) struct WithClaims;

impl Take<RedPacket> for WithClaims {
    async fn take_page(
        &mut self,
        work: &mut Work<'_>,
        reading: &mut Reading,
        mut page: Page<RedPacket>,
    ) -> Result<(), Halt> {
        reading.cut(&mut page);
        let oldest = days_before(work.stamp.now, work.options.settle_days);
        reading.is_unsettled |=
            page.items.iter().any(|packet| packet.created_at >= oldest && !is_settled(packet));
        let mut vanished = 0;
        work.commit(reading, &page, |writing, stamp| {
            let mut written = writing.upsert(stamp, &page.items)?;
            for packet in &page.items {
                written += write_claims(writing, stamp, packet, &mut vanished)?;
            }
            Ok(written)
        })?;
        work.outcome.vanished += vanished;
        Ok(())
    }
}

/// Writes the claims that a red packet brought, and notes those that it brought before and no longer does.
fn write_claims(
    writing: &mut Writing<'_>,
    stamp: &Stamp,
    packet: &RedPacket,
    vanished: &mut u64,
) -> Result<Written, LedgerError> {
    let Some(claims) = &packet.claims else {
        return Ok(Written::default());
    };
    let had_claims = writing.claims_of_packet(stamp.account, &packet.id)? > 0;
    let written = writing.upsert(stamp, claims)?;
    if had_claims {
        let red_packet = Some(packet.id.clone());
        let scope = SeenScope { red_packet, ..SeenScope::default() };
        writing.mark_seen(stamp, claims)?;
        *vanished += writing.note_vanished::<Claim>(stamp, &scope)?;
    }
    Ok(written)
}

/// Red packets whose claims have a call of their own.
pub(super) struct ByPacket(pub(super) ListingCapability);

impl Take<RedPacket> for ByPacket {
    async fn take_page(
        &mut self,
        work: &mut Work<'_>,
        reading: &mut Reading,
        mut page: Page<RedPacket>,
    ) -> Result<(), Halt> {
        reading.cut(&mut page);
        work.open(reading)?;
        claims::read(work, reading, &page.items, &self.0).await?;
        // The red packets were written with their claims.
        work.commit(reading, &page, |_, _| Ok(Written::default()))
    }
}
