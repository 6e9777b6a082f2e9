use live_rewards::Money;
use live_rewards_ledger::{Ledger, Selection};

use crate::{
    failure::Failure,
    language::say,
    sheet::{Cell, Sheet},
};

/// What became of the money, an account a row.
pub(super) fn of(ledger: &Ledger) -> Result<Sheet, Failure> {
    let mut rows = Vec::new();
    for account in ledger.accounts()? {
        let mut selection = Selection::default();
        selection.accounts = Some(vec![account.id]);
        rows.push((account.name, ledger.packet_sums(&selection)?, ledger.gift_sums(&selection)?));
    }
    // Few have any.
    let has_residue = rows.iter().any(|(_, packets, _)| packets.residue != Money::default());
    let mut sheet = Sheet::new("accounts")
        .column("account", say!("Account", "账号"))
        .column("red_packets", say!("Red packets", "红包"))
        .column("claims", say!("Claims", "领取笔数"))
        .column("issued_fen", say!("Issued ¥", "发放（元）"))
        .column("claimed_fen", say!("Claimed ¥", "领取（元）"))
        .column("refunded_fen", say!("Refunded ¥", "退款（元）"))
        .column("refunded_unreported_fen", say!("Refunded, not told ¥", "退款未报金额（元）"))
        .column("open_fen", say!("Not claimed yet ¥", "尚未领取（元）"));
    if has_residue {
        sheet = sheet.column("residue_fen", say!("Left by equal shares ¥", "均分余数（元）"));
    }
    sheet = sheet
        .column("difference_fen", say!("Difference ¥", "差额（元）"))
        .column("fee_fen", say!("Fee ¥", "手续费（元）"))
        .column("gifts", say!("Gifts", "礼物"));
    for (name, packets, gifts) in rows {
        let sums: [Cell; 8] = [
            name.into(),
            packets.packets.into(),
            packets.claims.into(),
            packets.issued.into(),
            packets.claimed.into(),
            packets.refunded.into(),
            packets.refunded_unreported.into(),
            packets.open.into(),
        ];
        let residue: Option<Cell> = has_residue.then(|| packets.residue.into());
        let rest: [Cell; 3] = [packets.difference.into(), packets.fee.into(), gifts.gifts.into()];
        sheet.row(sums.into_iter().chain(residue).chain(rest));
    }
    Ok(sheet)
}
