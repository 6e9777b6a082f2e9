use live_rewards_core::{
    ListingCapability, LiveRewardsExt, Operation, Page, PrizeActivity, PrizeQuery,
};

use super::{
    listing::{Ended, Plain, Take, read},
    outcome::Halt,
    plan::Wanted,
    reading::Reading,
    window::days_after,
    work::Work,
};
use crate::{ListingKey, SeenScope};

/// Activities, and the prizes that were won in each.
pub(super) struct WithPrizes(pub(super) Option<ListingCapability>);

impl Take<PrizeActivity> for WithPrizes {
    async fn take_page(
        &mut self,
        work: &mut Work<'_>,
        reading: &mut Reading,
        mut page: Page<PrizeActivity>,
    ) -> Result<(), Halt> {
        reading.cut(&mut page);
        if let Some(capability) = self.0 {
            work.open(reading)?;
            for activity in &page.items {
                match prizes(work, reading, activity, &capability).await? {
                    Ended::Final => {}
                    Ended::Open => reading.is_unsettled = true,
                    Ended::Failed => reading.miss(),
                }
            }
        }
        work.commit(reading, &page, |writing, stamp| writing.upsert(stamp, &page.items))
    }
}

/// Reads the prizes of an activity, unless they were read since the reading of the activities began, or when it had been over for so long
/// that none is still to be handed out.
async fn prizes(
    work: &mut Work<'_>,
    activities: &Reading,
    activity: &PrizeActivity,
    capability: &ListingCapability,
) -> Result<Ended, Halt> {
    let mut wanted = Wanted::whole(ListingKey {
        account: work.stamp.account,
        operation: Operation::Prizes,
        scope: format!("{}/{}", activity.kind, activity.id),
    });
    if let Some(last) = work.ledger.listing(&wanted.key)?
        && activities.has_read(&last)
    {
        return Ok(if last.is_final { Ended::Final } else { Ended::Open });
    }
    let over = activity.ends_at.or(activity.at);
    wanted.final_from = over.map(|over| days_after(over, work.options.settle_days));
    let activity_rows = Some((activity.kind, activity.id.clone()));
    wanted.rows = Some(SeenScope { activity: activity_rows, ..SeenScope::default() });
    let mut query = PrizeQuery::of(activity).read_ahead(work.options.read_ahead);
    query.page_size = work.options.size_for(capability);
    let rewards = work.rewards;
    read(work, wanted, |_, from| rewards.prize_pages(query.clone(), from), &mut Plain).await
}
