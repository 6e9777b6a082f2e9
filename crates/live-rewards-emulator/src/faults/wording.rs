//! What an ordered error says.

use std::str;

use crate::faults::text::{member, replace};
use crate::reply::Reply;
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;

/// The text of an error, and the member of the vendor's body that holds it.
#[derive(Debug)]
pub(super) struct Wording {
    member: &'static str,
    text: String,
}

impl Wording {
    /// What was ordered for an error; else what is known of the vendor's text for the code beyond the
    /// generated tables, which the vendor's own form takes its text from.
    pub(super) fn of(vendor: &str, code: &str, ordered: Option<&str>) -> Option<Self> {
        let member = match vendor {
            Xiaoe::NAME => "msg",
            Polyv::NAME => "desc",
            _ => "message",
        };
        let text = ordered.or_else(|| known(vendor, code))?.to_owned();
        Some(Self { member, text })
    }

    /// Puts the text into the error.
    pub(super) fn put(&self, reply: &mut Reply) {
        let body = str::from_utf8(&reply.body).unwrap_or_default();
        // Polyv's older envelope has another member.
        let place = member(body, 0, self.member).or_else(|| member(body, 0, "message"));
        if let (Some(place), Ok(text)) = (place, serde_json::to_string(&self.text)) {
            reply.body = replace(body, &[(place, text)]).into_bytes();
        }
    }
}

fn known(vendor: &str, code: &str) -> Option<&'static str> {
    let texts = match vendor {
        Xiaoe::NAME => XIAOE,
        Polyv::NAME => POLYV,
        _ => return None,
    };
    texts.iter().find_map(|(known, text)| (*known == code).then_some(*text))
}

/// Of 2001 the message in the one error that the vendor prints, on an older page. Of the others what
/// they mean, as transcriptions of the vendor's table have it: the messages are not published.
const XIAOE: &[(&str, &str)] = &[
    ("1001", "系统繁忙"),
    ("1002", "业务接口返回值格式错误"),
    ("2001", "invalid secret_key"),
    ("2002", "app_id 错误"),
    ("2003", "缺少 secret_key"),
    ("2004", "secret_key 错误或 app_id 无效"),
    ("2005", "缺少 grant_type"),
    ("2006", "缺少 grant_type"),
    ("2007", "缺少 access_token"),
    ("2008", "access_token 过期 或者不存在"),
    ("2009", "缺少 userid"),
    ("2010", "user_id 无效"),
    ("2017", "没有接口权限，需申请对应权限集"),
    ("2020", "无效的 client_id"),
    ("2051", "IP 不在白名单中"),
    ("2052", "接口不存在或未注册"),
    ("2053", "API的调用次数达到上限"),
    ("2054", "API的请求短时间突增"),
    ("2055", "请求方式错误"),
];

/// The texts are those of the older envelope, the numbers those of the emulator's own refusals.
const POLYV: &[(&str, &str)] = &[
    ("20002", "invalid signature."),
    ("20003", "ptime is too old."),
    ("20004", "duplicate request."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::xiaoe::ERRORS;

    fn text(vendor: &str, code: &str, ordered: Option<&str>) -> Option<String> {
        Wording::of(vendor, code, ordered).map(|wording| wording.text)
    }

    #[test]
    fn every_published_code_has_a_text() {
        for error in ERRORS {
            assert!(error.message.is_some() || text("xiaoe", error.code, None).is_some());
        }
    }

    #[test]
    fn what_is_ordered_comes_first() {
        assert_eq!(text("xiaoe", "1001", Some("busy")).as_deref(), Some("busy"));
        assert_eq!(text("polyv", "4711", Some("")).as_deref(), Some(""));
        for (vendor, code) in [("xiaoe", "3001"), ("polyv", "10001"), ("yxt", "global.noprivilege")]
        {
            assert_eq!(text(vendor, code, None), None);
        }
    }

    #[test]
    fn the_text_is_put_where_the_message_stands() {
        let mut reply = Reply::json(400, &serde_json::json!({"error": {"desc": "old", "z": 1}}));
        let Some(wording) = Wording::of("polyv", "1", Some("a \"b\"\n")) else { panic!() };
        wording.put(&mut reply);
        let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(body["error"]["desc"], "a \"b\"\n");
        assert_eq!(body["error"]["z"], 1);
    }
}
