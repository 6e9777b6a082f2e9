//! What is expected.

use std::time::Duration;

use live_rewards::{
    ErrorKind::{
        Blocked, ClockSkew, Decode, InvalidInput, NotFound, PermissionDenied, RateLimited, Timeout,
        Transport, Unauthenticated, Vendor as Faulty,
    },
    Vendor,
};
use live_rewards_emulator::FaultKind;

use super::read::Read;
use Outcome::{Fails, Misses, Rejects, Same, SameKeys};
use When::{Always, First, Lasting, Once};

/// What a stream comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The rows of an undisturbed reading, in their order.
    Same,
    /// The same by their keys.
    SameKeys,
    /// An error of this kind, and from the last page's cursor on the rest.
    Fails(live_rewards::ErrorKind),
    /// Some rows are missing, none comes twice: nothing that the vendor says tells it.
    Misses,
    /// One row is rejected with its text, the others are the same.
    Rejects,
}

/// Which of the endpoint's calls meet the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// The first one.
    First,
    /// The one for a second page; the first one, where there are no pages.
    Once,
    /// That one and all that follow.
    Lasting,
    /// All.
    Always,
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    /// What goes wrong, all at once.
    pub(super) kinds: Vec<FaultKind>,
    /// What a business error says instead of the usual.
    pub(super) message: Option<&'static str>,
    pub(super) when: When,
    pub(super) outcome: Outcome,
}

/// How long a client waits for an answer where the vendor hangs.
pub(super) const PATIENCE: Duration = Duration::from_millis(200);

/// Longer than anybody waits here, in milliseconds.
pub(super) const HANGS: FaultKind = FaultKind::Slow(20_000);

/// Endpoints whose answers are no rows.
const WITHOUT_ROWS: &[&str] = &["token", "viewer_detail"];

/// Endpoints with a label that no key, no unit and no number of rows hangs on.
const LABELLED: &[&str] = &[
    "channel_list",
    "lottery_list",
    "lucky_bag_winners",
    "red_pack_statistics",
    "red_packet_list",
    "red_packet_record",
    "task_reward_activities",
];

/// Endpoints that tell how many rows there are, and are read by that.
const COUNTED: &[&str] = &[
    "account_info_batch",
    "donation_records",
    "income_detail",
    "lucky_bag_winners",
    "red_pack_statistics",
    "task_reward_viewer_details",
];

/// All cases of a read.
pub(super) fn cases(vendor: Vendor, read: &Read) -> Vec<Case> {
    let mut cases = of_calls(vendor, read.endpoint);
    match vendor {
        Vendor::Xiaoe => cases.extend(of_xiaoe(read.endpoint)),
        Vendor::Polyv => cases.extend(of_polyv()),
        _ => cases.extend(of_yxt()),
    }
    // In a room most packets have one page of claims, which the faults of rows let pass.
    let of_records = read.is_of_room() && read.endpoint == "red_packet_record";
    if !of_records && !WITHOUT_ROWS.contains(&read.endpoint) {
        cases.extend(of_rows(read));
        if read.has_pages() {
            cases.extend(of_pages(read));
        }
    }
    if read.listing.is_large() {
        // What lasts is tried where it takes less time.
        cases.retain(|case| matches!(case.when, First | Once) && !case.kinds.contains(&HANGS));
    }
    cases
}

/// Calls that are not answered, or not by the vendor.
fn of_calls(vendor: Vendor, endpoint: &str) -> Vec<Case> {
    let too_many = match vendor {
        Vendor::Polyv => [Fails(Blocked), Fails(Blocked)],
        _ => [after_a_window(endpoint), Fails(RateLimited)],
    };
    table([
        (FaultKind::Status(404), [Fails(NotFound), Fails(NotFound)]),
        (FaultKind::Status(429), too_many),
        (FaultKind::Status(503), [Same, Fails(Faulty)]),
        (FaultKind::Html(200), [Same, Fails(Decode)]),
        (FaultKind::Html(502), [Same, Fails(Faulty)]),
        (FaultKind::CutBody, [Same, Fails(Decode)]),
        (FaultKind::Reset, [Same, Fails(Transport)]),
        (FaultKind::Slow(5), [Same, Same]),
        (HANGS, [Same, Fails(Timeout)]),
        // Longer than the vendors let a timestamp differ.
        (FaultKind::SlowByClock(360_000), [Same, Same]),
    ])
}

/// Waiting out a window is worth it, unless it is longer than a call may take.
fn after_a_window(endpoint: &str) -> Outcome {
    if endpoint == "token" { Fails(RateLimited) } else { Same }
}

fn of_xiaoe(endpoint: &str) -> Vec<Case> {
    let mut cases = table([
        (error("1001"), [Same, Fails(Faulty)]),
        (error("1002"), [Same, Fails(Faulty)]),
        (error("2017"), [Fails(PermissionDenied); 2]),
        (error("2053"), [Fails(RateLimited); 2]),
        (error("2054"), [after_a_window(endpoint), Fails(RateLimited)]),
        // Not published.
        (error("3001"), [Fails(Faulty); 2]),
    ]);
    cases.extend(if endpoint == "token" {
        table([
            (error("2004"), [Fails(Unauthenticated); 2]),
            (error("2051"), [Fails(PermissionDenied); 2]),
        ])
    } else {
        table([
            (error("2008"), [Same, Fails(Unauthenticated)]),
            (FaultKind::TokenRevoked, [Same, Fails(Unauthenticated)]),
        ])
    });
    cases
}

fn of_polyv() -> Vec<Case> {
    let mut cases = table([
        (error("10005"), [Same, Fails(Faulty)]),
        (error("10001"), [Fails(InvalidInput); 2]),
        (error("20001"), [Fails(Unauthenticated); 2]),
        (AN_HOUR_OFF, [Same, Fails(ClockSkew)]),
    ]);
    let blocked = table([(error("4711"), [Fails(Blocked); 2])]);
    let message = Some("qps exceeds number of calls");
    cases.extend(blocked.into_iter().map(|case| Case { message, ..case }));
    cases
}

fn of_yxt() -> Vec<Case> {
    table([
        (error("global.noprivilege"), [Fails(PermissionDenied); 2]),
        (error("apis.zhibo.room.validation.notExisted"), [Fails(NotFound); 2]),
        // Of a refused signature nothing is published but its status, so that is what it is taken for.
        (error("not.published"), [Fails(Unauthenticated); 2]),
        (AN_HOUR_OFF, [Same, Fails(Unauthenticated)]),
    ])
}

/// Off by an hour more with every call that meets it.
const AN_HOUR_OFF: FaultKind = FaultKind::ClockSkew(3_600_000);

fn error(code: &str) -> FaultKind {
    FaultKind::BusinessError(code.to_owned())
}

/// Rows that aren't as they should be.
fn of_rows(read: &Read) -> Vec<Case> {
    let mut cases =
        table([(FaultKind::NewField, [Same, Same]), (FaultKind::ChangedType, [Same, Same])]);
    if LABELLED.contains(&read.endpoint) {
        cases.extend(table([(FaultKind::UnknownLabel, [SameKeys, SameKeys])]));
    }
    // A later page that is the last one may be asked for again, and is whole then.
    let broken = vec![FaultKind::BrokenRow];
    cases.push(Case { kinds: broken, message: None, when: First, outcome: Rejects });
    if read.endpoint == "account_flow_list" {
        // A single page of it may have no rows, or be one of the older edition, whose rows stand elsewhere.
        cases.retain(|case| case.when == Lasting);
    }
    cases
}

/// Pages that aren't as they should be.
fn of_pages(read: &Read) -> Vec<Case> {
    let mut cases = table([(FaultKind::DuplicateRows(2), [Same, Same])]);
    // As if two rows had come in at the head. If only one page is shifted they have gone again before the next.
    let mut two_more = vec![FaultKind::ShiftedPage(2)];
    if COUNTED.contains(&read.endpoint) {
        let totals = [FaultKind::WrongTotal(2), FaultKind::WrongTotal(-2)];
        cases.extend(table(totals.map(|total| (total, [Same, Same]))));
        two_more.push(FaultKind::WrongTotal(2));
    }
    cases.extend(once_and_lasting(&two_more, [Misses, Same]));
    let cut = [FaultKind::SilentCap(read.size * 3 / 5)];
    cases.extend(once_and_lasting(&cut, [Same, Same]));
    cases.push(Case { kinds: cut.to_vec(), message: None, when: Always, outcome: Same });
    // What is missed of red packets is missed of their claims; it is tried where the red packets are read.
    cases.retain(|case| case.outcome != Misses || !read.is_of_room());
    cases
}

/// Cases of single faults: what comes of each once and lasting.
fn table<const FAULTS: usize>(table: [(FaultKind, [Outcome; 2]); FAULTS]) -> Vec<Case> {
    table.into_iter().flat_map(|(kind, outcomes)| once_and_lasting(&[kind], outcomes)).collect()
}

fn once_and_lasting(kinds: &[FaultKind], outcomes: [Outcome; 2]) -> [Case; 2] {
    let case = |when, outcome| Case { kinds: kinds.to_vec(), message: None, when, outcome };
    [case(Once, outcomes[0]), case(Lasting, outcomes[1])]
}
