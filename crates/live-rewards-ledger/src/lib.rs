#![doc = include_str!("../README.md")]

mod bank;
mod column;
mod error;
mod figures;
mod periods;
mod reconcile;
mod rows;
mod sqlite;
mod state;
mod sync;
mod tables;
mod value;
mod words;

#[cfg(test)]
mod test_util;

pub use bank::{
    AmountColumns, AmountUnit, BankClass, BankColumn, BankError, BankFile, BankFormat, BankLine,
    BankOptions, BankReport, BankRow, BankWarning, ClassTotals, ColumnMapping, Direction,
    MatchedBy, Movement, MovementKind, SideTotals, Suspense,
};
pub use column::{Column, ColumnType, Label, Person, Table};
pub use error::LedgerError;
pub use figures::{
    Ageing, AmountBucket, ClaimAmounts, ClaimantMonth, ClaimantOrder, Day, DaySums, GiftSums,
    GiftTop, MonthSums, PacketFigures, PacketSums, PrizeSums, RoomDay, RoomSums,
};
pub use periods::{
    Adjusted, Adjustment, ClosedPeriod, Figure, IncompleteAccount, Period, PeriodError, RowChange,
};
pub use reconcile::{
    Balance, BalanceRow, CHECKS, Check, CheckCode, CheckResult, CheckState, CheckStrength,
    CheckSupport, ClosingBalance, Evidence, Finding, FindingStatus, FindingSubject, Language,
    ReconcileOptions, Reconciliation, Severity, UnknownCheck, acknowledge, checks_as_markdown,
    reconcile,
};
pub use rows::{RowOrder, Selection, Snapshot, StoredRow};
pub use sqlite::{Ledger, LedgerKind, SeenScope, Stamp, SyncLock, Writing, Written};
pub use state::{
    Account, AccountId, AccountIdentity, AccountRun, AccountStatus, Change, KnownRoom, Listing,
    ListingKey, RejectedEntry, RoomEntry, RoomNote, Run, RunId, StoredRedPacket, Totals,
    VanishedRow,
};
pub use sync::{
    AccountOutcome, PlannedListing, Progress, Stop, Sync, SyncError, SyncOptions, plan,
};
pub use tables::{
    CLAIMS, GIFT_PAYMENTS, GIFTS, POINTS_ACCOUNTS, POINTS_ENTRIES, PRIZE_ACTIVITIES, PRIZES,
    RED_PACKET_SUMMARIES, RED_PACKETS, ROOMS, Record, SCHEMA_VERSION, SESSIONS, TABLES,
};
pub use value::{Row, Value};
pub use words::Words;
