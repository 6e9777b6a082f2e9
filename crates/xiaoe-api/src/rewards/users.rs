use live_rewards_core::{
    Cursor, Page, Result, User, UserCapability, UserId, UserIdKind, UserQuery, UserRef, UserScope,
    Vendor,
};

use super::user;
use crate::{
    XiaoeClient,
    user::{UserList, UsersByIds},
};

pub(super) const USERS: UserCapability =
    UserCapability::new(UserList::CAPABILITY, &UserIdKind::VendorUser)
        .by_ids(UsersByIds::MOST_USER_ID_LIST)
        .all();

/// A user from a row of either call. The rows are two types: only one call has a published unit for what the user has spent.
macro_rules! of_shop {
    ($row:expr) => {{
        let row = $row;
        let open_ids = [row.wx_open_id, row.wx_app_open_id].into_iter().flatten();
        let mut of_shop = User::new(user(row.user_id, row.user_nickname));
        of_shop.aliases = open_ids.map(|id| UserRef::new(id, UserIdKind::OpenId)).collect();
        of_shop.created_at = row.user_created_at;
        of_shop
    }};
}

/// Users by their ids, or all of the shop.
pub(super) async fn page(
    client: &XiaoeClient,
    query: &UserQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<User>> {
    USERS.accept(Vendor::Xiaoe, query)?;
    if let UserScope::Ids(ids) = &query.scope {
        return by_ids(client, ids, query, cursor).await;
    }
    let fetched = client.pipeline.page(UserList::new(), query, cursor).await?;
    let total = fetched.output.total;
    let mut page = fetched.into_page(|page| {
        let rows = page.list.items.into_iter();
        (rows.map(|row| of_shop!(row)).collect(), page.list.rejected)
    });
    page.total = total;
    Ok(page)
}

/// Ends with the page that has everybody who was asked for, or nobody of them. One page has them all unless the vendor cuts it.
async fn by_ids(
    client: &XiaoeClient,
    ids: &[UserId],
    query: &UserQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<User>> {
    let request = UsersByIds::new(ids.iter().map(ToString::to_string).collect());
    let fetched = client.pipeline.page(request, query, cursor).await?;
    let mut page = fetched.into_page(|page| {
        page.list.try_map(|row| {
            let user = of_shop!(row);
            Ok(ids.contains(&user.user.id).then_some(user))
        })
    });
    let nobody = page.items.is_empty() && page.rejected.is_empty();
    let found = |id: &UserId| page.items.iter().any(|user| user.user.id == *id);
    if nobody || ids.iter().all(found) {
        page.next = None;
    }
    Ok(page)
}
