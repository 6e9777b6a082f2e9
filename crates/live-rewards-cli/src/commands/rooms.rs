mod import;

use live_rewards::{RoomKind, RoomRef, Vendor};
use live_rewards_ledger::{Ledger, RoomEntry, RoomNote};

use crate::{
    accounts::{Configured, Setting, create_or_open, meant},
    arguments::{Rooms, RoomsAdd, RoomsCommand, RoomsList, Which},
    clock,
    failure::{Failure, tell},
    language::say,
    rooms,
    sheet::{Cell, Sheet},
};

pub(crate) fn run(arguments: &Rooms) -> Result<(), Failure> {
    match &arguments.command {
        RoomsCommand::List(arguments) => list(arguments),
        RoomsCommand::Add(arguments) => add(arguments),
        RoomsCommand::Import(arguments) => import::run(arguments),
    }
}

fn list(arguments: &RoomsList) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let ledger = setting.open_to_read()?;
    let mut sheet = Sheet::new("rooms")
        .column("account", say!("Account", "账号"))
        .for_machines("vendor")
        .column("kind", say!("Kind", "类型"))
        .column("id", say!("Room", "直播间"))
        .column("title", say!("Title", "标题"))
        .column("labels", say!("Labels", "标签"))
        .column("ended_at", say!("Ended (Beijing)", "结束（北京时间）"))
        .column("from", say!("From", "来源"));
    for account in meant(&ledger, &arguments.which)? {
        for entry in ledger.room_list(Some(account.id))? {
            let RoomEntry { room, name, is_listed, title, labels, ended_at, .. } = entry;
            let from = if is_listed {
                Cell::Word("vendor", say!("vendor", "平台"))
            } else {
                Cell::Word("user", say!("user", "用户"))
            };
            sheet.row([
                account.name.as_str().into(),
                account.identity.vendor.as_str().into(),
                room.kind.to_string().into(),
                room.id.as_str().into(),
                title.or(name).filter(|title| !title.is_empty()).into(),
                labels.into(),
                ended_at.into(),
                from,
            ]);
        }
    }
    sheet.print_of_ledger(arguments.shown.format(), &setting.ledger, ledger.kind())
}

fn add(arguments: &RoomsAdd) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let which = Which { account: vec![arguments.account.clone()] };
    let accounts = setting.accounts(&which)?;
    let [account] = accounts.as_slice() else {
        return Err(Failure::usage(say!(
            "rooms belong to one account; give --account its whole name",
            "直播间属于一个账号；请用 --account 给出完整的账号名"
        )));
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
        None => Err(Failure::usage(say!(
            "{vendor} has no rooms of kind {name}; the kinds are channel (polyv), live and resource-N (xiaoe), room (yxt)",
            "{vendor} 没有 {name} 类型的直播间；类型有 channel（polyv）、live 和 resource-N（xiaoe）、room（yxt）"
        ))),
    }
}

/// Keeps what is said of some rooms; says how many are new.
fn note(ledger: &mut Ledger, account: &Configured, notes: &[RoomNote]) -> Result<usize, Failure> {
    let now = clock::now();
    let id =
        ledger.account_once(&account.identity, account.former.as_deref(), &account.name, now)?;
    let mut new = 0;
    for note in notes {
        new += usize::from(ledger.note_room(id, note, now)?);
    }
    Ok(new)
}

fn told(new: usize, all: usize) {
    let known = all - new;
    tell(say!("rooms added: {new}, known before: {known}", "新增直播间：{new}，原已有：{known}"));
}
