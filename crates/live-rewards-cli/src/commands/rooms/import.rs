use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
};

use live_rewards::{RoomRef, Vendor};
use live_rewards_ledger::RoomNote;
use serde::Deserialize;

use super::{kind, note, told};
use crate::{
    accounts::{Configured, Setting, create_or_open},
    arguments::{RoomsImport, Which},
    failure::{Failure, reason},
    instant,
    language::{misread, say},
    note, rooms,
};

/// A line of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    account: Option<String>,
    vendor: Option<String>,
    kind: Option<String>,
    title: Option<String>,
    labels: Option<String>,
    ended_at: Option<String>,
}

pub(super) fn run(arguments: &RoomsImport) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let accounts = setting.accounts(&Which { account: Vec::new() })?;
    let is_stdin = arguments.file.as_os_str() == "-";
    let mut bytes = Vec::new();
    let read = if is_stdin {
        io::stdin().read_to_end(&mut bytes)
    } else {
        fs::File::open(&arguments.file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    let name = if is_stdin {
        say!("standard input", "标准输入")
    } else {
        arguments.file.display().to_string()
    };
    read.map_err(|error| {
        let reason = reason(&error);
        Failure::usage(say!(
            "can't read {name}: {reason}; check the path",
            "无法读取 {name}：{reason}；请核对路径"
        ))
    })?;
    let refused = |what: String| {
        Failure::usage(say!(
            "{name}: {what}; nothing was added",
            "{name}：{what}；没有添加任何直播间"
        ))
    };
    let notes = notes(&bytes, &accounts).map_err(refused)?;
    let kind_of = |index: &usize| accounts[*index].kind;
    let Some(kind) = notes.keys().map(kind_of).next() else {
        return Err(refused(say!("it has no rooms", "里面没有直播间")));
    };
    if notes.keys().map(kind_of).any(|other| other != kind) {
        return Err(refused(say!(
            "it has rooms of emulated and of real accounts, which don't go into one ledger",
            "里面既有模拟账号又有真实账号的直播间，二者不能放进同一个账本"
        )));
    }
    let mut ledger = create_or_open(&setting.ledger, kind)?;
    let (mut new, mut all) = (0, 0);
    for (index, notes) in notes {
        new += note(&mut ledger, &accounts[index], &notes)?;
        all += notes.len();
    }
    told(new, all);
    Ok(())
}

/// The rooms of each account, by the account's index.
fn notes(bytes: &[u8], accounts: &[Configured]) -> Result<BTreeMap<usize, Vec<RoomNote>>, String> {
    // Excel puts a mark before UTF-8.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|error| at_line(1, &wrong(&error)))?.clone();
    let mut notes: BTreeMap<usize, Vec<RoomNote>> = BTreeMap::new();
    let mut record = csv::StringRecord::new();
    loop {
        let from = reader.position().byte();
        let here = |what: String| at_line(line_number(bytes, from), &what);
        if !reader.read_record(&mut record).map_err(|error| here(wrong(&error)))? {
            return Ok(notes);
        }
        let line: csv::Result<Line> = record.deserialize(Some(&header));
        let line = line.map_err(|error| here(wrong(&error)))?;
        let (index, note) = line.note(accounts).map_err(here)?;
        notes.entry(index).or_default().push(note);
    }
}

fn at_line(number: usize, what: &str) -> String {
    say!("line {number}: {what}", "第 {number} 行：{what}")
}

/// The line on which a record begins that is read from here on: it comes after line breaks.
fn line_number(bytes: &[u8], from: u64) -> usize {
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let (before, rest) = bytes.split_at(from.min(bytes.len()));
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    1 + before.iter().chain(breaks).filter(|byte| **byte == b'\n').count()
}

fn wrong(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => misread(&err.to_string()),
        csv::ErrorKind::Utf8 { .. } => say!(
            "it is no UTF-8; save the file as CSV UTF-8",
            "不是 UTF-8 文本；请把文件另存为 CSV UTF-8"
        ),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => say!(
            "columns: {len}, but {expected_len} in the first line",
            "有 {len} 列，而第一行有 {expected_len} 列"
        ),
        _ => error.to_string(),
    }
}

impl Line {
    fn note(self, accounts: &[Configured]) -> Result<(usize, RoomNote), String> {
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        // A quote that isn't closed takes the lines behind it into its cell.
        let noted = |text| said(text).as_deref().map(note::parse).transpose();
        let index = whose(said(self.account), said(self.vendor), accounts)?;
        let vendor = accounts[index].vendor();
        let text = |failure: Failure| failure.text().to_owned();
        let kind = kind(vendor, said(self.kind).as_deref()).map_err(text)?;
        let ids = rooms::rooms(vendor, &[self.id]).map_err(text)?;
        let room = ids.into_iter().next().ok_or_else(|| say!("the id is empty", "id 是空的"))?;
        let note = RoomNote {
            room: RoomRef::new(room.id, kind.unwrap_or(room.kind)),
            title: noted(self.title)?,
            labels: noted(self.labels)?,
            ended_at: said(self.ended_at).as_deref().map(instant::parse).transpose()?,
        };
        Ok((index, note))
    }
}

/// The index of the account that a line names, or of the only one of the vendor that it names.
fn whose(
    account: Option<String>,
    vendor: Option<String>,
    accounts: &[Configured],
) -> Result<usize, String> {
    if let Some(name) = account {
        let found = accounts.iter().position(|account| account.name == name);
        let index = found.ok_or_else(|| {
            say!("the configuration has no account {name}", "配置里没有账号 {name}")
        })?;
        let its = accounts[index].vendor();
        return match vendor {
            Some(vendor) if vendor != its.as_str() => Err(say!(
                "{name} is an account of {its}, not of {vendor}",
                "{name} 是 {its} 的账号，不是 {vendor} 的"
            )),
            _ => Ok(index),
        };
    }
    let vendor = vendor.ok_or_else(|| {
        say!(
            "say whose room it is: give a column account or vendor",
            "请说明直播间属于谁：给出 account 列或 vendor 列"
        )
    })?;
    let vendor: Vendor = vendor
        .parse()
        .map_err(|_| say!("no vendor is called {vendor}", "没有叫 {vendor} 的平台"))?;
    let mut of_vendor =
        accounts.iter().enumerate().filter(|(_, account)| account.vendor() == vendor);
    match (of_vendor.next(), of_vendor.next()) {
        (Some((index, _)), None) => Ok(index),
        (None, _) => {
            Err(say!("the configuration has no account of {vendor}", "配置里没有 {vendor} 的账号"))
        }
        _ => Err(say!(
            "there are several accounts of {vendor}; give a column account",
            "{vendor} 有多个账号；请给出 account 列"
        )),
    }
}
