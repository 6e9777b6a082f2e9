//! Points accounts of the shop.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;

use crate::calendar::{beijing, parse_beijing};
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::parameters::Parameters;
use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::{Endpoint, Xiaoe, paging};
use crate::world::points::Account;

/// Answers a call for points accounts: by id from the newest on, unless asked to sort them.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let range = opened_between(xiaoe, call)?;
    let order = Order::asked_for(&call.parameters)?;
    let (number, size) = paging::asked_for(call);
    let page_of = |total| page::rows(number, size, total);
    let (total, accounts) = match (call.parameters.list("user_ids"), order) {
        // The one order in which a page is computed without looking at the other accounts.
        (None, None) => {
            let total = range.end - range.start;
            let indexes = page::newest_first(&range, page_of(total));
            (
                total,
                indexes.map(|index| xiaoe.accounts.get(index)).collect(),
            )
        }
        (None, order) => sorted(accounts(xiaoe, range), order, page_of),
        (Some(user_ids), order) => {
            let mut indexes: Vec<i64> = user_ids
                .iter()
                .filter_map(|user_id| xiaoe.person(user_id))
                .filter(|person| range.contains(person))
                .collect();
            indexes.sort_unstable();
            indexes.dedup();
            sorted(accounts(xiaoe, indexes), order, page_of)
        }
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

/// Balance to sort by, and the direction.
#[derive(Clone, Copy, Debug)]
struct Order {
    balance: fn(&Account) -> i64,
    descending: bool,
}

impl Order {
    fn asked_for(parameters: &Parameters) -> Result<Option<Self>, Refusal> {
        let Some(rule) = parameters.integer("sort_rule") else {
            return Ok(None);
        };
        let balance: fn(&Account) -> i64 = match rule {
            11 | 12 => |account| account.reported_total,
            21 | 22 => |account| account.available,
            31 | 32 => |account| account.frozen,
            _ => return Err(refuse(INVALID_PARAMETER, "sort_rule is unknown")),
        };
        Ok(Some(Self {
            balance,
            descending: rule % 10 == 1,
        }))
    }
}

fn accounts(xiaoe: &Xiaoe, indexes: impl IntoIterator<Item = i64>) -> Vec<Account> {
    indexes
        .into_iter()
        .map(|index| xiaoe.accounts.get(index))
        .collect()
}

/// Number of the accounts, and one page of them in the order given; newest first among equals.
fn sorted(
    mut accounts: Vec<Account>,
    order: Option<Order>,
    page_of: impl Fn(i64) -> Range<i64>,
) -> (i64, Vec<Account>) {
    accounts.sort_unstable_by_key(|account| {
        let balance = order.map_or(0, |order| {
            let balance = (order.balance)(account);
            if order.descending { -balance } else { balance }
        });
        (balance, Reverse(account.index))
    });
    let total = i64::try_from(accounts.len()).unwrap_or(0);
    let on_page = page::select(accounts.into_iter(), &page_of(total));
    (total, on_page.collect())
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
    user_id: String,
    total_balance: i64,
    balance: i64,
    freeze_balance: i64,
    created_at: String,
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
