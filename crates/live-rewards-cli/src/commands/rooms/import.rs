use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
};

use live_rewards::{RoomRef, Vendor};
use live_rewards_ledger::{Ledger, RoomNote};
use serde::Deserialize;

use super::{kind, note, told};
use crate::{
    accounts::{Configured, Setting},
    arguments::{RoomsImport, Which},
    failure::Failure,
    instant, rooms,
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
    let name = arguments.file.display();
    let mut bytes = Vec::new();
    let read = if arguments.file.as_os_str() == "-" {
        io::stdin().read_to_end(&mut bytes)
    } else {
        fs::File::open(&arguments.file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::usage(format!("can't read {name}: {error}; check the path")))?;
    let notes = notes(&bytes, &accounts)
        .map_err(|what| Failure::usage(format!("{name}: {what}; nothing was added")))?;
    let (mut new, mut all) = (0, 0);
    for (index, notes) in notes {
        let account = &accounts[index];
        let mut ledger = Ledger::create_or_open(&setting.ledger, account.kind)?;
        new += note(&mut ledger, account, &notes)?;
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
    let mut notes: BTreeMap<usize, Vec<RoomNote>> = BTreeMap::new();
    for (number, line) in reader.deserialize::<Line>().enumerate() {
        // The header is line 1.
        let number = number + 2;
        let line = line.map_err(|error| format!("line {number}: {}", wrong(&error)))?;
        let (index, note) = line.note(accounts).map_err(|what| format!("line {number}: {what}"))?;
        notes.entry(index).or_default().push(note);
    }
    if notes.is_empty() { Err("it has no rooms".to_owned()) } else { Ok(notes) }
}

fn wrong(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
        csv::ErrorKind::Utf8 { .. } => "it is no UTF-8; save the file as CSV UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

impl Line {
    fn note(self, accounts: &[Configured]) -> Result<(usize, RoomNote), String> {
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        let index = whose(said(self.account), said(self.vendor), accounts)?;
        let vendor = accounts[index].vendor();
        let text = |failure: Failure| failure.text().to_owned();
        let kind = kind(vendor, said(self.kind).as_deref()).map_err(text)?;
        let ids = rooms::rooms(vendor, &[self.id]).map_err(text)?;
        let room = ids.into_iter().next().ok_or("the id is empty")?;
        let note = RoomNote {
            room: RoomRef::new(room.id, kind.unwrap_or(room.kind)),
            title: said(self.title),
            labels: said(self.labels),
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
        return found.ok_or_else(|| format!("the configuration has no account {name}"));
    }
    let vendor = vendor.ok_or("say whose room it is: give a column account or vendor")?;
    let vendor: Vendor = vendor.parse().map_err(|_| format!("no vendor is called {vendor}"))?;
    let mut of_vendor =
        accounts.iter().enumerate().filter(|(_, account)| account.vendor() == vendor);
    match (of_vendor.next(), of_vendor.next()) {
        (Some((index, _)), None) => Ok(index),
        (None, _) => Err(format!("the configuration has no account of {vendor}")),
        _ => Err(format!("there are several accounts of {vendor}; give a column account")),
    }
}
