//! Sums of a live's red packets.

use serde::Serialize;

use crate::reply::Reply;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::success;
use crate::vendor::xiaoe::{Endpoint, Xiaoe};

/// Answers a call for the sums. Without red packets those of money are null.
pub(super) fn sum(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Reply {
    let mut sums = Sums::default();
    if let Some(room) = xiaoe.room(&call.parameters) {
        let listing = xiaoe.red_packets.listing(room, call.now());
        for index in call.waiting.rows(listing.indexes()) {
            let standing = xiaoe.red_packets.get(room, index).standing(call.now());
            sums.receive_total += standing.claims;
            sums.total_rounds += 1;
            for (sum, more) in [
                (&mut sums.total_after_deduction_money, standing.net),
                (&mut sums.total_money, standing.issued),
                (&mut sums.total_number, 1),
            ] {
                *sum.get_or_insert(0) += more;
            }
        }
    }
    success("success", None, &Data { data: sums })
}

#[derive(Serialize)]
struct Data {
    data: Sums,
}

#[derive(Default, Serialize)]
struct Sums {
    receive_total: i64,
    total_after_deduction_money: Option<i64>,
    total_money: Option<i64>,
    total_number: Option<i64>,
    total_rounds: i64,
}
