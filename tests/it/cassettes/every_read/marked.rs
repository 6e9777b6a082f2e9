use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use live_rewards::polyv::http::{Answer, BaseUrl, ReqwestTransport, Transport, TransportError};
use serde_json::Value;

/// What is filled in where the emulator's people have nothing.
pub(super) const MARKS: [&str; 2] = ["marked-", "13900139000"];

const NUMBERS: &str = "bind_phone collect_phone lastCollectMobile mobile telephone";

const TEXTS: &str = "
    address area avatar clientDevice descrb describe_msg device email forward_url invitee latestAccessIp name nickname param4 param5
    preset receiverAvatar receiverCity receiverNickname receiverRegion summary svip_id wxUnionId wx_app_open_id wx_avatar wx_open_id
    wx_union_id
";

/// Members that are a person's whatever the call is.
const PEOPLE: &str = "
    avatar draw_nickname draw_user_id fromUserId hostId nickName nickname openId publisher receiverOpenId receiverViewerId send_user_id
    set_nickname set_user_id toUserId userId userName user_id user_nickname userid value viewerId viewerName viewerNickName
    viewerUnionId winnerCode wxAvatar wxNickName wxOpenId wx_avatar wx_nickname wx_open_id
";

/// Passes requests on to the emulator, completes what it tells of people, and notes it.
pub(super) struct Marked {
    transport: ReqwestTransport,
    answers: Mutex<Vec<Value>>,
}

impl Marked {
    pub(super) fn new(base_url: &str) -> Arc<Self> {
        let base_url = BaseUrl::parse(base_url, false).unwrap();
        let transport = ReqwestTransport::new(&base_url, "test", 1 << 24).unwrap();
        Arc::new(Self { transport, answers: Mutex::default() })
    }

    /// The answers as the client got them.
    pub(super) fn answers(&self) -> Vec<Value> {
        self.answers.lock().unwrap().clone()
    }

    /// Everybody in them: ids, nicknames, pictures, and what winners filled in.
    pub(super) fn people(&self) -> BTreeSet<String> {
        let mut people = BTreeSet::new();
        for answer in self.answers.lock().unwrap().iter() {
            find(answer, "", &mut people);
        }
        people
    }
}

#[async_trait::async_trait]
impl Transport for Marked {
    async fn send(
        &self,
        request: http::Request<bytes::Bytes>,
        timeout: Duration,
    ) -> Result<Answer, TransportError> {
        let mut answer = self.transport.send(request, timeout).await?;
        let body = completed(std::str::from_utf8(answer.body()).unwrap());
        self.answers.lock().unwrap().push(serde_json::from_str(&body).unwrap());
        *answer.body_mut() = body.into();
        Ok(answer)
    }
}

// As any transport's: it must not show what it carries.
impl fmt::Debug for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Marked")
    }
}

/// An answer of the emulator, which writes no white space.
fn completed(body: &str) -> String {
    let [mark, number] = MARKS;
    let form = format!(r#"[{{\"field\":\"姓名\",\"value\":\"{mark}name\"}}]"#);
    let mut body = body.replace(r#""collectInfo":"[]""#, &format!(r#""collectInfo":"{form}""#));
    let numbers = NUMBERS.split_whitespace().map(|name| (name, number.to_owned()));
    let texts = TEXTS.split_whitespace().map(|name| (name, format!("{mark}{name},{mark}too")));
    for (name, value) in numbers.chain(texts) {
        for nothing in ["\"\"", "null"] {
            let empty = format!("\"{name}\":{nothing}");
            body = body.replace(&empty, &format!("\"{name}\":\"{value}\""));
        }
    }
    body
}

fn find(answer: &Value, name: &str, people: &mut BTreeSet<String>) {
    match answer {
        Value::Object(members) => {
            for (name, value) in members {
                find(value, name, people);
            }
        }
        Value::Array(values) => {
            for value in values {
                find(value, name, people);
            }
        }
        Value::String(text) => match document(text) {
            Some(document) => find(&document, name, people),
            None => people.extend(is_person(name, text).then(|| text.clone())),
        },
        Value::Number(number) => {
            let number = number.to_string();
            people.extend(is_person(name, &number).then_some(number));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn is_person(name: &str, value: &str) -> bool {
    !matches!(value, "" | "0") && PEOPLE.split_whitespace().any(|known| known == name)
}

/// The JSON object or list that a text is.
pub(super) fn document(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}
