use live_rewards_core::{
    Cursor, Keyed, ListingCapability, OpenEnum, Page, PointsAccount, PointsEntry, PointsEntryKind,
    PointsEntryQuery, PointsQuery, Result, Vendor, assign_ordinals,
};

use super::{invalid, user};
use crate::{
    XiaoeClient,
    points::{AccountFlow, AccountFlowList, AccountInfo, AccountInfoBatch, FlowType},
};

pub(super) const ACCOUNTS: ListingCapability = AccountInfoBatch::CAPABILITY;
pub(super) const ENTRIES: ListingCapability = AccountFlowList::CAPABILITY;

/// Points accounts, by falling id: balances move while they are read.
pub(super) async fn accounts(
    client: &XiaoeClient,
    query: &PointsQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<PointsAccount>> {
    ACCOUNTS.accept(Vendor::Xiaoe, query)?;
    let most = AccountInfoBatch::MOST_USER_IDS;
    let users = query.users.as_ref().map_or(0, Vec::len);
    let fits = u32::try_from(users).is_ok_and(|users| users <= most);
    if !fits {
        return Err(invalid(format!("xiaoe takes at most {most} users a query; ask in parts")));
    }
    let mut request = AccountInfoBatch::new();
    if let Some(users) = &query.users {
        request = request.user_ids(users.iter().map(ToString::to_string).collect());
    }
    if let Some(since) = query.since {
        request = request.create_time_start(since);
    }
    if let Some(until) = query.until {
        request = request.create_time_end(until);
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched
        .into_page(|page| (page.list.items.into_iter().map(account).collect(), page.list.rejected)))
}

/// The points log of the months asked for, from the first month on.
pub(super) async fn entries(
    client: &XiaoeClient,
    query: &PointsEntryQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<PointsEntry>> {
    ENTRIES.accept(Vendor::Xiaoe, query)?;
    let mut request = AccountFlowList::new();
    if let Some(user) = &query.user {
        request = request.user_id(user.as_str());
    }
    if let Some(kind) = &query.kind {
        request = request.flow_type(flow_type(kind));
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|rows| {
        let mut entries: Vec<PointsEntry> = rows.items.into_iter().map(entry).collect();
        assign_ordinals(&mut entries, Keyed::key, |entry| &mut entry.ordinal);
        (entries, rows.rejected)
    }))
}

fn account(row: AccountInfo) -> PointsAccount {
    let mut account = PointsAccount::new(user(row.user_id, None), row.balance);
    account.frozen = row.freeze_balance;
    account.reported_total = row.total_balance;
    account.first_earned_at = row.created_at;
    account
}

fn entry(row: AccountFlow) -> PointsEntry {
    let user = user(row.user_id, None);
    let mut entry = PointsEntry::new(user, kind(row.flow_type), row.flow_count, row.created_at);
    entry.id = row.flow_id.map(Into::into);
    entry.balance_after = row.balance;
    entry.business = row.business_type.filter(|business| !business.is_empty());
    entry.business_id = row.business_id;
    entry.reason = row.remark.filter(|reason| !reason.is_empty());
    entry.order = row.business_source.map(Into::into);
    entry.freeze_days = row.freeze_day;
    entry
}

fn kind(label: FlowType) -> PointsEntryKind {
    match label {
        FlowType::Add => PointsEntryKind::Earned,
        FlowType::Deduct => PointsEntryKind::Spent,
        FlowType::Frozen => PointsEntryKind::Frozen,
        FlowType::Unknown(label) => PointsEntryKind::Unknown(label),
    }
}

/// The vendor's label of a kind. One that is asked for by the vendor's own label goes as it is.
fn flow_type(kind: &PointsEntryKind) -> FlowType {
    match kind {
        PointsEntryKind::Earned => FlowType::Add,
        PointsEntryKind::Spent => FlowType::Deduct,
        PointsEntryKind::Frozen => FlowType::Frozen,
        other => FlowType::from_label(other.label()),
    }
}
