use live_rewards_core::{
    Error, ErrorKind, Result, RoomKind, RoomRef, SessionId, Timestamp, UserIdKind, UserRef, Vendor,
};
use live_rewards_http::callback::{CallbackError, CallbackErrorKind, Fields, Reply};
use serde_json::value::{RawValue, Value};

/// What the vendor asks about a viewer's points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PointsRequest {
    /// The channel (`channelId`).
    pub room: RoomRef,
    /// The viewer as the customer's own authorisation named them (`viewerId`, `viewerName`).
    pub user: UserRef,
    /// The session (`sessionId`); none while the channel isn't live.
    pub session: Option<SessionId>,
    /// When it was asked (`ts`).
    pub at: Timestamp,
    /// What is asked.
    pub action: PointsAction,
}

/// What a [`PointsRequest`] asks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PointsAction {
    /// How many points the viewer has.
    Balance,
    /// To take points from the viewer for a gift.
    Spend(Spend),
}

/// A gift that is paid by points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spend {
    /// Its name (`goodName`).
    pub name: String,
    /// Points for one, as decimal text (`goodPrice`).
    pub price: String,
    /// How many (`goodNum`). Known from a repost of the vendor's page alone, third party:
    /// <https://blog.csdn.net/weixin_30605469/article/details/114660157>.
    pub quantity: Option<u64>,
    /// Points in all, as decimal text (`count`). Known from the same repost alone.
    pub total: Option<String>,
}

impl PointsRequest {
    pub(super) fn read(
        fields: &Fields,
        spends: bool,
        at: Timestamp,
    ) -> Result<Self, CallbackError> {
        let viewer = UserRef::new(fields.required("viewerId")?, UserIdKind::Viewer);
        Ok(Self {
            room: RoomRef::new(fields.required("channelId")?, RoomKind::Channel),
            user: viewer.with_nickname(optional(fields, "viewerName").map(ToOwned::to_owned)),
            session: optional(fields, "sessionId").map(Into::into),
            at,
            action: if spends {
                PointsAction::Spend(Spend::read(fields)?)
            } else {
                PointsAction::Balance
            },
        })
    }

    /// The answer that says how many points the viewer has, after what was taken: a JSON number, as `100.00`.
    pub fn accepted(points: &str) -> Result<Reply> {
        let Some(points) = number(points) else {
            let what = "points are answered as a JSON number";
            return Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Polyv));
        };
        let body = format!(r#"{{"code":200,"status":"success","message":"","data":{points}}}"#);
        Ok(Reply::json(200, body))
    }

    /// The answer that nothing was taken, or that nothing can be said, and why. The viewer is shown the words of the account's settings
    /// instead of these.
    ///
    /// The body is the published one; that its HTTP status is 200 is our choice. Any `code` but 200 is a failure; the page has 400,
    /// which by the repost named at [`Spend::quantity`] means too few points.
    pub fn refused(message: &str) -> Reply {
        let message = Value::from(message);
        let body = format!(r#"{{"code":400,"status":"error","message":{message},"data":null}}"#);
        Reply::json(200, body)
    }
}

impl Spend {
    fn read(fields: &Fields) -> Result<Self, CallbackError> {
        let quantity = optional(fields, "goodNum").map(str::parse::<u64>).transpose();
        let total = optional(fields, "count").map(|text| decimal(text, "count is no number"));
        Ok(Self {
            name: fields.required("goodName")?.to_owned(),
            price: decimal(fields.required("goodPrice")?, "goodPrice is no number")?,
            quantity: quantity.map_err(|_| unreadable("goodNum is no count"))?,
            total: total.transpose()?,
        })
    }
}

fn optional<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).filter(|value| !value.is_empty())
}

fn decimal(text: &str, otherwise: &'static str) -> Result<String, CallbackError> {
    number(text).map(ToOwned::to_owned).ok_or_else(|| unreadable(otherwise))
}

/// The characters of a JSON number.
fn number(text: &str) -> Option<&str> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let number = raw.get();
    number.starts_with(|first: char| first == '-' || first.is_ascii_digit()).then_some(number)
}

fn unreadable(what: &'static str) -> CallbackError {
    CallbackError::new(CallbackErrorKind::Unreadable, what)
}
