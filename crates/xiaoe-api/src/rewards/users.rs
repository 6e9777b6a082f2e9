use live_rewards_core::{
    Cursor, Page, Result, Timestamp, User, UserCapability, UserId, UserIdKind, UserQuery, UserRef,
    UserScope, Vendor,
};
use live_rewards_http::Listing;

use super::user;
use crate::{
    XiaoeClient,
    user::{UserList, UsersByIds},
};

pub(super) const USERS: UserCapability =
    UserCapability::new(UserList::PAGING.capability(), &UserIdKind::VendorUser).by_ids(50).all();

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
    Ok(fetched.into_page(|page| {
        let rows = page.list.items.into_iter();
        let users = rows.map(|row| {
            let open_ids = [row.wx_open_id, row.wx_app_open_id];
            of_shop(row.user_id, row.user_nickname, open_ids, row.user_created_at)
        });
        (users.collect(), page.list.rejected)
    }))
}

async fn by_ids(
    client: &XiaoeClient,
    ids: &[UserId],
    query: &UserQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<User>> {
    let request = UsersByIds::new(ids.iter().map(ToString::to_string).collect());
    let fetched = client.pipeline.page(request, query, cursor).await?;
    let found = fetched.output.list.received();
    let mut page = fetched.into_page(|page| {
        let rows = page.list.items.into_iter();
        let users = rows.map(|row| {
            let open_ids = [row.wx_open_id, row.wx_app_open_id];
            of_shop(row.user_id, row.user_nickname, open_ids, row.user_created_at)
        });
        (users.collect(), page.list.rejected)
    });
    // The answer has no usable total; when everybody is found there is nobody left to ask for.
    if found >= ids.len() {
        page.next = None;
    }
    Ok(page)
}

fn of_shop(
    id: String,
    nickname: Option<String>,
    open_ids: [Option<String>; 2],
    created_at: Option<Timestamp>,
) -> User {
    let open_ids = open_ids.into_iter().flatten().filter(|id| !id.is_empty());
    let mut user = User::new(user(id, nickname));
    user.aliases = open_ids.map(|id| UserRef::new(id, UserIdKind::OpenId)).collect();
    user.created_at = created_at;
    user
}
