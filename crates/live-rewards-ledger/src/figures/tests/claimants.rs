use live_rewards_core::{Claim, UserIdKind, UserRef};

use super::*;
use crate::{
    ClaimantOrder, LedgerError,
    test_util::{claim, synced},
};

/// Account, user, kind of id, nickname, month, claims and fen.
fn rows(ledger: &Ledger, selection: &Selection) -> Vec<String> {
    let mut rows = Vec::new();
    let count = ledger
        .claimants_by_month(selection, ClaimantOrder::Id, &mut |row| {
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
fn shuffled_claimants_keep_their_months_together() {
    let (_folder, mut ledger, stamp) = synced();
    let users: Vec<String> = (10..60).map(|number| format!("u{number}")).collect();
    let of = |user: &String| {
        let mut viewer = claim("r", user, 3, 8);
        viewer.user = UserRef::new(user.as_str(), UserIdKind::Viewer);
        [named(claim("p", user, 20 * DAY, 4), "new"), claim("q", user, 1, 1), viewer]
    };
    write(&mut ledger, &stamp, &users.iter().flat_map(of).collect::<Vec<_>>());
    let shuffled = || {
        let mut rows = Vec::new();
        let read = ledger.claimants_by_month(&all(), ClaimantOrder::Shuffled, &mut |row| {
            let (kind, month) = (row.user_id_kind, row.month);
            rows.push((row.user_id.to_owned(), format!("{kind} {month} {}", row.amount.fen())));
            Ok::<_, LedgerError>(())
        });
        assert_eq!(usize::try_from(read.unwrap()).unwrap(), rows.len());
        rows
    };
    let rows = shuffled();
    let mut order = Vec::new();
    for months in rows.chunks(3) {
        assert!(months.iter().all(|(user, _)| *user == months[0].0), "{months:?}");
        let told: Vec<&str> = months.iter().map(|(_, told)| told.as_str()).collect();
        assert_eq!(told, ["vendor_user 2023-11 1", "vendor_user 2023-12 4", "viewer 2023-11 8"]);
        order.push(months[0].0.clone());
    }
    assert_ne!(order, users);
    order.sort();
    assert_eq!(order, users);
    assert_ne!(shuffled(), rows);
}

#[test]
fn an_error_of_the_reader_ends_it() {
    let (_folder, mut ledger, stamp) = synced();
    write(&mut ledger, &stamp, &[claim("p", "u", 1, 1), claim("p", "v", 1, 1)]);
    let mut seen = 0;
    let read = ledger.claimants_by_month(&all(), ClaimantOrder::Id, &mut |_| {
        seen += 1;
        Err(LedgerError::Full)
    });
    assert!(matches!(read, Err(LedgerError::Full)));
    assert_eq!(seen, 1);
}
