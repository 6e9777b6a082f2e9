//! A configuration file as it is written: accounts come and go, comments and order stay.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use toml_edit::{DocumentMut, InlineTable, Item, RawString, Table, Value};

use crate::{
    config::Config,
    failure::{Failure, reason},
    language::say,
    replace::HIDDEN,
};

/// It has no `Debug`, as a file may hold a secret.
pub(super) struct Document {
    path: PathBuf,
    toml: DocumentMut,
}

const ACCOUNTS: &str = "accounts";

impl Document {
    pub(super) fn read(path: PathBuf) -> Result<Self, Failure> {
        let text = fs::read_to_string(&path).map_err(|error| {
            let (path, reason) = (path.display(), reason(&error));
            Failure::usage(say!(
                "can't read {path}: {reason}; check --config",
                "无法读取 {path}：{reason}；请检查 --config"
            ))
        })?;
        match text.parse() {
            Ok(toml) => Ok(Self { path, toml }),
            // It tells no more of the text than it may: the text may hold a secret.
            Err(_) => Err(Config::parse(&text, &path).err().unwrap_or_else(|| {
                let path = path.display();
                Failure::usage(say!("{path} is not in order", "{path} 格式有误"))
            })),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.toml
            .get(ACCOUNTS)
            .and_then(Item::as_table_like)
            .is_some_and(|accounts| accounts.contains_key(name))
    }

    /// Adds an account at the end.
    pub(super) fn add(&mut self, name: &str, settings: Vec<(&str, Value)>) {
        let end = self.toml.trailing().as_str().unwrap_or_default().to_owned();
        let accounts = self.toml.entry(ACCOUNTS).or_insert_with(|| {
            let mut accounts = Table::new();
            accounts.set_implicit(true);
            Item::Table(accounts)
        });
        if let Item::Table(accounts) = accounts {
            let mut account = Table::new();
            for (key, value) in settings {
                account.insert(key, Item::Value(value));
            }
            // What stood at the end stays above it.
            let blank = if end.is_empty() || end.ends_with('\n') { "\n" } else { "\n\n" };
            account.decor_mut().set_prefix(format!("{end}{blank}"));
            account.set_position(Some(isize::MAX));
            accounts.insert(name, Item::Table(account));
            self.toml.set_trailing("");
        } else if let Some(accounts) = accounts.as_table_like_mut() {
            let account: InlineTable = settings.into_iter().collect();
            accounts.insert(name, Item::Value(Value::InlineTable(account)));
        }
    }

    /// Takes an account out, with the comment that stands directly above it.
    pub(super) fn remove(&mut self, name: &str) {
        let accounts = self.toml.get_mut(ACCOUNTS).and_then(Item::as_table_like_mut);
        let Some(Item::Table(account)) = accounts.and_then(|accounts| accounts.remove(name)) else {
            return;
        };
        let prefix = account.decor().prefix().and_then(RawString::as_str);
        let kept = above_the_last_paragraph(prefix.unwrap_or_default());
        if !kept.is_empty() {
            self.keep(kept, account.position());
        }
    }

    /// Puts a comment where a table was: above the next one, or at the end.
    fn keep(&mut self, comment: &str, position: Option<isize>) {
        let mut next = None;
        each_table(self.toml.as_table_mut(), &mut |table| {
            next = [next, table.position().filter(|found| Some(*found) > position)]
                .into_iter()
                .flatten()
                .min();
        });
        if next.is_none() {
            let end = before(comment, self.toml.trailing().as_str());
            self.toml.set_trailing(end);
            return;
        }
        each_table(self.toml.as_table_mut(), &mut |table| {
            if table.position() == next {
                let prefix = before(comment, table.decor().prefix().and_then(RawString::as_str));
                table.decor_mut().set_prefix(prefix);
            }
        });
    }

    /// Refuses what could not be read again.
    pub(super) fn check(&self) -> Result<Config, Failure> {
        Config::parse(&self.toml.to_string(), &self.path)
    }

    /// Writes the file: whole or not at all, with the permissions that it had.
    pub(super) fn save(&self) -> Result<(), Failure> {
        let text = self.toml.to_string();
        write(&self.path, &text).map_err(|error| {
            let (path, reason) = (self.path.display(), reason(&error));
            Failure::usage(say!(
                "can't write {path}: {reason}; it is as it was",
                "无法写入 {path}：{reason}；内容保持原样"
            ))
        })
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(HIDDEN).tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

fn each_table(table: &mut Table, act: &mut dyn FnMut(&mut Table)) {
    act(table);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => each_table(table, act),
            Item::ArrayOfTables(tables) => {
                tables.iter_mut().for_each(|table| each_table(table, act));
            }
            _ => {}
        }
    }
}

/// A comment before another, with a blank line between.
fn before(comment: &str, other: Option<&str>) -> String {
    let other = other.unwrap_or_default();
    let blank = if other.trim_start_matches([' ', '\t']).starts_with('#') { "\n" } else { "" };
    format!("{comment}{blank}{other}")
}

/// What stands above the last lines that have no blank line between them.
fn above_the_last_paragraph(text: &str) -> &str {
    let mut above = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            above = at;
        }
        at += line.len();
    }
    let above = text.get(..above).unwrap_or_default();
    if above.trim().is_empty() { "" } else { above }
}

#[cfg(test)]
mod tests;
