use std::fmt;

use live_rewards_core::{OpenEnum, Points, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef};
use live_rewards_http::callback::{CallbackError, Reply};

use super::xml;
use crate::live::LiveState;

/// A message that the vendor pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push {
    /// The shop.
    pub app_id: Option<String>,
    /// The message, the same each time it is pushed again.
    pub message_id: String,
    /// How many times it was pushed before.
    pub retry_times: u32,
    /// What happened.
    pub event: PushEvent,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushEvent {
    /// A user's points changed.
    Points(PointsChange),
    /// A live was created, or its state changed. No page says the `type` of such a message: it is told by an `xe_data.data.alive_id`
    /// beside the `xe_data.action` that the pages fix, `create` or `change`.
    Live(LiveChange),
    /// Anything else, as it came.
    Other(OtherPush),
}

/// A change of a user's points (积分变动).
///
/// It has neither the id of the points log's entry nor the balance after it: what is certain is in the
/// [points log](crate::points::AccountFlowList).
///
/// Source: <https://api-doc.xiaoe-tech.com/api_list/news_push/point_push.html> (official page, archived copy).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PointsChange {
    /// Whose points.
    pub user: UserRef,
    /// How many; below zero where they went out.
    pub change: Points,
    /// When.
    pub at: Timestamp,
    /// Reason, in words. In the example, not in the table.
    pub reason: Option<String>,
}

/// A live that was created, or whose state changed (直播状态变更).
///
/// Source: `https://api-doc.xiaoe-tech.com/api_list/provider/message_push/alive_state_change.html` and `…/alive_create.html`
/// (official pages, archived copies), which are of the section for service providers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiveChange {
    /// The live.
    pub room: RoomRef,
    /// `create` or `change`.
    pub action: String,
    /// State before.
    pub from: Option<LiveState>,
    /// State now.
    pub to: Option<LiveState>,
    /// When, where `change_time` is a time.
    pub at: Option<Timestamp>,
    /// `change_time` as it came.
    pub change_time: Option<String>,
    /// `push_time` as it came. The pages don't explain it.
    pub push_time: Option<String>,
}

/// A message that has no type of its own here.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherPush {
    /// Its `type`, which says what it is; empty if it has none.
    pub kind: String,
    /// Paths, as `xe_data.user_id`, and texts of all that it has, in its order.
    pub fields: Vec<(String, String)>,
}

impl Push {
    /// Says that the message was handled: status 200, `success`. What the vendor wants to hear is not published.
    pub fn reply(&self) -> Reply {
        Reply::text(200, "success")
    }

    pub(super) fn read(xml: &str) -> Result<Self, CallbackError> {
        let leaves = Leaves(xml::leaves(xml)?);
        let retry_times = match leaves.some("retry_times")? {
            Some(text) => text.parse::<u32>().map_err(|_| unreadable())?,
            None => 0,
        };
        Ok(Self {
            app_id: leaves.some("app_id")?.map(str::to_owned),
            message_id: leaves.required("message_id")?.to_owned(),
            retry_times,
            event: PushEvent::read(leaves)?,
        })
    }
}

impl PushEvent {
    fn read(leaves: Leaves) -> Result<Self, CallbackError> {
        let kind = leaves.some("type")?.unwrap_or_default();
        if kind == "point" && leaves.some("xe_data.integrals")?.is_some() {
            return PointsChange::read(&leaves).map(Self::Points);
        }
        let live = leaves.some("xe_data.data.alive_id")?;
        match (live, leaves.some("xe_data.action")?) {
            (Some(live), Some(action @ ("create" | "change"))) => {
                LiveChange::read(live, action, &leaves).map(Self::Live)
            }
            _ => Ok(Self::Other(OtherPush { kind: kind.to_owned(), fields: leaves.0 })),
        }
    }
}

impl PointsChange {
    fn read(leaves: &Leaves) -> Result<Self, CallbackError> {
        let change = leaves.required("xe_data.integrals")?.parse::<i64>();
        let at = Timestamp::parse_china(leaves.required("xe_data.change_time")?);
        Ok(Self {
            user: UserRef::new(leaves.required("xe_data.user_id")?, UserIdKind::VendorUser),
            change: Points::new(change.map_err(|_| unreadable())?),
            at: at.ok_or_else(unreadable)?,
            reason: leaves.some("xe_data.content")?.map(str::to_owned),
        })
    }
}

impl LiveChange {
    fn read(live: &str, action: &str, leaves: &Leaves) -> Result<Self, CallbackError> {
        let state = |path: &str| -> Result<Option<LiveState>, CallbackError> {
            Ok(leaves.some(path)?.map(LiveState::from_label))
        };
        let change_time = leaves.some("xe_data.data.change_time")?;
        Ok(Self {
            room: RoomRef::new(live, RoomKind::Live),
            action: action.to_owned(),
            from: state("xe_data.data.pre_status")?,
            to: state("xe_data.data.cur_status")?,
            at: change_time.and_then(Timestamp::parse_china),
            change_time: change_time.map(str::to_owned),
            push_time: leaves.some("xe_data.data.push_time")?.map(str::to_owned),
        })
    }
}

/// It may have somebody's name or number in it.
impl fmt::Debug for OtherPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<&str> = self.fields.iter().map(|(path, _)| path.as_str()).collect();
        f.debug_struct("OtherPush").field("kind", &self.kind).field("fields", &paths).finish()
    }
}

struct Leaves(Vec<(String, String)>);

impl Leaves {
    /// The text at a path without the blanks around it, if it has any. Two texts at one path are none to rely on.
    fn some(&self, path: &str) -> Result<Option<&str>, CallbackError> {
        let mut at_path = self.0.iter().filter(|(given, _)| given == path);
        let text = at_path.next().map(|(_, text)| text.trim());
        if at_path.next().is_some() {
            return Err(unreadable());
        }
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn required(&self, path: &'static str) -> Result<&str, CallbackError> {
        self.some(path)?.ok_or_else(|| CallbackError::missing(path))
    }
}

fn unreadable() -> CallbackError {
    CallbackError::unreadable("the message has what can't be read")
}

#[cfg(test)]
mod tests {
    use live_rewards_http::callback::CallbackErrorKind;

    use super::*;

    fn event(xe_data: &str) -> Result<PushEvent, CallbackErrorKind> {
        let xml =
            format!("<type>point</type><message_id>1</message_id><xe_data>{xe_data}</xe_data>");
        Push::read(&xml).map(|push| push.event).map_err(|error| error.kind())
    }

    const TIME: &str = "<change_time>2022-02-26 01:36:31</change_time>";

    #[test]
    fn points_may_go_out() {
        let data = format!("{TIME}<integrals>-20</integrals><user_id>u_1</user_id>");
        let Ok(PushEvent::Points(change)) = event(&data) else {
            panic!("no points");
        };
        assert_eq!((change.change, change.user.id.as_str()), (Points::new(-20), "u_1"));
        assert_eq!((change.at.to_string().as_str(), change.reason), ("2022-02-25T17:36:31Z", None));
    }

    #[test]
    fn what_a_change_of_points_must_have() {
        let [points, user] = ["<integrals>1</integrals>", "<user_id>u_1</user_id>"];
        for (data, kind) in [
            (format!("{points}{user}"), CallbackErrorKind::Missing),
            (format!("{points}{TIME}"), CallbackErrorKind::Missing),
            (format!("{points}{user}{user}{TIME}"), CallbackErrorKind::Unreadable),
            (format!("<integrals>1.5</integrals>{user}{TIME}"), CallbackErrorKind::Unreadable),
            (
                format!("{points}{user}<change_time>today</change_time>"),
                CallbackErrorKind::Unreadable,
            ),
        ] {
            assert_eq!(event(&data), Err(kind), "{data}");
        }
    }

    #[test]
    fn times_of_a_live_that_can_t_be_read_are_kept_as_they_came() {
        let times = "<change_time>1718334336</change_time><push_time>soon</push_time>";
        let data = format!("<action>change</action><data><alive_id>l_1</alive_id>{times}</data>");
        let Ok(PushEvent::Live(change)) = event(&data) else {
            panic!("no live");
        };
        assert_eq!(change.at, None);
        let kept = [change.change_time, change.push_time];
        assert_eq!(kept.map(Option::unwrap), ["1718334336", "soon"]);
    }

    #[test]
    fn a_live_is_created_or_changed_or_else_it_is_another_message() {
        for (action, is_known) in [
            ("<action>create</action>", true),
            ("<action>change</action>", true),
            ("<action>delete</action>", false),
            ("", false),
        ] {
            let event = event(&format!("{action}<data><alive_id>l_1</alive_id></data>")).unwrap();
            assert_eq!(matches!(event, PushEvent::Live(_)), is_known, "{action}");
        }
    }

    #[test]
    fn blanks_around_a_value_are_no_part_of_it() {
        let xml = format!(
            "<type> point\n</type><message_id>\n 7 </message_id><app_id> app </app_id>\
             <xe_data>{TIME}<integrals> 1 </integrals><user_id> u_1 </user_id></xe_data>"
        );
        let push = Push::read(&xml).unwrap();
        assert_eq!((push.message_id.as_str(), push.app_id.as_deref()), ("7", Some("app")));
        let PushEvent::Points(change) = push.event else { panic!("no points") };
        assert_eq!(change.user.id.as_str(), "u_1");
    }

    #[test]
    fn other_messages_keep_what_they_have() {
        let data = "<state>1</state><subject>u_1</subject><end_date/>";
        let Ok(PushEvent::Other(other)) = event(data) else {
            panic!("not another one");
        };
        assert_eq!(other.kind, "point");
        assert_eq!(other.fields[3], ("xe_data.subject".to_owned(), "u_1".to_owned()));
        assert_eq!(other.fields[4], ("xe_data.end_date".to_owned(), String::new()));
        assert!(!format!("{other:?}").contains("u_1"));
    }

    #[test]
    fn a_message_must_have_its_id() {
        let error = Push::read("<type>point</type><retry_times>1</retry_times>").unwrap_err();
        assert_eq!(error.kind(), CallbackErrorKind::Missing);
        let error = Push::read("<message_id>1</message_id><retry_times>x</retry_times>");
        assert_eq!(error.unwrap_err().kind(), CallbackErrorKind::Unreadable);
    }
}
