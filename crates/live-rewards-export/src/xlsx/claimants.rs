//! Who claimed how much in each month.

use live_rewards_ledger::{CLAIMS, ClaimantOrder, Label, Language, Ledger, Selection};

use super::{
    Workbook,
    cell::Cell,
    sheets::Sheets,
    style::{ID, MONEY, NAME, NUMBER, SheetColumn},
};
use crate::{ExportError, head::in_yuan, lead::ACCOUNT};

const NAME_OF_SHEET: Label = Label { en: "Claimants", zh: "领取人汇总" };

const NOTHING: Label = Label { en: "Nobody has claimed anything.", zh: "没有领取记录。" };

pub(super) fn write(
    book: &mut Workbook<'_>,
    ledger: &Ledger,
    selection: &Selection,
) -> Result<(), ExportError> {
    let pseudonyms = book.options.pseudonyms;
    let language = book.options.language;
    let columns = columns(book);
    let mut sheets = Sheets::new(book, NAME_OF_SHEET, columns);
    let order = match pseudonyms {
        // The order of ids would tell who is who.
        Some(_) => ClaimantOrder::Shuffled,
        None => ClaimantOrder::Id,
    };
    ledger.claimants_by_month::<ExportError>(selection, order, &mut |claimant| {
        let vendor = claimant.account.identity.vendor;
        let nickname = claimant.nickname.unwrap_or_default();
        let (id, nickname) = match pseudonyms {
            Some(pseudonyms) => (
                Cell::text(pseudonyms.user(vendor, claimant.user_id)),
                Cell::text(pseudonyms.nickname(vendor, nickname)),
            ),
            None => (Cell::text(claimant.user_id), Cell::text(nickname)),
        };
        sheets.row(&[
            Cell::text(claimant.account.name.as_str()),
            Cell::text(word("vendor", vendor.as_str(), language)),
            id,
            Cell::text(word("user_id_kind", claimant.user_id_kind, language)),
            nickname,
            Cell::text(claimant.month.to_string()),
            Cell::count(claimant.claims),
            Cell::Money(claimant.amount),
        ])?;
        Ok(())
    })?;
    Ok(sheets.finish_or(NOTHING)?)
}

/// The word for a code of a column of claims, or the code.
fn word<'c>(column: &str, code: &'c str, language: Language) -> &'c str {
    CLAIMS.column(column).and_then(|column| column.word(code, language)).unwrap_or(code)
}

fn columns(book: &Workbook<'_>) -> Vec<SheetColumn> {
    let named = |label, width| SheetColumn::new(book.say(label), width);
    let label = |en, zh| Label { en, zh };
    vec![
        named(ACCOUNT, NAME),
        named(label("Vendor", "平台"), NUMBER),
        named(label("Claimant", "领取人 ID"), ID),
        named(label("Kind of claimant id", "领取人 ID 类型"), NAME),
        named(label("Claimant's nickname", "领取人昵称"), NAME),
        named(label("Month", "月份"), NUMBER),
        named(label("Claims", "领取笔数"), NUMBER),
        SheetColumn::new(in_yuan(label("Claimed", "领取金额"), book.options.language), MONEY),
    ]
}
