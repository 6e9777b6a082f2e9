use std::sync::Arc;

use live_rewards::{Capabilities, ErrorKind, LiveRewards, Vendor, VendorConfig, connect};
use live_rewards_ledger::{CLAIMS, GIFTS, POINTS_ACCOUNTS, RED_PACKETS, Table};

use crate::{
    arguments::Fetch,
    failure::{Failure, tell},
    files::Files,
    language::say,
    reading::read,
    rooms::rooms,
    summary,
};

pub(crate) async fn run(arguments: &Fetch) -> Result<(), Failure> {
    let Fetch { vendor, room, out, shown } = arguments;
    let rooms = rooms(*vendor, room)?;
    let rewards = account(*vendor)?;
    let mut files = Files::begin(out, &tables(&rewards.capabilities()))?;
    let summary = read(&*rewards, &rooms, None, &mut files).await?;
    let names = files.commit()?;
    for (room, tally) in &summary.rooms {
        if tally.is_empty() {
            // Vendors answer so for a room that doesn't exist, too.
            tell(say!(
                "{vendor} room {} has no rows; check the id",
                "{vendor} 直播间 {} 没有记录；请核对 id",
                room.id
            ));
        }
    }
    let complete = super::complete(summary.total.rejected);
    // Whether anybody reads the table doesn't change what the run came to.
    let printed = summary::print(&[summary], out, &names, shown.format());
    complete.and(printed)
}

/// The account that the environment names.
fn account(vendor: Vendor) -> Result<Arc<dyn LiveRewards>, Failure> {
    let config = VendorConfig::from_env(vendor)?;
    connect(&config).map_err(|error| {
        if error.kind() == ErrorKind::Config && error.message().contains("base URL") {
            let prefix = vendor.as_str().to_ascii_uppercase();
            Failure::usage(error.message()).about(&format!("{prefix}_BASE_URL"))
        } else {
            error.into()
        }
    })
}

/// The tables that a vendor has rows for. Files of others are left to those who wrote them.
fn tables(capabilities: &Capabilities) -> Vec<&'static Table> {
    let red_packets = capabilities.red_packets.is_some();
    [
        (&RED_PACKETS, red_packets),
        (&CLAIMS, red_packets && capabilities.claims.is_some()),
        (&GIFTS, capabilities.gifts.is_some()),
        (&POINTS_ACCOUNTS, capabilities.points_accounts.is_some()),
    ]
    .into_iter()
    .filter_map(|(table, offered)| offered.then_some(table))
    .collect()
}
