//! Polyv's points of the customer's own: it asks how many a viewer has, and takes some.

use common_signing::{Algorithm, HexCase, Scheme};
use hyper::Method;

use crate::callbacks::target::{Target, form};
use crate::callbacks::{CallbackError, Outbound};
use crate::credentials::{POLYV_APP_ID, POLYV_APP_SECRET};
use crate::parts::Parts;
use crate::world::donations::OFFERS;

/// A viewer of a channel whose points are asked for.
#[derive(Clone, Debug)]
pub(crate) struct Donor {
    pub(crate) channel_id: String,
    pub(crate) viewer_id: String,
    pub(crate) viewer_name: &'static str,
    /// Empty where the channel has none.
    pub(crate) session_id: String,
}

/// A request to the customer; only its time changes from one try to the next.
#[derive(Debug)]
pub(super) struct PointsRequest {
    donor: Donor,
    /// What is bought; nothing where the balance is asked for.
    purchase: Option<Purchase>,
}

#[derive(Debug)]
struct Purchase {
    name: &'static str,
    /// With two decimals.
    price: String,
    number: String,
    /// With two decimals.
    total: String,
}

impl PointsRequest {
    /// Asks for the points of a viewer of a channel of the ready line.
    pub(super) fn balance(parts: &Parts, channel: u64, viewer: u64) -> Result<Self, CallbackError> {
        Ok(Self { donor: donor(parts, channel, viewer)?, purchase: None })
    }

    /// Takes points of the viewer for a number of the gifts at a place among those offered.
    pub(super) fn spend(
        parts: &Parts,
        channel: u64,
        viewer: u64,
        (good, number): (u64, u32),
    ) -> Result<Self, CallbackError> {
        let purchase = Purchase::of(good, number)?;
        Ok(Self { donor: donor(parts, channel, viewer)?, purchase: Some(purchase) })
    }

    /// One try, at an instant in milliseconds since 1970.
    pub(super) fn outbound(&self, target: &Target, now_ms: i64) -> Outbound {
        let Donor { channel_id, viewer_id, viewer_name, session_id } = &self.donor;
        let ts = now_ms.to_string();
        let mut parameters =
            vec![("channelId", channel_id.as_str()), ("viewerId", viewer_id.as_str())];
        if self.purchase.is_none() {
            parameters.push(("viewerName", *viewer_name));
        }
        parameters.push(("sessionId", session_id.as_str()));
        parameters.push(("ts", ts.as_str()));
        parameters.push(("appId", POLYV_APP_ID));
        if let Some(Purchase { name, price, number, total }) = &self.purchase {
            parameters.push(("goodName", *name));
            parameters.push(("goodPrice", price.as_str()));
            parameters.push(("goodNum", number.as_str()));
            parameters.push(("count", total.as_str()));
        }
        let sign = sign(target, &parameters);
        parameters.push(("sign", sign.as_str()));
        match self.purchase {
            None => Outbound {
                method: Method::GET,
                target: target.with(&parameters),
                content_type: None,
                body: Vec::new(),
            },
            Some(_) => Outbound {
                method: Method::POST,
                target: target.with(&[]),
                content_type: Some("application/x-www-form-urlencoded"),
                body: form(&parameters),
            },
        }
    }
}

fn donor(parts: &Parts, channel: u64, viewer: u64) -> Result<Donor, CallbackError> {
    let now = parts.polyv.now_ms().div_euclid(1000);
    let place = i64::try_from(channel).ok().zip(i64::try_from(viewer).ok());
    place
        .and_then(|(channel, viewer)| parts.polyv.vendor.donor(channel, viewer, now))
        .ok_or_else(|| CallbackError::new("channel, viewer: there is no such channel or viewer"))
}

impl Purchase {
    fn of(good: u64, number: u32) -> Result<Self, CallbackError> {
        let offer = usize::try_from(good).ok().and_then(|place| OFFERS.get(place));
        let offer = offer.ok_or_else(|| CallbackError::new("good: there are not so many"))?;
        if number == 0 {
            return Err(CallbackError::new("number: at least 1"));
        }
        Ok(Self {
            name: offer.name,
            price: decimals(offer.points),
            number: number.to_string(),
            total: decimals(offer.points.saturating_mul(number.into())),
        })
    }
}

fn decimals(points: i64) -> String {
    format!("{points}.00")
}

/// Signs what isn't empty, parameters of the customer's URL among it.
fn sign(target: &Target, parameters: &[(&str, &str)]) -> String {
    let own = target.parameters();
    let own = own.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let given = own.chain(parameters.iter().copied()).filter(|(_, value)| !value.is_empty());
    let scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
    scheme.enclosed(POLYV_APP_SECRET, given).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_session(session_id: &str) -> Donor {
        Donor {
            channel_id: "2812610".to_owned(),
            viewer_id: "7".to_owned(),
            viewer_name: "观众",
            session_id: session_id.to_owned(),
        }
    }

    /// Names and values, the signature checked and left out.
    fn checked(text: &str) -> String {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        let (signature, given): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(name, _)| name == "sign");
        let signed = given.iter().filter(|(_, value)| !value.is_empty());
        let signed = signed.map(|(name, value)| (name.as_str(), value.as_str()));
        let scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
        let expected = scheme.enclosed(POLYV_APP_SECRET, signed);
        assert_eq!(signature[0].1, expected.as_str());
        given.iter().flat_map(|(name, value)| [name, "=", value, " "]).collect()
    }

    #[test]
    fn a_balance_is_asked_for_in_the_query() {
        let request = PointsRequest { donor: in_session(""), purchase: None };
        let target = Target::of("http://localhost/points?shop=7").unwrap();
        let outbound = request.outbound(&target, 1_660_270_926_732);
        assert_eq!((&outbound.method, outbound.body.len()), (&Method::GET, 0));
        let query = outbound.target.strip_prefix("/points?").unwrap();
        assert_eq!(
            checked(query),
            format!(
                "shop=7 channelId=2812610 viewerId=7 viewerName=观众 sessionId= ts=1660270926732 appId={POLYV_APP_ID} "
            )
        );
    }

    #[test]
    fn points_are_taken_by_a_form() {
        let purchase = Purchase {
            name: "鲜花",
            price: decimals(10),
            number: "2".to_owned(),
            total: decimals(20),
        };
        let request = PointsRequest { donor: in_session("g8h352spmc"), purchase: Some(purchase) };
        let target = Target::of("http://localhost/points").unwrap();
        let outbound = request.outbound(&target, 1_660_270_926_732);
        assert_eq!((&outbound.method, outbound.target.as_str()), (&Method::POST, "/points"));
        assert_eq!(
            checked(&String::from_utf8(outbound.body).unwrap()),
            format!(
                "channelId=2812610 viewerId=7 sessionId=g8h352spmc ts=1660270926732 appId={POLYV_APP_ID} \
                 goodName=鲜花 goodPrice=10.00 goodNum=2 count=20.00 "
            )
        );
    }

    #[test]
    fn only_what_is_offered_is_bought() {
        assert!(Purchase::of(0, 1).is_ok());
        assert!(Purchase::of(0, 0).is_err() && Purchase::of(99, 1).is_err());
    }
}
