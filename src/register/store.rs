//! The register's file: SQLite, with a journal written ahead, and everything on disk before it is said to be kept.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};

use super::Failure;
use super::entry::{self, Content, Decision, Event, ORIGIN, Sealed, Texts};

/// What says that a file is a register: « CFRM ».
const KIND: i32 = 0x4346_524d;

/// The version of its form.
const VERSION: i32 = 1;

/// How long another program that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

const TABLES: &str = "
    CREATE TABLE entries (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sealed TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TABLE contents (number INTEGER PRIMARY KEY, salt BLOB NOT NULL, request TEXT NOT NULL, dossier BLOB NOT NULL, answer BLOB NOT NULL) STRICT;
    CREATE TABLE sets (hash TEXT PRIMARY KEY, list TEXT NOT NULL) STRICT;
    CREATE TABLE texts (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE keys (key TEXT PRIMARY KEY, request TEXT NOT NULL, number INTEGER NOT NULL) STRICT;
";

/// A register that is open.
pub struct Store {
    connection: Connection,
}

/// Files by their paths.
pub type Files = Vec<(String, Vec<u8>)>;

/// An entry as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its rank.
    pub number: i64,
    /// Its identifier.
    pub id: String,
    /// The text that is hashed.
    pub text: String,
    /// Its hash.
    pub hash: String,
}

impl Row {
    /// What it says.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn sealed(&self) -> Result<Sealed, Failure> {
        serde_json::from_str(&self.text).map_err(|_| Failure::Unreadable(self.number))
    }
}

/// A decision to be kept.
pub struct Record {
    /// When it was made.
    pub at: String,
    /// By whose token.
    pub by: Option<String>,
    /// What is kept of it for good; its salted hashes are made here.
    pub decision: Decision,
    /// What may be erased; the salt is drawn here.
    pub content: Content,
    /// What it rested on.
    pub texts: std::sync::Arc<Texts>,
    /// The key under which it is asked for once, with the hash of all that was asked.
    pub key: Option<(String, String)>,
}

/// An entry that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its identifier.
    pub id: String,
    /// Its hash.
    pub hash: String,
    /// What was answered, where it was kept before under the same key.
    pub before: Option<Vec<u8>>,
}

impl Store {
    /// Opens a register to write in it; makes it where there is no file.
    ///
    /// # Errors
    ///
    /// It is none, or cannot be opened.
    pub fn open(path: &Path) -> Result<Store, Failure> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        let known = |connection: &Connection| -> Result<(i32, i32, i64), rusqlite::Error> {
            let kind = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
            let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            Ok((kind, version, tables))
        };
        connection.pragma_update(None, "secure_delete", true)?;
        if known(&connection)? == (0, 0, 0) {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            let made = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if known(&made)? == (0, 0, 0) {
                made.execute_batch(TABLES)?;
                made.pragma_update(None, "application_id", KIND)?;
                made.pragma_update(None, "user_version", VERSION)?;
            }
            made.commit()?;
        }
        Store::checked(connection)
    }

    /// Opens a register to read it.
    ///
    /// # Errors
    ///
    /// It is none, or cannot be opened.
    pub fn read(path: &Path) -> Result<Store, Failure> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        Store::checked(connection)
    }

    fn checked(connection: Connection) -> Result<Store, Failure> {
        let kind: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let version: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if (kind, version) != (KIND, VERSION) {
            return Err(Failure::NoRegister);
        }
        // What is answered is on disk, whatever stops.
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Store { connection })
    }

    /// Keeps decisions: all of them, or none.
    ///
    /// # Errors
    ///
    /// None is kept.
    pub fn keep(&mut self, records: &[Record]) -> Result<Vec<Result<Kept, Failure>>, Failure> {
        let write = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut kept = Vec::with_capacity(records.len());
        for record in records {
            kept.push(match keep(&write, record) {
                Err(Failure::OtherRequest) => Err(Failure::OtherRequest),
                done => Ok(done?),
            });
        }
        write.commit()?;
        Ok(kept)
    }

    /// Erases the content of an entry, and says so in an entry of its own; `false` where there is none left.
    ///
    /// # Errors
    ///
    /// Nothing is erased.
    pub fn erase(&mut self, id: &str, at: &str, by: Option<&str>, reason: &str) -> Result<bool, Failure> {
        let write = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(number) = number_of(&write, id)? else { return Ok(false) };
        if write.execute("DELETE FROM contents WHERE number = ?1", [number])? == 0 {
            return Ok(false);
        }
        write.execute("DELETE FROM keys WHERE number = ?1", [number])?;
        let event = Event::Erasure { of: id.to_owned(), reason: reason.to_owned() };
        seal(&write, at, by.map(str::to_owned), event)?;
        write.commit()?;
        // What was written ahead holds it no longer.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(true)
    }

    /// The entries after one, in order, at most so many.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn rows(&self, after: i64, most: usize) -> Result<Vec<Row>, Failure> {
        let mut query = self.connection.prepare(
            "SELECT number, id, sealed, hash FROM entries WHERE number > ?1 ORDER BY number LIMIT ?2",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = query.query_map(params![after, most], row)?;
        Ok(rows.collect::<Result<Vec<Row>, _>>()?)
    }

    /// The entries before one, the latest first, at most so many.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn rows_before(&self, before: i64, most: usize) -> Result<Vec<Row>, Failure> {
        let mut query = self.connection.prepare(
            "SELECT number, id, sealed, hash FROM entries WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = query.query_map(params![before, most], row)?;
        Ok(rows.collect::<Result<Vec<Row>, _>>()?)
    }

    /// The entry of an identifier.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn find(&self, id: &str) -> Result<Option<Row>, Failure> {
        let mut query =
            self.connection.prepare("SELECT number, id, sealed, hash FROM entries WHERE id = ?1")?;
        Ok(query.query_row([id], row).optional()?)
    }

    /// The content of an entry, where it is not erased.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn content(&self, number: i64) -> Result<Option<Content>, Failure> {
        let mut query = self
            .connection
            .prepare("SELECT salt, request, dossier, answer FROM contents WHERE number = ?1")?;
        let content = |row: &rusqlite::Row<'_>| {
            Ok(Content { salt: row.get(0)?, request: row.get(1)?, dossier: row.get(2)?, answer: row.get(3)? })
        };
        Ok(query.query_row([number], content).optional()?)
    }

    /// The ranks of all contents.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn content_numbers(&self) -> Result<Vec<i64>, Failure> {
        let mut query = self.connection.prepare("SELECT number FROM contents ORDER BY number")?;
        let numbers = query.query_map([], |row| row.get(0))?;
        Ok(numbers.collect::<Result<Vec<i64>, _>>()?)
    }

    /// The files of a list of texts, by their paths; `None` where it is not there, or not as its hash says.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn texts(&self, hash: &str) -> Result<Option<Files>, Failure> {
        let mut query = self.connection.prepare("SELECT list FROM sets WHERE hash = ?1")?;
        let list: Option<String> = query.query_row([hash], |row| row.get(0)).optional()?;
        let Some(list) = list.filter(|list| entry::hash(list) == hash) else { return Ok(None) };
        let Ok(list) = serde_json::from_str::<Vec<(String, String)>>(&list) else { return Ok(None) };
        let mut query = self.connection.prepare("SELECT bytes FROM texts WHERE hash = ?1")?;
        let mut files = Vec::with_capacity(list.len());
        for (path, own) in list {
            let bytes: Option<Vec<u8>> = query.query_row([&own], |row| row.get(0)).optional()?;
            let Some(bytes) = bytes.filter(|bytes| entry::hash(bytes) == own) else { return Ok(None) };
            files.push((path, bytes));
        }
        Ok(Some(files))
    }

    /// What SQLite finds wrong with the file, in its own words.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn damage(&self) -> Result<Vec<String>, Failure> {
        let mut query = self.connection.prepare("PRAGMA integrity_check")?;
        let told = query.query_map([], |row| row.get::<_, String>(0))?;
        let told = told.collect::<Result<Vec<String>, _>>()?;
        Ok(told.into_iter().filter(|line| line != "ok").collect())
    }

    /// Nothing more is kept than so many pages: a full disk, for tests.
    #[cfg(test)]
    pub fn fill(&self) -> Result<(), Failure> {
        let pages: i64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        let _: i64 =
            self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))?;
        Ok(())
    }
}

fn row(row: &rusqlite::Row<'_>) -> Result<Row, rusqlite::Error> {
    Ok(Row { number: row.get(0)?, id: row.get(1)?, text: row.get(2)?, hash: row.get(3)? })
}

fn number_of(write: &Transaction<'_>, id: &str) -> Result<Option<i64>, Failure> {
    let number = write.query_row("SELECT number FROM entries WHERE id = ?1", [id], |row| row.get(0));
    Ok(number.optional()?)
}

fn keep(write: &Transaction<'_>, record: &Record) -> Result<Kept, Failure> {
    if let Some((key, request)) = &record.key
        && let Some(kept) = kept_before(write, key, request)?
    {
        return Ok(kept);
    }
    let Texts { hash, list, files } = &*record.texts;
    if write.prepare("INSERT OR IGNORE INTO sets VALUES (?1, ?2)")?.execute([hash, list])? > 0 {
        for (hash, bytes) in files {
            write.prepare("INSERT OR IGNORE INTO texts VALUES (?1, ?2)")?.execute(params![hash, bytes])?;
        }
    }
    let salt: Vec<u8> = write.query_row("SELECT randomblob(32)", [], |row| row.get(0))?;
    let content = Content { salt, ..record.content.clone() };
    let [request, dossier, answer] = content.commitments();
    let decision = Decision { request, dossier, answer, ..record.decision.clone() };
    let row = seal(write, &record.at, record.by.clone(), Event::Decision(decision))?;
    write.prepare("INSERT INTO contents VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        row.number,
        content.salt,
        content.request,
        content.dossier,
        content.answer
    ])?;
    if let Some((key, request)) = &record.key {
        write.prepare("INSERT INTO keys VALUES (?1, ?2, ?3)")?.execute(params![key, request, row.number])?;
    }
    Ok(Kept { id: row.id, hash: row.hash, before: None })
}

/// What was kept under the same key.
fn kept_before(write: &Transaction<'_>, key: &str, request: &str) -> Result<Option<Kept>, Failure> {
    let mut query = write.prepare(
        "SELECT keys.request, id, hash, answer FROM keys JOIN entries USING (number) JOIN contents USING (number) WHERE key = ?1",
    )?;
    let found = query.query_row([key], |row| {
        let own: String = row.get(0)?;
        Ok((own, Kept { id: row.get(1)?, hash: row.get(2)?, before: Some(row.get(3)?) }))
    });
    match found.optional()? {
        Some((own, _)) if own != request => Err(Failure::OtherRequest),
        Some((_, kept)) => Ok(Some(kept)),
        None => Ok(None),
    }
}

/// Adds an entry to the chain.
fn seal(write: &Transaction<'_>, at: &str, by: Option<String>, event: Event) -> Result<Row, Failure> {
    let last = write
        .prepare("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    let (last, previous) = last.unwrap_or((0, ORIGIN.to_owned()));
    let id: String = write.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))?;
    let (number, recorded_at) = (last + 1, at.to_owned());
    let sealed = Sealed { number, id: id.clone(), recorded_at, recorded_by: by, event, previous };
    // Strings and a number: it cannot fail.
    let text = serde_json::to_string(&sealed).unwrap_or_default();
    let hash = entry::hash(&text);
    write.prepare("INSERT INTO entries VALUES (?1, ?2, ?3, ?4)")?.execute(params![number, id, text, hash])?;
    Ok(Row { number, id, text, hash })
}
