//! Polyv's donations, and the income that has those of money once more.

use jiff::Timestamp;
use jiff::tz::Offset;
use live_rewards_emulator::Emulator;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::reading::polyv::fen;
use crate::support::{polyv_form, polyv_get};

const DONATIONS: &str = "/live/v4/channel/reward/gift-list";
const DAY_MS: i64 = 86_400_000;

/// One donation.
#[derive(Clone, Debug)]
pub(crate) struct Donation {
    pub(crate) room: String,
    pub(crate) at_ms: i64,
    /// `None` where the unit is not said.
    pub(crate) fen: Option<i64>,
}

/// One payment.
#[derive(Clone, Debug)]
pub(crate) struct Income {
    pub(crate) room: String,
    pub(crate) id: String,
    pub(crate) pay_type: String,
    pub(crate) at_ms: i64,
    pub(crate) fen: i64,
}

#[derive(Deserialize)]
struct Answer<T> {
    data: Data<T>,
}

#[derive(Deserialize)]
struct Data<T> {
    contents: Vec<T>,
}

#[derive(Deserialize)]
struct DonationRow {
    timestamp: i64,
    r#type: String,
    amount: Box<RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IncomeRow {
    out_trade_no: String,
    channel_id: i64,
    amount: Box<RawValue>,
    pay_type: String,
    pay_time: i64,
}

/// Every donation of Polyv.
pub(crate) async fn polyv_donations(emulator: &Emulator) -> Vec<Donation> {
    let (start, end) = span(emulator);
    let (start, end) = (start.to_string(), end.to_string());
    let mut donations = Vec::new();
    for channel in &emulator.ready().polyv.channel_ids {
        for page in 1.. {
            let number = page.to_string();
            let query = [
                ("channelId", channel.as_str()),
                ("start", start.as_str()),
                ("end", end.as_str()),
                ("pageNumber", number.as_str()),
                ("pageSize", "300"),
            ];
            let text = polyv_get(emulator, DONATIONS, &query).await.text;
            let answer: Answer<DonationRow> = serde_json::from_str(&text).unwrap();
            if answer.data.contents.is_empty() {
                break;
            }
            donations.extend(answer.data.contents.into_iter().map(|row| Donation {
                room: channel.clone(),
                at_ms: row.timestamp,
                fen: (row.r#type == "2").then(|| fen(&row.amount)),
            }));
        }
    }
    donations
}

/// Everything that was paid at Polyv.
pub(crate) async fn polyv_income(emulator: &Emulator) -> Vec<Income> {
    let (start, end) = span(emulator);
    let (start, end) = (day(start), day(end));
    let path = format!("/live/v2/user/{}/get-income-detail", emulator.ready().polyv.live_account);
    let mut income = Vec::new();
    for page in 1.. {
        let number = page.to_string();
        let form = [
            ("startDate", start.as_str()),
            ("endDate", end.as_str()),
            ("page", number.as_str()),
            ("pageSize", "1000"),
        ];
        let text = polyv_form(emulator, &path, &form).await.text;
        let answer: Answer<IncomeRow> = serde_json::from_str(&text).unwrap();
        if answer.data.contents.is_empty() {
            break;
        }
        income.extend(answer.data.contents.into_iter().map(|row| Income {
            room: row.channel_id.to_string(),
            id: row.out_trade_no,
            pay_type: row.pay_type,
            at_ms: row.pay_time,
            fen: fen(&row.amount),
        }));
    }
    income
}

/// From before everything to after it, in milliseconds since 1970.
fn span(emulator: &Emulator) -> (i64, i64) {
    (emulator.now_ms() - 800 * DAY_MS, emulator.now_ms() + DAY_MS)
}

/// The day in Beijing.
fn day(ms: i64) -> String {
    Offset::constant(8).to_datetime(Timestamp::from_millisecond(ms).unwrap()).date().to_string()
}
