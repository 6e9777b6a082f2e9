use live_rewards::{Money, Points, Vendor};
use live_rewards_emulator::{Totals, Truth, VendorTruth};
use live_rewards_ledger::{
    Account, GiftSums, Ledger, LedgerError, POINTS_ACCOUNTS, PacketSums, RowOrder, Selection, Value,
};

use crate::{failure::Failure, language::say};

/// Fails where a count or sum of the ledger, of a room or of all, is not what the emulator serves.
pub(super) fn compare(ledger: &Ledger, truth: &Truth) -> Result<(), Failure> {
    let mut differences = Vec::new();
    for account in ledger.accounts()? {
        differences.extend(of_account(ledger, &account, of(truth, account.identity.vendor))?);
    }
    if differences.is_empty() { Ok(()) } else { Err(Failure::different(differences.join("; "))) }
}

pub(super) const fn of(truth: &Truth, vendor: Vendor) -> &VendorTruth {
    match vendor {
        Vendor::Xiaoe => &truth.xiaoe,
        Vendor::Polyv => &truth.polyv,
        _ => &truth.yxt,
    }
}

/// What a figure is, as synced, as served.
type Figure = (String, String, String);

fn of_account(
    ledger: &Ledger,
    account: &Account,
    served: &VendorTruth,
) -> Result<Vec<String>, Failure> {
    let mut selection = Selection::default();
    selection.accounts = Some(vec![account.id]);
    let figures = ledger.packet_figures(&selection)?;
    let vendor = account.identity.vendor.as_str();
    let mut differences = Vec::new();
    let rooms = figures.by_room(usize::MAX)?;
    for room in &served.rooms {
        let name = say!("{vendor} room {}", "{vendor} 直播间 {}", room.room);
        let synced = rooms.iter().find(|synced| synced.room.id.as_str() == room.room);
        let synced = synced.map(|synced| synced.packets).unwrap_or_default();
        differences.extend(unequal(&name, red_packets(&synced, &room.totals)));
    }
    differences.extend(unequal(vendor, red_packets(&figures.total()?, &served.total)));
    differences.extend(unequal(vendor, gifts(&ledger.gift_sums(&selection)?, &served.total)));
    differences.extend(unequal(vendor, points_accounts(ledger, &selection, served)?));
    Ok(differences)
}

fn unequal(name: &str, figures: impl IntoIterator<Item = Figure>) -> impl Iterator<Item = String> {
    figures.into_iter().filter(|(_, synced, served)| synced != served).map(
        move |(what, synced, served)| {
            say!(
                "{name} {what}: synced {synced}, the emulator served {served}",
                "{name} {what}：同步到 {synced}，模拟器给出 {served}"
            )
        },
    )
}

fn red_packets(synced: &PacketSums, served: &Totals) -> [Figure; 6] {
    let fen = |fen: i64| Money::from_fen(fen).to_string();
    [
        (
            say!("red packets", "红包个数"),
            synced.packets.to_string(),
            served.red_packets.to_string(),
        ),
        (say!("claims", "领取笔数"), synced.claims.to_string(), served.claims.to_string()),
        (say!("issued", "发放"), synced.issued.to_string(), fen(served.issued_fen)),
        (say!("claimed", "领取"), synced.claimed.to_string(), fen(served.claimed_fen)),
        (say!("refunded", "退款"), synced.refunded.to_string(), fen(served.refunded_fen)),
        (say!("fee", "手续费"), synced.fee.to_string(), fen(served.fee_fen)),
    ]
}

fn gifts(synced: &GiftSums, served: &Totals) -> [Figure; 3] {
    let points = |points: i64| Points::new(points).to_string();
    [
        (say!("gifts", "礼物笔数"), synced.gifts.to_string(), served.gifts.to_string()),
        (
            say!("gift points charged", "礼物积分（实扣）"),
            synced.charged_points.to_string(),
            points(served.gift_points_charged),
        ),
        (
            say!("gift points by list price", "礼物积分（标价）"),
            synced.list_points.to_string(),
            points(served.gift_points_listed),
        ),
    ]
}

fn points_accounts(
    ledger: &Ledger,
    selection: &Selection,
    served: &VendorTruth,
) -> Result<[Figure; 2], LedgerError> {
    let available = POINTS_ACCOUNTS.columns.iter().position(|column| column.name == "available");
    let mut points = Some(Points::new(0));
    let accounts = ledger.read_rows(&POINTS_ACCOUNTS, selection, RowOrder::Key, &mut |row| {
        if let Some(Value::Points(more)) = available.and_then(|at| row.values.get(at)) {
            points = points.and_then(|sum| sum.checked_add(*more));
        }
        Ok::<_, LedgerError>(())
    })?;
    Ok([
        (
            say!("points accounts", "积分账户数"),
            accounts.to_string(),
            served.points_accounts.to_string(),
        ),
        (
            say!("points", "积分"),
            points.unwrap_or_default().to_string(),
            Points::new(served.points_available).to_string(),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fen_is_a_difference() {
        let mut synced = PacketSums::default();
        synced.packets = 2;
        synced.issued = Money::from_fen(300);
        let mut served = Totals::default();
        served.red_packets = 2;
        served.issued_fen = 300;
        assert_eq!(unequal("polyv", red_packets(&synced, &served)).count(), 0);
        served.issued_fen += 1;
        let told: Vec<_> = unequal("polyv", red_packets(&synced, &served)).collect();
        assert_eq!(told, ["polyv issued: synced 3.00, the emulator served 3.01"]);
    }

    #[test]
    fn every_figure_counts() {
        let changes: [fn(&mut Totals); 9] = [
            |served| served.red_packets += 1,
            |served| served.claims += 1,
            |served| served.issued_fen += 1,
            |served| served.claimed_fen += 1,
            |served| served.refunded_fen += 1,
            |served| served.fee_fen += 1,
            |served| served.gifts += 1,
            |served| served.gift_points_charged += 1,
            |served| served.gift_points_listed += 1,
        ];
        for change in changes {
            let mut served = Totals::default();
            change(&mut served);
            let packets = unequal("x", red_packets(&PacketSums::default(), &served));
            let gifts = unequal("x", gifts(&GiftSums::default(), &served));
            assert_eq!(packets.chain(gifts).count(), 1);
        }
    }
}
