mod import;

use live_rewards::{RoomKind, RoomRef, Vendor};
use live_rewards_ledger::{Ledger, RoomEntry, RoomNote};
use serde_json::json;

use crate::{
    accounts::{Configured, Setting, create_or_open, meant},
    arguments::{Rooms, RoomsAdd, RoomsCommand, RoomsList, Which},
    clock,
    failure::{Failure, tell},
    output, rooms,
};

pub(crate) fn run(arguments: &Rooms) -> Result<(), Failure> {
    match &arguments.command {
        RoomsCommand::List(arguments) => list(arguments),
        RoomsCommand::Add(arguments) => add(arguments),
        RoomsCommand::Import(arguments) => import::run(arguments),
    }
}

fn list(arguments: &RoomsList) -> Result<(), Failure> {
    let ledger = Setting::read(&arguments.place)?.open_to_read()?;
    let mut table = output::table(["Account", "Kind", "Room", "Title", "Labels", "Ended", "From"]);
    let mut lines = Vec::new();
    for account in meant(&ledger, &arguments.which)? {
        for entry in ledger.room_list(Some(account.id))? {
            let RoomEntry { room, name, is_listed, title, labels, ended_at, .. } = entry;
            let title = title.or(name).unwrap_or_default();
            let ended_at = ended_at.map(|time| time.to_string());
            let from = if is_listed { "vendor" } else { "user" };
            if arguments.json {
                lines.push(json!({
                    "account": account.name, "vendor": account.identity.vendor.as_str(),
                    "kind": room.kind.to_string(), "id": room.id.as_str(), "title": title,
                    "labels": labels, "ended_at": ended_at, "from": from,
                }));
            } else {
                table.add_row([
                    account.name.clone(),
                    room.kind.to_string(),
                    room.id.to_string(),
                    title,
                    labels.unwrap_or_default(),
                    ended_at.unwrap_or_default(),
                    from.to_owned(),
                ]);
            }
        }
    }
    if arguments.json { output::json_lines(lines) } else { output::text(&table) }
}

fn add(arguments: &RoomsAdd) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let which = Which { account: vec![arguments.account.clone()] };
    let accounts = setting.accounts(&which)?;
    let [account] = accounts.as_slice() else {
        return Err(Failure::usage("rooms belong to one account; give --account its whole name"));
    };
    let mut notes = Vec::with_capacity(arguments.ids.len());
    for room in rooms::rooms(account.vendor(), &arguments.ids)? {
        let kind = kind(account.vendor(), arguments.kind.as_deref())?.unwrap_or(room.kind);
        notes.push(RoomNote {
            room: RoomRef::new(room.id, kind),
            title: arguments.title.clone(),
            labels: arguments.labels.clone(),
            ended_at: arguments.ended_at,
        });
    }
    let mut ledger = create_or_open(&setting.ledger, account.kind)?;
    let new = note(&mut ledger, account, &notes)?;
    told(new, notes.len());
    Ok(())
}

/// The kind of room that a name says, if the vendor has it.
fn kind(vendor: Vendor, name: Option<&str>) -> Result<Option<RoomKind>, Failure> {
    let Some(name) = name else {
        return Ok(None);
    };
    let fits = |kind: &RoomKind| match kind {
        RoomKind::Channel => vendor == Vendor::Polyv,
        RoomKind::Live | RoomKind::Resource(_) => vendor == Vendor::Xiaoe,
        RoomKind::Room => vendor == Vendor::Yxt,
        _ => false,
    };
    match name.parse().ok().filter(fits) {
        Some(kind) => Ok(Some(kind)),
        None => Err(Failure::usage(format!(
            "{vendor} has no rooms of kind {name}; the kinds are channel (polyv), live and resource-N (xiaoe), room (yxt)"
        ))),
    }
}

/// Keeps what is said of some rooms; says how many are new.
fn note(ledger: &mut Ledger, account: &Configured, notes: &[RoomNote]) -> Result<usize, Failure> {
    let now = clock::now();
    let id = ledger.account(&account.identity, &account.name, now)?;
    let mut new = 0;
    for note in notes {
        new += usize::from(ledger.note_room(id, note, now)?);
    }
    Ok(new)
}

fn told(new: usize, all: usize) {
    tell(format_args!("rooms added: {new}, known before: {}", all - new));
}
