use live_rewards_core::{
    Cursor, Delivery, Error, ErrorKind, Page, Result, Timestamp, User, UserCapability, UserId,
    UserIdKind, UserQuery, UserRef, UserScope, Vendor,
};
use live_rewards_http::Endpoint;

use crate::{
    PolyvClient,
    viewer::{ViewerDetail, ViewerList},
};

pub(super) const USERS: UserCapability =
    UserCapability::new(ViewerList::CAPABILITY, &UserIdKind::Viewer).by_ids(1).all();

/// One viewer by their id, or the viewers of the account.
pub(super) async fn page(
    client: &PolyvClient,
    query: &UserQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<User>> {
    USERS.accept(Vendor::Polyv, query)?;
    if let UserScope::Ids(ids) = &query.scope
        && let [id] = &ids[..]
    {
        return one(client, id, query, cursor).await;
    }
    let fetched = client.pipeline.page(ViewerList::new(), query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        let users = rows.map(|row| {
            let names = [row.wx_nick_name, row.name];
            user(row.viewer_union_id, names, row.wx_open_id, row.create_time)
        });
        (users.collect(), page.contents.rejected)
    }))
}

async fn one(
    client: &PolyvClient,
    id: &UserId,
    query: &UserQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<User>> {
    if let Some(cursor) = cursor {
        cursor.position(Vendor::Polyv, query)?;
    }
    let response = client.pipeline.call(&ViewerDetail::new(id.as_str())).await?;
    let viewer = response.output;
    let names = [viewer.wx_nick_name, viewer.name];
    // Without an id it is nobody.
    let found = viewer.viewer_union_id;
    if found.as_ref().is_some_and(|found| found != id.as_str()) {
        return Err(of_another());
    }
    let users = found.map(|id| user(id, names, viewer.wx_open_id, viewer.create_time));
    let mut page = Page::new(users.into_iter().collect(), response.fetched_at);
    page.request_id = response.request_id;
    Ok(page)
}

/// An answer about somebody else is no answer. Neither of them is named: errors show no ids of persons.
fn of_another() -> Error {
    Error::new(ErrorKind::Decode, "asked for a viewer, got another one")
        .with_vendor(Vendor::Polyv)
        .with_endpoint(ViewerDetail::INFO.id)
        .with_delivery(Delivery::Unknown)
}

fn user(
    id: String,
    names: [Option<String>; 2],
    open_id: Option<String>,
    created_at: Option<Timestamp>,
) -> User {
    let name = names.into_iter().flatten().find(|name| !name.is_empty());
    let mut user = User::new(UserRef::new(id, UserIdKind::Viewer).with_nickname(name));
    user.created_at = created_at;
    user.aliases = open_id.map(|id| UserRef::new(id, UserIdKind::OpenId)).into_iter().collect();
    user
}
