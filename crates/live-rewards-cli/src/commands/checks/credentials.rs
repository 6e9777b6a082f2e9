use std::{sync::Arc, time::Duration};

use live_rewards::{
    Capabilities, Error, ErrorKind, GiftQuery, LiveRewards, PointsQuery, RoomKind, RoomQuery,
    RoomRef, UserQuery, Vendor, VendorConfig,
    polyv::{
        PolyvClient,
        http::{BuildClient, ClientBuilder, Retry},
    },
    xiaoe::XiaoeClient,
    yxt::YxtClient,
};

use super::{
    Check, State, Topic,
    advice::{advice, is_off_the_ip_list},
    code_of,
};
use crate::{failure::vendor_error, language::say};

/// How long a call may take, with all that it waits for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Calls a vendor as little as can be: once, or once for each permission that it gives apart. What its answer says of credentials,
/// permissions and this machine's address.
pub(crate) async fn credentials(name: &str, config: VendorConfig) -> Vec<Check> {
    let client = match client(config) {
        Ok(client) => client,
        Err(error) => return vec![refused(Topic::Address, None, None, &error).of(name)],
    };
    let vendor = client.vendor();
    let mut checks = Vec::new();
    for call in calls(&client.capabilities()) {
        let permission = call.permission(vendor);
        let check = match call.make(&*client).await {
            Ok(()) => Check::ok(Topic::Permission, permission.unwrap_or_default()),
            Err(error) if call.is_of_nothing() && is_past_the_door(&error) => {
                passed(permission, &error)
            }
            Err(error) if is_off_the_ip_list(vendor, &error) => {
                refused(Topic::IpList, Some(vendor), permission, &error)
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied && error.code().is_some() => {
                refused(Topic::Permission, Some(vendor), permission, &error)
            }
            Err(error) => refused(topic(error.kind()), Some(vendor), permission, &error),
        };
        let is_accepted = check.topic == Topic::Permission;
        if is_accepted && checks.is_empty() {
            let seen = say!("the vendor accepts them", "平台接受");
            checks.push(Check::ok(Topic::Credentials, seen).of(name));
        }
        // Where the vendor doesn't give permissions apart, there is none to name.
        if permission.is_some() || check.state != State::Ok {
            checks.push(check.of(name));
        }
        if !is_accepted {
            break;
        }
    }
    checks
}

/// A client that gives up soon.
fn client(config: VendorConfig) -> Result<Arc<dyn LiveRewards>, Error> {
    match config {
        VendorConfig::Xiaoe(config) => patient(XiaoeClient::builder(config)),
        VendorConfig::Polyv(config) => patient(PolyvClient::builder(config)),
        VendorConfig::Yxt(config) => patient(YxtClient::builder(config)),
        _ => Err(Error::new(ErrorKind::Unsupported, "this version doesn't know the vendor")),
    }
}

/// No attempt is made twice.
fn patient<C>(builder: ClientBuilder<C>) -> Result<Arc<dyn LiveRewards>, Error>
where
    C: BuildClient + LiveRewards + 'static,
{
    let builder = builder.timeout(PATIENCE).deadline(PATIENCE).retry(Retry::none());
    Ok(Arc::new(builder.build()?))
}

/// A call that costs little.
#[derive(Clone, Copy, Debug)]
enum Call {
    Rooms,
    PointsAccounts,
    RedPacketSummary,
    Users,
    Gifts,
}

/// The rooms are enough where they are listed; without, one call of each kind that needs no room, or asks for one that there isn't.
fn calls(capabilities: &Capabilities) -> Vec<Call> {
    if capabilities.rooms.is_some() {
        return vec![Call::Rooms];
    }
    let offered = [
        (capabilities.points_accounts.is_some(), Call::PointsAccounts),
        (capabilities.red_packet_summary, Call::RedPacketSummary),
        (capabilities.users.is_some_and(|users| users.all), Call::Users),
        (capabilities.gifts.is_some(), Call::Gifts),
    ];
    offered.into_iter().filter_map(|(is_offered, call)| is_offered.then_some(call)).collect()
}

impl Call {
    async fn make(self, client: &dyn LiveRewards) -> Result<(), Error> {
        match self {
            Self::Rooms => client.rooms_page(&RoomQuery::new().page_size(1), None).await.map(drop),
            Self::PointsAccounts => {
                let query = PointsQuery::new().page_size(1);
                client.points_accounts_page(&query, None).await.map(drop)
            }
            Self::RedPacketSummary => {
                let nothing = RoomRef::new("l_000000000000000000000000", RoomKind::Live);
                client.red_packet_summary(&nothing).await.map(drop)
            }
            Self::Users => client.users_page(&UserQuery::all().page_size(1), None).await.map(drop),
            Self::Gifts => {
                let nothing = RoomRef::new("00000000-0000-0000-0000-000000000000", RoomKind::Room);
                let query = GiftQuery::in_room(nothing).page_size(1);
                client.gifts_page(&query, None).await.map(drop)
            }
        }
    }

    /// Whether it asks for a room that there isn't.
    const fn is_of_nothing(self) -> bool {
        matches!(self, Self::RedPacketSummary | Self::Gifts)
    }

    /// The permission that it needs, by the vendor's name, where the vendor gives it apart from others.
    const fn permission(self, vendor: Vendor) -> Option<&'static str> {
        match (vendor, self) {
            (Vendor::Xiaoe, Self::PointsAccounts) => Some("积分管理-查询"),
            (Vendor::Xiaoe, Self::RedPacketSummary) => Some("直播管理-查询"),
            (Vendor::Xiaoe, Self::Users) => Some("用户管理-查询"),
            _ => None,
        }
    }
}

/// What an error is about that is neither of permission nor of the IP list.
const fn topic(kind: ErrorKind) -> Topic {
    match kind {
        ErrorKind::Unauthenticated | ErrorKind::Config => Topic::Credentials,
        ErrorKind::ClockSkew => Topic::Clock,
        _ => Topic::Answer,
    }
}

/// Whether a vendor looked for what was asked for. That it looks at credentials before is taken for granted; none publishes it.
fn is_past_the_door(error: &Error) -> bool {
    // What has no code is a gateway's answer.
    error.code().is_some()
        && match error.kind() {
            ErrorKind::NotFound => true,
            // A code that isn't published: one for a room that there isn't can be among them.
            ErrorKind::Vendor => error.http_status() == Some(200),
            _ => false,
        }
}

fn passed(permission: Option<&str>, error: &Error) -> Check {
    let permission = permission.unwrap_or_default();
    match error.kind() {
        ErrorKind::NotFound => Check::ok(Topic::Permission, permission),
        _ => Check::warn(
            Topic::Permission,
            format!("{permission} {}", vendor_error(error)),
            say!(
                "asked for a room that there isn't; if sync reads red packets, all is well",
                "查询的是不存在的直播间；若 sync 能读到红包，即为正常"
            ),
        ),
    }
}

fn refused(topic: Topic, vendor: Option<Vendor>, permission: Option<&str>, error: &Error) -> Check {
    let check = Check::fail(topic, code_of(error), vendor_error(error));
    match vendor.and_then(|vendor| advice(vendor, permission, error)) {
        Some(advice) => check.with_advice(advice),
        None => check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_that_there_is_not_is_looked_for_behind_the_door() {
        let error = |kind, code: Option<&str>, status| {
            let error = Error::new(kind, "so it is").with_code(code.map(str::to_owned));
            error.with_http_status(status)
        };
        assert!(is_past_the_door(&error(ErrorKind::NotFound, Some("room.notExisted"), 404)));
        assert!(is_past_the_door(&error(ErrorKind::Vendor, Some("20017"), 200)));
        for refused in [
            error(ErrorKind::NotFound, None, 404),
            error(ErrorKind::Vendor, None, 502),
            error(ErrorKind::Vendor, Some("1001"), 500),
            error(ErrorKind::Unauthenticated, Some("2008"), 200),
            error(ErrorKind::PermissionDenied, Some("2017"), 200),
            error(ErrorKind::InvalidInput, None, 400),
        ] {
            assert!(!is_past_the_door(&refused), "{refused}");
        }
    }
}
