use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior};

use super::schema;
use crate::{Ledger, LedgerError, LedgerKind, SCHEMA_VERSION};

/// Marks the file as ours: `LRLG`.
const APPLICATION_ID: i32 = 0x4c52_4c47;

/// How long another program may keep the database to itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Each table has up to four statements, and there are some thirty more.
const STATEMENTS: usize = 128;

impl Ledger {
    /// Opens the ledger of a file, and makes it if the file isn't there. A ledger that holds the other kind is refused.
    pub fn create_or_open(path: &Path, kind: LedgerKind) -> Result<Self, LedgerError> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_CREATE | WRITE)?;
        if is_new(&connection)? {
            create(&mut connection, kind)?;
        }
        let ledger = Self::check(connection, path)?.prepare()?;
        if ledger.kind == kind {
            Ok(ledger)
        } else {
            Err(LedgerError::OtherKind { path: path.to_owned(), kind: ledger.kind })
        }
    }

    /// Opens a ledger that is there, whatever kind it holds.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        Self::check(connect(path, WRITE)?, path)?.prepare()
    }

    /// Opens a ledger that is there for reading only.
    pub fn open_read_only(path: &Path) -> Result<Self, LedgerError> {
        // One that can't write at all has to leave the files of the write-ahead log beside the ledger.
        let connection = connect(path, WRITE)?;
        connection.pragma_update(None, "query_only", true)?;
        if is_new(&connection)? {
            // Whoever began to make it was killed.
            return Err(LedgerError::Missing(path.to_owned()));
        }
        let ledger = Self::check(connection, path)?;
        if schema::version(&ledger.connection)? < SCHEMA_VERSION {
            // Its tables lack columns that this version reads.
            return Err(LedgerError::ReadOnly);
        }
        Ok(ledger)
    }

    /// Refuses what is no ledger of a known version. Nothing has been written yet.
    fn check(connection: Connection, path: &Path) -> Result<Self, LedgerError> {
        let application: i32 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application != APPLICATION_ID {
            return Err(LedgerError::NotALedger(path.to_owned()));
        }
        let found = schema::version(&connection)?;
        if found > SCHEMA_VERSION {
            let path = path.to_owned();
            return Err(LedgerError::Newer { path, found, known: SCHEMA_VERSION });
        }
        let kind: Option<String> = connection
            .query_row("SELECT value FROM ledger WHERE key = 'kind'", [], |row| row.get(0))
            .optional()?;
        let kind = match kind.as_deref() {
            Some("real") => LedgerKind::Real,
            Some("demo") => LedgerKind::Demo,
            _ => return Err(LedgerError::NotALedger(path.to_owned())),
        };
        Ok(Self { connection, path: path.to_owned(), kind })
    }

    /// Makes a ledger ready to be written.
    fn prepare(mut self) -> Result<Self, LedgerError> {
        if self.connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(LedgerError::ReadOnly);
        }
        // Readers don't wait for a writer; a commit that a power failure takes away is whole pages, which are read again.
        self.connection.pragma_update(None, "journal_mode", "WAL")?;
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        self.connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        if schema::version(&self.connection)? < SCHEMA_VERSION {
            let behavior = TransactionBehavior::Immediate;
            let transaction = self.connection.transaction_with_behavior(behavior)?;
            schema::migrate(&transaction)?;
            transaction.commit()?;
        }
        Ok(self)
    }
}

const WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE;

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, LedgerError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| not_opened(path.to_owned(), flags, error))?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    // Marks of what was seen, of as many rows as a listing has, don't belong in memory.
    connection.pragma_update(None, "temp_store", "FILE")?;
    // In KiB: the keys of a large table don't fit into the default of 2 MiB.
    connection.pragma_update(None, "cache_size", -(64 << 10))?;
    Ok(connection)
}

/// `SQLite` says no more than that it can't; the system says why.
fn not_opened(path: PathBuf, flags: OpenFlags, error: rusqlite::Error) -> LedgerError {
    if error.sqlite_error_code() != Some(ErrorCode::CannotOpen) {
        return error.into();
    }
    let source: io::Error = match fs::metadata(&path) {
        Ok(metadata) if metadata.is_dir() => io::ErrorKind::IsADirectory.into(),
        Ok(_) => io::ErrorKind::PermissionDenied.into(),
        Err(error) if error.kind() != io::ErrorKind::NotFound => error,
        Err(_) if !flags.contains(OpenFlags::SQLITE_OPEN_CREATE) => {
            return LedgerError::Missing(path);
        }
        Err(_) => match path.parent().map(folder_of).map(fs::metadata) {
            Some(Err(error)) => error,
            _ => io::ErrorKind::PermissionDenied.into(),
        },
    };
    LedgerError::Open { path, source }
}

/// The folder of a file that is named alone is the current one.
fn folder_of(parent: &Path) -> &Path {
    if parent.as_os_str().is_empty() { Path::new(".") } else { parent }
}

/// Whether nothing has ever been written to the database.
fn is_new(connection: &Connection) -> Result<bool, LedgerError> {
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let objects: i64 =
        connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(application == 0 && objects == 0 && schema::version(connection)? == 0)
}

/// Makes an empty ledger of a kind, unless another process was faster.
fn create(connection: &mut Connection, kind: LedgerKind) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if is_new(&transaction)? {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        schema::migrate(&transaction)?;
        let kind = [kind.as_str()];
        transaction.execute("INSERT INTO ledger (key, value) VALUES ('kind', ?1)", kind)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::{claim, identity, ledger, synced};

    fn kind_of(error: &LedgerError) -> String {
        let text = format!("{error:?}");
        text.split(['(', ' ']).next().unwrap().to_owned()
    }

    fn opened(path: &Path) -> [Result<LedgerKind, String>; 3] {
        [
            Ledger::create_or_open(path, LedgerKind::Real),
            Ledger::open(path),
            Ledger::open_read_only(path),
        ]
        .map(|ledger| ledger.map(|ledger| ledger.kind()).map_err(|error| kind_of(&error)))
    }

    fn refused(path: &Path, kind: &str) {
        let before = fs::read(path).unwrap();
        assert_eq!(opened(path), [(); 3].map(|()| Err(kind.to_owned())));
        assert_eq!(fs::read(path).unwrap(), before, "it was changed");
    }

    #[test]
    fn an_empty_file_becomes_a_ledger_that_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        fs::write(&path, "").unwrap();
        assert_eq!(kind_of(&Ledger::open(&path).unwrap_err()), "NotALedger");
        let mut ledger = Ledger::create_or_open(&path, LedgerKind::Real).unwrap();
        assert_eq!(schema::version(ledger.connection()).unwrap(), SCHEMA_VERSION);
        ledger.account(&identity("a"), "a", crate::test_util::at(1)).unwrap();
        drop(ledger);
        assert_eq!(opened(&path), [(); 3].map(|()| Ok(LedgerKind::Real)));
        assert_eq!(Ledger::open(&path).unwrap().accounts().unwrap().len(), 1);
        // In one piece: nothing stays beside it but what it was locked with.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_ledger_of_the_other_kind_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        drop(Ledger::create_or_open(&path, LedgerKind::Demo).unwrap());
        let error = Ledger::create_or_open(&path, LedgerKind::Real).unwrap_err();
        let shown = error.to_string().replace(path.to_str().unwrap(), "FILE");
        assert_eq!(shown, "FILE is a ledger of emulated accounts; name another file");
        assert_eq!(Ledger::open(&path).unwrap().kind(), LedgerKind::Demo);
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        assert_eq!(kind_of(&Ledger::open(&path).unwrap_err()), "Missing");
        assert_eq!(kind_of(&Ledger::open_read_only(&path).unwrap_err()), "Missing");
        assert!(!path.exists());
        let elsewhere = folder.path().join("no").join("ledger.db");
        let error = Ledger::create_or_open(&elsewhere, LedgerKind::Real).unwrap_err();
        assert_eq!(kind_of(&error), "Open");
    }

    #[test]
    fn a_newer_ledger_is_refused_and_left_as_it_is() {
        let (_folder, ledger) = ledger();
        let path = ledger.path().to_owned();
        ledger.connection().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
        drop(ledger);
        refused(&path, "Newer");
    }

    #[test]
    fn the_database_of_another_program_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE notes (text TEXT)").unwrap();
        drop(other);
        refused(&path, "NotALedger");
    }

    #[test]
    fn what_is_no_database_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.csv");
        fs::write(&path, "schema_version,vendor\n".repeat(400)).unwrap();
        refused(&path, "Corrupt");
    }

    #[test]
    fn a_damaged_ledger_is_told() {
        let (_folder, mut ledger, stamp) = synced();
        let path = ledger.path().to_owned();
        let claims: Vec<_> = (0..5000).map(|number| claim("p", "u", number, 1)).collect();
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &claims).unwrap();
        writing.commit().unwrap();
        drop(ledger);
        let mut bytes = fs::read(&path).unwrap();
        // All but the first page, which says what the file is.
        for byte in bytes.iter_mut().skip(4096) {
            *byte = 0x5a;
        }
        fs::write(&path, bytes).unwrap();
        refused(&path, "Corrupt");
    }

    #[test]
    fn a_file_that_may_not_be_written_can_be_read() {
        let (_folder, ledger) = ledger();
        let path = ledger.path().to_owned();
        drop(ledger);
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        if fs::OpenOptions::new().write(true).open(&path).is_ok() {
            // Nothing is forbidden to this user.
            return;
        }
        assert_eq!(Ledger::open_read_only(&path).unwrap().kind(), LedgerKind::Real);
        assert_eq!(kind_of(&Ledger::open(&path).unwrap_err()), "ReadOnly");
    }

    #[test]
    fn a_ledger_that_was_opened_for_reading_is_not_written() {
        let (_folder, ledger) = ledger();
        let mut reader = Ledger::open_read_only(ledger.path()).unwrap();
        assert_eq!(kind_of(&reader.begin().unwrap_err()), "ReadOnly");
        let added = reader.account(&identity("a"), "a", crate::test_util::at(1));
        assert_eq!(kind_of(&added.unwrap_err()), "ReadOnly");
    }

    #[test]
    fn a_reader_leaves_nothing_beside_the_ledger() {
        let (folder, ledger) = ledger();
        let path = ledger.path().to_owned();
        drop(ledger);
        assert_eq!(Ledger::open_read_only(&path).unwrap().accounts().unwrap(), []);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
