use live_rewards_core::{Claim, UserIdKind, UserRef};

use super::*;
use crate::{
    LedgerError,
    test_util::{claim, synced},
};

/// Account, user, kind of id, nickname, month, claims and fen.
fn rows(ledger: &Ledger, selection: &Selection) -> Vec<String> {
    let mut rows = Vec::new();
    let count = ledger
        .claimants_by_month(selection, &mut |row| {
            rows.push(format!(
                "{} {} {} {} {} {} {}",
                row.account.name,
                row.user_id,
                row.user_id_kind,
                row.nickname.unwrap_or("-"),
                row.month,
                row.claims,
                row.amount.fen()
            ));
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    assert_eq!(usize::try_from(count).unwrap(), rows.len());
    rows
}

fn named(mut claim: Claim, nickname: &str) -> Claim {
    claim.user.nickname = Some(nickname.to_owned());
    claim
}

#[test]
fn claims_are_added_up_by_user_and_month() {
    let (_folder, mut ledger, stamp) = synced();
    assert_eq!(rows(&ledger, &all()), Vec::<String>::new());
    let other = other(&mut ledger, &stamp);
    let mut viewer = claim("r", "u", 3, 1000);
    viewer.user = UserRef::new("u", UserIdKind::Viewer);
    let claims = [
        named(claim("p", "u", 20 * DAY, 4), "new"),
        named(claim("q", "u", 1, 1), "old"),
        claim("q", "u", 2, 2),
        claim("q", "v", 1, 7),
        viewer,
    ];
    write(&mut ledger, &stamp, &claims);
    write(&mut ledger, &other, &[claim("p", "u", 1, 9)]);
    assert_eq!(
        rows(&ledger, &all()),
        [
            "shop u vendor_user new 2023-11 2 3",
            "shop u vendor_user new 2023-12 1 4",
            "shop u viewer - 2023-11 1 1000",
            "shop v vendor_user - 2023-11 1 7",
            "other u vendor_user - 2023-11 1 9",
        ]
    );
    let early = Selection { accounts: Some(vec![stamp.account]), until: Some(at(2)), ..all() };
    assert_eq!(
        rows(&ledger, &early),
        ["shop u vendor_user old 2023-11 1 1", "shop v vendor_user - 2023-11 1 7"]
    );
}

#[test]
fn an_error_of_the_reader_ends_it() {
    let (_folder, mut ledger, stamp) = synced();
    write(&mut ledger, &stamp, &[claim("p", "u", 1, 1), claim("p", "v", 1, 1)]);
    let mut seen = 0;
    let read = ledger.claimants_by_month(&all(), &mut |_| {
        seen += 1;
        Err(LedgerError::Full)
    });
    assert!(matches!(read, Err(LedgerError::Full)));
    assert_eq!(seen, 1);
}
