//! Points accounts of the shop.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;

use crate::calendar::{beijing, parse_beijing};
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::deductions::Taken;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::order::Order;
use crate::vendor::xiaoe::{Endpoint, Xiaoe, paging};
use crate::world::points::Account;

/// Answers a call for points accounts: by id from the newest on, unless asked to sort them.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let range = opened_between(xiaoe, call)?;
    let order = Order::asked_for(&call.parameters)?;
    let taken = xiaoe.deductions.taken();
    let account = |index| xiaoe.account(&taken, index, call.now());
    let (number, size) = paging::asked_for(call);
    let (total, accounts) = if let Some(user_ids) = call.parameters.list("user_ids") {
        let indexes = indexes(xiaoe, user_ids, &range);
        let total = i64::try_from(indexes.len()).unwrap_or(0);
        let positions = page::rows(number, size, total);
        let accounts: Vec<Account> = match order {
            None => page::select(indexes.into_iter(), &positions).map(account).collect(),
            Some(order) => order.select(|| indexes.iter().copied().map(account), &positions),
        };
        (total, accounts)
    } else {
        let total = range.end - range.start;
        let positions = page::rows(number, size, total);
        let accounts: Vec<Account> = match order {
            // The one order in which a page is computed without a look at the other accounts.
            None => page::newest_first(&range, positions).map(account).collect(),
            Some(order) => {
                let all = || call.waiting.rows(range.clone().rev()).map(account);
                order.select(all, &positions)
            }
        };
        (total, accounts)
    };
    let data = Data {
        list: accounts.iter().map(|account| row(xiaoe, account)).collect(),
        page: PageInfo {
            current_page: number,
            last_page: page::count(total, size).max(1),
            page_size: size,
            total,
        },
    };
    Ok(success("Success", None, &data))
}

impl Xiaoe {
    /// An account, less what callers took from it.
    pub(super) fn account(&self, taken: &Taken, index: i64, now: i64) -> Account {
        let mut account = self.accounts.get(index, now);
        let sum = taken.sum(index, now);
        account.available -= sum;
        // A total that says nothing stays so.
        if account.reported_total != 0 {
            account.reported_total -= sum;
        }
        account
    }
}

/// Indexes of the users' accounts in a range, each once, newest first.
fn indexes(xiaoe: &Xiaoe, user_ids: &[String], range: &Range<i64>) -> Vec<i64> {
    let people = user_ids.iter().filter_map(|user_id| xiaoe.person(user_id));
    let mut indexes: Vec<i64> = people.filter(|person| range.contains(person)).collect();
    indexes.sort_unstable_by_key(|index| Reverse(*index));
    indexes.dedup();
    indexes
}

/// Indexes of the accounts opened in the time asked for.
fn opened_between(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Range<i64>, Refusal> {
    let instant = |name: &str| match call.parameters.text(name) {
        None => Ok(None),
        Some(text) => parse_beijing(text)
            .map(Some)
            .ok_or_else(|| refuse(INVALID_PARAMETER, &format!("{name} is not a time"))),
    };
    let from = instant("create_time_start")?;
    let to = instant("create_time_end")?;
    Ok(xiaoe.accounts.schedule().between(from, to, call.now()))
}

#[derive(Serialize)]
struct Data {
    list: Vec<Row>,
    page: PageInfo,
}

#[derive(Serialize)]
struct Row {
    id: i64,
    app_id: &'static str,
    user_id: Text,
    total_balance: i64,
    balance: i64,
    freeze_balance: i64,
    created_at: Text,
}

#[derive(Serialize)]
struct PageInfo {
    current_page: i64,
    last_page: i64,
    page_size: i64,
    total: i64,
}

fn row(xiaoe: &Xiaoe, account: &Account) -> Row {
    Row {
        id: account.index + 1,
        app_id: XIAOE_APP_ID,
        user_id: xiaoe.user_id(account.index),
        total_balance: account.reported_total,
        balance: account.available,
        freeze_balance: account.frozen,
        created_at: beijing(account.created),
    }
}
