mod gifts;
mod users;

use std::borrow::Cow;

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, Cursor, Error, ErrorKind, Gift, GiftQuery, LiveRewards, Page, Result, User,
    UserIdKind, UserQuery, UserRef, Vendor,
};

use crate::YxtClient;

#[async_trait]
impl LiveRewards for YxtClient {
    fn vendor(&self) -> Vendor {
        Vendor::Yxt
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::default();
        capabilities.gifts = Some(gifts::GIFTS);
        capabilities.users = Some(users::USERS);
        capabilities
    }

    /// The gifts of a room or a session. Givers and receivers have no names in them: those who attended do.
    async fn gifts_page(&self, query: &GiftQuery, cursor: Option<&Cursor>) -> Result<Page<Gift>> {
        gifts::page(self, query, cursor).await
    }

    /// Who attended a room or a session. Who came twice likely stands there twice; the vendor doesn't say.
    async fn users_page(&self, query: &UserQuery, cursor: Option<&Cursor>) -> Result<Page<User>> {
        users::page(self, query, cursor).await
    }
}

fn user(id: String) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser)
}

/// What no published call can answer.
fn unsupported(what: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Unsupported, what).with_vendor(Vendor::Yxt)
}
