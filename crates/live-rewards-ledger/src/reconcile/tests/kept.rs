use super::*;
use crate::{
    reconcile::{FindingStatus, Severity, acknowledge},
    test_util::identity,
};

fn short() -> Shop {
    let (packet, mut claims) = xiaoe();
    claims[2].amount = fen(70);
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    shop
}

#[test]
fn a_second_reconciliation_gives_the_same_and_writes_nothing() {
    let mut shop = short();
    let first = shop.reconcile();
    let writes = |shop: &Shop| shop.ledger.connection().total_changes();
    let before = writes(&shop);
    shop.stamp.now = at(99 * DAY);
    assert_eq!(shop.reconcile(), first);
    assert_eq!(writes(&shop), before);
    assert_eq!(first.as_of, at(10 * DAY));
    assert_eq!(first.findings[0].first_found_at, at(10 * DAY));
    assert_eq!(first.findings[0].first_run, Some(shop.stamp.run));
}

#[test]
fn the_same_is_found_in_another_ledger() {
    let (folder, mut before) = ledger();
    // The account has another number there.
    before.account(&identity("before"), "before", at(0)).unwrap();
    let mut other = Shop::within(folder, before, Vendor::Xiaoe);
    let id = |shop: &mut Shop| shop.reconcile().findings[0].id.clone();
    let (packet, mut claims) = xiaoe();
    claims[2].amount = fen(70);
    other.add(&packet, &claims);
    assert_eq!(id(&mut short()), id(&mut other));
}

#[test]
fn an_id_stays_what_it_is() {
    // Notes are kept by it.
    assert_eq!(short().reconcile().findings[0].id, "A1-6d6491c5eec54592");
}

#[test]
fn an_id_may_be_typed_in_any_case_and_a_wrong_one_is_near_another() {
    let mut shop = short();
    let (mut packet, mut claims) = xiaoe();
    packet.id = "q".into();
    claims[2].amount = fen(60);
    claims.iter_mut().for_each(|claim| claim.red_packet = "q".into());
    shop.add(&packet, &claims);
    let ids: Vec<String> =
        shop.reconcile().findings.into_iter().map(|finding| finding.id).collect();
    assert_eq!(ids.len(), 2);
    for id in &ids {
        let cut = &id[..id.len() - 2];
        assert_eq!(shop.ledger.nearest_finding(cut).unwrap().as_ref(), Some(id));
        let typed = format!(" {}\n", id.to_lowercase());
        assert!(acknowledge(&mut shop.ledger, &typed, "known", at(11 * DAY)).unwrap());
    }
    for id in ["A2-0", "A1", ""] {
        assert_eq!(shop.ledger.nearest_finding(id).unwrap(), None, "{id}");
    }
}

#[test]
fn what_is_acknowledged_stays_so() {
    let mut shop = short();
    let reconciliation = shop.reconcile();
    assert_eq!(reconciliation.worst(), Some(Severity::Error));
    let id = reconciliation.findings[0].id.clone();
    assert!(!acknowledge(&mut shop.ledger, "A1-0", "no", at(11 * DAY)).unwrap());
    assert!(acknowledge(&mut shop.ledger, &id, "first", at(11 * DAY)).unwrap());
    assert!(acknowledge(&mut shop.ledger, &id, "known", at(12 * DAY)).unwrap());
    let reconciliation = shop.reconcile();
    let status = FindingStatus::Acknowledged { note: "known".to_owned(), at: at(12 * DAY) };
    assert_eq!(reconciliation.findings[0].status, status);
    assert_eq!(reconciliation.worst(), None);
    assert_eq!(
        state(&reconciliation, CheckCode::A1),
        CheckState::Found { examined: 1, findings: 1 }
    );

    // Another amount is another finding.
    let (_, mut claims) = xiaoe();
    claims[2].amount = fen(60);
    shop.write(&claims);
    let findings = shop.reconcile().findings;
    let a1: Vec<_> = findings.iter().filter(|finding| finding.code == CheckCode::A1).collect();
    assert_eq!((a1.len(), a1[0].amount_fen), (1, Some(20)));
    assert_eq!(a1[0].status, FindingStatus::Open);

    // Back again, and the note is still there.
    claims[2].amount = fen(70);
    shop.write(&claims);
    let findings = shop.reconcile().findings;
    let again = findings.iter().find(|finding| finding.id == id).unwrap();
    assert_eq!(again.status, status);
}

#[test]
fn what_no_longer_holds_is_gone() {
    let mut shop = short();
    let found_first = shop.reconcile().findings;
    shop.stamp.now = at(12 * DAY);
    let (_, claims) = xiaoe();
    shop.write(&claims);
    let findings = shop.reconcile().findings;
    assert!(findings.iter().all(|finding| finding.code == CheckCode::D1), "{findings:?}");
    let all = shop.ledger.findings(Some(shop.stamp.account)).unwrap();
    let gone = all.iter().find(|finding| finding.id == found_first[0].id).unwrap();
    assert_eq!(gone.status, FindingStatus::Gone { at: at(12 * DAY) });
    assert_eq!(gone.evidence, found_first[0].evidence);
}

#[test]
fn what_can_not_be_judged_stays() {
    let mut shop = short();
    let first = shop.reconcile();
    // The claims are being read again.
    let when = shop.stamp.now;
    shop.save(Operation::Claims, "p", |listing| {
        listing.completed_at = Some(when);
        listing.cursor = Some("2".to_owned());
    });
    let (mut packet, claims) = xiaoe();
    packet.id = "q".into();
    let claims: Vec<Claim> = claims
        .into_iter()
        .map(|mut claim| {
            claim.red_packet = "q".into();
            claim
        })
        .collect();
    shop.add(&packet, &claims);
    let reconciliation = shop.reconcile();
    assert_eq!(reconciliation.findings, first.findings);
    assert_eq!(
        state(&reconciliation, CheckCode::A1),
        CheckState::Found { examined: 1, findings: 1 }
    );
}

#[test]
fn other_accounts_are_left_alone() {
    let mut shop = short();
    let first = shop.reconcile();
    let other = shop.ledger.account(&identity("other"), "other", at(0)).unwrap();
    let options = ReconcileOptions { accounts: Some(vec![other]), ..ReconcileOptions::default() };
    let reconciliation = shop.reconcile_with(&options);
    assert_eq!(reconciliation.findings, []);
    assert!(reconciliation.balances.is_empty());
    assert!(reconciliation.checks.iter().all(|check| check.account == other));
    assert_eq!(shop.ledger.findings(None).unwrap(), first.findings);
}
