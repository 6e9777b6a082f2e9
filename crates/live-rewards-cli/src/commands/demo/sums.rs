use live_rewards_ledger::{Ledger, Selection};

use crate::{failure::Failure, language::say, sheet::Sheet};

/// What became of the money, an account a row.
pub(super) fn of(ledger: &Ledger) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::new("accounts")
        .column("account", say!("Account", "账号"))
        .column("red_packets", say!("Red packets", "红包"))
        .column("claims", say!("Claims", "领取笔数"))
        .column("issued_fen", say!("Issued ¥", "发放（元）"))
        .column("claimed_fen", say!("Claimed ¥", "领取（元）"))
        .column("refunded_fen", say!("Refunded ¥", "退款（元）"))
        .column("fee_fen", say!("Fee ¥", "手续费（元）"))
        .column("difference_fen", say!("Difference ¥", "差额（元）"))
        .column("gifts", say!("Gifts", "礼物"));
    for account in ledger.accounts()? {
        let mut selection = Selection::default();
        selection.accounts = Some(vec![account.id]);
        let packets = ledger.packet_sums(&selection)?;
        let gifts = ledger.gift_sums(&selection)?;
        sheet.row([
            account.name.into(),
            packets.packets.into(),
            packets.claims.into(),
            packets.issued.into(),
            packets.claimed.into(),
            packets.refunded.into(),
            packets.fee.into(),
            packets.difference.into(),
            gifts.gifts.into(),
        ]);
    }
    Ok(sheet)
}
