//! Xiaoe's message push: an XML message, encrypted and signed.

use std::fmt::Write;

use common_signing::{Algorithm, HexCase, Scheme};
use hyper::Method;
use serde_json::json;

use crate::calendar::{beijing, beijing_date, beijing_day};
use crate::callbacks::encryption::encrypted;
use crate::callbacks::target::{Target, form};
use crate::callbacks::{CallbackError, CallbackForm, Outbound};
use crate::credentials::{XIAOE_APP_ID, XIAOE_PUSH_KEY, XIAOE_PUSH_TOKEN};
use crate::parts::Parts;
use crate::seed::Draws;
use crate::text::Text;

/// A change of points that is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PointsChange {
    pub(crate) user_id: Text,
    /// Below 0 where points went out.
    pub(crate) integrals: i64,
    /// Unix seconds.
    pub(crate) change_time: i64,
    /// Reason.
    pub(crate) content: &'static str,
}

/// A push; only the number of the try changes from one to the next.
#[derive(Debug)]
pub(super) struct Push {
    message_id: String,
    kind: &'static str,
    /// Inside of `xe_data`.
    data: String,
    form: CallbackForm,
}

impl Push {
    /// Tells of an entry of the points log, the newest first.
    pub(super) fn points(
        parts: &Parts,
        entry: u64,
        form: CallbackForm,
        draws: Draws,
    ) -> Result<Self, CallbackError> {
        let now = seconds(parts);
        let change = i64::try_from(entry).ok();
        let change = change
            .and_then(|entry| parts.xiaoe.vendor.points_change(entry, now))
            .ok_or_else(|| CallbackError::new("entry: the points log is not so long"))?;
        let data = points(&change);
        Ok(Self { message_id: message_id(now, draws), kind: "point", data, form })
    }

    /// Tells that a live of the ready line went from one state to another.
    pub(super) fn live(
        parts: &Parts,
        live: u64,
        states: (u8, u8),
        form: CallbackForm,
        draws: Draws,
    ) -> Result<Self, CallbackError> {
        let now = seconds(parts);
        let lives = &parts.ready.xiaoe.resource_ids;
        let live = usize::try_from(live).ok().and_then(|place| lives.get(place));
        let live = live.ok_or_else(|| CallbackError::new("live: there are not so many"))?;
        // The type of this message is not published.
        let (kind, data) = ("alive", state(live, states, now));
        Ok(Self { message_id: message_id(now, draws), kind, data, form })
    }

    pub(super) fn message_id(&self) -> &str {
        &self.message_id
    }

    /// One try, at an instant in Unix seconds.
    pub(super) fn outbound(
        &self,
        target: &Target,
        retry_times: u32,
        now: i64,
        draws: Draws,
    ) -> Result<Outbound, CallbackError> {
        let message = self.message(retry_times);
        let encrypt = encrypted(XIAOE_PUSH_KEY, random(draws.at(0)), &message, XIAOE_APP_ID)
            .ok_or_else(|| CallbackError::new("the message could not be encrypted"))?;
        let (timestamp, nonce) = (now.to_string(), nonce(draws.at(1)));
        let signed = [XIAOE_PUSH_TOKEN, &timestamp, &nonce, &encrypt];
        let signature = Scheme::new(Algorithm::Sha1, HexCase::Lower).sorted(signed);
        let values = [
            ("encrypt", encrypt.as_str()),
            ("signature", signature.as_str()),
            ("timestamp", timestamp.as_str()),
            ("nonce", nonce.as_str()),
        ];
        Ok(outbound(self.form, target, &values))
    }

    /// The message before it is encrypted.
    fn message(&self, retry_times: u32) -> String {
        let Self { message_id, kind, data, .. } = self;
        format!(
            "<doc><type>{kind}</type><app_id>{XIAOE_APP_ID}</app_id>\
             <message_id>{message_id}</message_id><retry_times>{retry_times}</retry_times>\
             <xe_data>{data}</xe_data></doc>"
        )
    }
}

fn points(change: &PointsChange) -> String {
    let PointsChange { user_id, integrals, change_time, content } = change;
    format!(
        "<action>change</action><app_id>{XIAOE_APP_ID}</app_id>\
         <change_time>{}</change_time><content>{}</content><integrals>{integrals}</integrals>\
         <type>point</type><user_id>{user_id}</user_id>",
        beijing(*change_time),
        escaped(content)
    )
}

fn state(live: &str, (from, to): (u8, u8), now: i64) -> String {
    format!(
        "<action>change</action><app_id>{XIAOE_APP_ID}</app_id><data><alive_id>{live}</alive_id>\
         <change_time>{}</change_time><cur_status>{to}</cur_status>\
         <pre_status>{from}</pre_status><push_time/></data>",
        beijing(now)
    )
}

/// Unix seconds of the vendor's clock.
pub(super) fn seconds(parts: &Parts) -> i64 {
    parts.xiaoe.now_ms().div_euclid(1000)
}

/// The day in Beijing and 19 digits.
fn message_id(now: i64, mut draws: Draws) -> String {
    const LEAST: i64 = 1_000_000_000_000_000_000;
    let day = beijing_date(beijing_day(now)).replace('-', "");
    format!("{day}_{}", LEAST + draws.below(8 * LEAST))
}

fn random(mut draws: Draws) -> [u8; 16] {
    let (high, low) = (draws.draw(), draws.draw());
    ((u128::from(high) << 64) | u128::from(low)).to_be_bytes()
}

/// Ten digits.
fn nonce(mut draws: Draws) -> String {
    format!("{:010}", draws.below(10_000_000_000))
}

fn outbound(place: CallbackForm, target: &Target, values: &[(&str, &str)]) -> Outbound {
    let in_url = if place == CallbackForm::Query { values } else { &[] };
    let (content_type, body) = match place {
        CallbackForm::Query => (None, Vec::new()),
        CallbackForm::Form => (Some("application/x-www-form-urlencoded"), form(values)),
        CallbackForm::Json => {
            let members = values.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
            let body = serde_json::Value::Object(members.collect()).to_string();
            (Some("application/json"), body.into_bytes())
        }
        CallbackForm::Xml => (Some("text/xml"), xml(values).into_bytes()),
    };
    Outbound { method: Method::POST, target: target.with(in_url), content_type, body }
}

fn xml(values: &[(&str, &str)]) -> String {
    let mut document = "<xml>".to_owned();
    for (name, value) in values {
        // Writing to a string doesn't fail.
        let _ = write!(document, "<{name}>{}</{name}>", escaped(value));
    }
    document.push_str("</xml>");
    document
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_648_867_234;

    fn push(kind: &'static str, data: String) -> Push {
        let message_id = message_id(NOW, Draws::new(1));
        Push { message_id, kind, data, form: CallbackForm::Json }
    }

    #[test]
    fn messages_have_the_vendors_form() {
        let mut user_id = Text::new();
        user_id.push_str("u_5f36be1006515_SB3cyXabcd");
        let change = PointsChange {
            user_id,
            integrals: -7,
            change_time: NOW,
            content: "兑换 <礼品> & 优惠",
        };
        let push = push("point", points(&change));
        let id = push.message_id().to_owned();
        assert_eq!((&id[..9], id.len()), ("20220402_", 28));
        assert_eq!(
            push.message(2),
            format!(
                "<doc><type>point</type><app_id>{XIAOE_APP_ID}</app_id><message_id>{id}</message_id>\
                 <retry_times>2</retry_times><xe_data><action>change</action>\
                 <app_id>{XIAOE_APP_ID}</app_id><change_time>2022-04-02 10:40:34</change_time>\
                 <content>兑换 &lt;礼品&gt; &amp; 优惠</content><integrals>-7</integrals>\
                 <type>point</type><user_id>u_5f36be1006515_SB3cyXabcd</user_id></xe_data></doc>"
            )
        );
        assert_eq!(
            state("l_1", (0, 1), NOW),
            format!(
                "<action>change</action><app_id>{XIAOE_APP_ID}</app_id><data><alive_id>l_1</alive_id>\
                 <change_time>2022-04-02 10:40:34</change_time><cur_status>1</cur_status>\
                 <pre_status>0</pre_status><push_time/></data>"
            )
        );
    }

    #[test]
    fn the_four_values_may_be_anywhere() {
        let target = Target::of("http://localhost/push?a=1").unwrap();
        let values = [("encrypt", "a+/="), ("nonce", "1")];
        let sent = |form| {
            let outbound = outbound(form, &target, &values);
            assert_eq!(outbound.method, Method::POST);
            (outbound.target, String::from_utf8(outbound.body).unwrap())
        };
        let own = "/push?a=1".to_owned();
        let query = format!("{own}&encrypt=a%2B%2F%3D&nonce=1");
        assert_eq!(sent(CallbackForm::Query), (query, String::new()));
        let form = "encrypt=a%2B%2F%3D&nonce=1".to_owned();
        assert_eq!(sent(CallbackForm::Form), (own.clone(), form));
        let json = r#"{"encrypt":"a+/=","nonce":"1"}"#.to_owned();
        assert_eq!(sent(CallbackForm::Json), (own.clone(), json));
        let xml = "<xml><encrypt>a+/=</encrypt><nonce>1</nonce></xml>".to_owned();
        assert_eq!(sent(CallbackForm::Xml), (own, xml));
    }

    #[test]
    fn each_try_is_signed_anew() {
        let target = Target::of("http://localhost/").unwrap();
        let push = push("alive", state("l_1", (1, 2), NOW));
        let tries: Vec<serde_json::Value> = [(0, NOW), (1, NOW + 1)]
            .map(|(retry, now)| {
                let draws = Draws::new(1).at(i64::from(retry));
                let outbound = push.outbound(&target, retry, now, draws).unwrap();
                serde_json::from_slice(&outbound.body).unwrap()
            })
            .into();
        for one in &tries {
            let value = |name: &str| one[name].as_str().unwrap();
            let signed = [XIAOE_PUSH_TOKEN, value("timestamp"), value("nonce"), value("encrypt")];
            let signature = Scheme::new(Algorithm::Sha1, HexCase::Lower).sorted(signed);
            assert_eq!(signature.as_str(), value("signature"));
            assert_eq!(value("nonce").len(), 10);
        }
        for name in ["timestamp", "nonce", "encrypt", "signature"] {
            assert_ne!(tries[0][name], tries[1][name], "{name}");
        }
    }
}
