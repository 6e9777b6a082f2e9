/// The tables of the ledger's own, and the indexes.
pub(super) const DDL: &str = "
CREATE TABLE ledger (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    account_id INTEGER PRIMARY KEY,
    vendor TEXT NOT NULL,
    authority TEXT NOT NULL,
    vendor_account TEXT NOT NULL,
    name TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    UNIQUE (vendor, authority, vendor_account)
) STRICT;

CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    requests INTEGER NOT NULL DEFAULT 0,
    rows_new INTEGER NOT NULL DEFAULT 0,
    rows_changed INTEGER NOT NULL DEFAULT 0,
    rows_same INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE account_runs (
    run_id INTEGER NOT NULL REFERENCES runs,
    account_id INTEGER NOT NULL REFERENCES accounts,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    error TEXT,
    PRIMARY KEY (account_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_notes (
    account_id INTEGER NOT NULL REFERENCES accounts,
    room_kind TEXT NOT NULL,
    room_id TEXT NOT NULL,
    title TEXT,
    labels TEXT,
    ended_at INTEGER,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, room_kind, room_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE listings (
    account_id INTEGER NOT NULL REFERENCES accounts,
    operation TEXT NOT NULL,
    scope TEXT NOT NULL,
    since INTEGER,
    until INTEGER,
    cursor TEXT,
    began_at INTEGER NOT NULL,
    began_run INTEGER NOT NULL REFERENCES runs,
    complete_until INTEGER,
    completed_at INTEGER,
    final INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    total INTEGER,
    counted INTEGER NOT NULL DEFAULT 0,
    repeated INTEGER NOT NULL DEFAULT 0,
    given_up_before INTEGER,
    error TEXT,
    PRIMARY KEY (account_id, operation, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_rows (
    account_id INTEGER NOT NULL REFERENCES accounts,
    operation TEXT NOT NULL,
    scope TEXT NOT NULL,
    digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs,
    last_seen_run INTEGER NOT NULL REFERENCES runs,
    since INTEGER,
    resolved_at INTEGER,
    PRIMARY KEY (account_id, operation, scope, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
    change_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    column_name TEXT NOT NULL,
    old TEXT,
    new TEXT,
    changed_at INTEGER,
    run_id INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_row ON changes (account_id, table_name, row_key);

CREATE TABLE vanished (
    account_id INTEGER NOT NULL REFERENCES accounts,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    noticed_at INTEGER NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs,
    returned_at INTEGER,
    PRIMARY KEY (account_id, table_name, row_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX red_packets_by_room ON red_packets (account_id, room_id, created_at);
CREATE INDEX gifts_by_room ON gifts (account_id, room_id, given_at);
CREATE INDEX gift_payments_by_room ON gift_payments (account_id, room_id, paid_at);
CREATE INDEX prizes_by_room ON prizes (account_id, room_id, won_at);
CREATE INDEX prizes_by_activity ON prizes (account_id, activity_id);
CREATE INDEX points_entries_by_user ON points_entries (account_id, user_id, entered_at);
";
