use live_rewards_core::{
    Error, ErrorKind, Result, RoomKind, RoomRef, SessionId, Timestamp, UserIdKind, UserRef, Vendor,
};
use live_rewards_http::{
    callback::{CallbackError, Fields, Reply},
    wire::number,
};
use serde_json::Value;

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
            return Err(invalid("points are answered as a JSON number"));
        };
        let body = format!(r#"{{"code":200,"status":"success","message":"","data":{points}}}"#);
        Ok(Reply::json(200, body))
    }

    /// The answer that nothing was taken, or that nothing can be said, and why. The viewer is shown the words of the account's settings
    /// instead of these.
    ///
    /// The body is the published one, with its `code` 400, which by the repost named at [`Spend::quantity`] means too few points. That its
    /// HTTP status is 200 is our choice.
    pub fn refused(message: &str) -> Reply {
        failure(200, 400, message)
    }

    /// The same with another `code`. Any but 200, which says that all is well, is a failure; what others mean is not published.
    pub fn refused_with(code: u16, message: &str) -> Result<Reply> {
        if code == 200 {
            return Err(invalid("the code 200 is no refusal"));
        }
        Ok(failure(200, code, message))
    }

    /// The answer to what could not be checked or read, in the published form of a failure. HTTP status and
    /// `code` are the status of the error's own [reply](CallbackError::reply), and as there nothing but the kind is said.
    pub fn rejected(error: &CallbackError) -> Reply {
        let status = error.reply().status;
        failure(status, status, error.kind().as_str())
    }
}

impl Spend {
    fn read(fields: &Fields) -> Result<Self, CallbackError> {
        let quantity = optional(fields, "goodNum").map(str::parse::<u64>).transpose();
        let total = optional(fields, "count").map(|text| decimal(text, "count is no number"));
        Ok(Self {
            name: fields.required("goodName")?.to_owned(),
            price: decimal(fields.required("goodPrice")?, "goodPrice is no number")?,
            quantity: quantity.map_err(|_| CallbackError::unreadable("goodNum is no count"))?,
            total: total.transpose()?,
        })
    }
}

fn optional<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).filter(|value| !value.is_empty())
}

fn decimal(text: &str, otherwise: &'static str) -> Result<String, CallbackError> {
    number(text).map(ToOwned::to_owned).ok_or_else(|| CallbackError::unreadable(otherwise))
}

fn failure(status: u16, code: u16, message: &str) -> Reply {
    let message = Value::from(message);
    let body = format!(r#"{{"code":{code},"status":"error","message":{message},"data":null}}"#);
    Reply::json(status, body)
}

fn invalid(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Polyv)
}
