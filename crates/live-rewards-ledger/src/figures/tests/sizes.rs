use super::*;
use crate::{
    ClaimantOrder, LedgerError,
    test_util::{claim, room, synced},
};

fn is_overflow<T>(result: &Result<T, LedgerError>) -> bool {
    matches!(result, Err(LedgerError::Overflow))
}

#[test]
fn red_packets_that_do_not_add_up_in_64_bits_are_refused() {
    let (_folder, mut ledger, stamp) = synced();
    let mut packets = [packet("p", room(), 0), packet("q", room(), 0)];
    for packet in &mut packets {
        packet.issued = fen(i64::MAX);
    }
    write(&mut ledger, &stamp, &packets);
    let error = ledger.packet_sums(&all()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a sum doesn't fit into 64 bits; name fewer accounts or a shorter time"
    );
    assert!(is_overflow(&ledger.packet_sums_by_day(&all())));
    assert!(is_overflow(&ledger.sums_by_month(&all())));
    assert!(is_overflow(&ledger.packet_sums_by_room(&all(), 1)));
}

#[test]
fn claims_that_do_not_add_up_in_64_bits_are_refused() {
    let (_folder, mut ledger, stamp) = synced();
    write(&mut ledger, &stamp, &[packet("p", room(), 0)]);
    let claims = [claim("p", "u", 1, i64::MAX), claim("p", "u", 2, i64::MAX)];
    write(&mut ledger, &stamp, &claims);
    assert!(is_overflow(&ledger.packet_sums(&all())));
    assert!(is_overflow(&ledger.claim_amounts(&all())));
    assert!(is_overflow(&ledger.claimants_by_month(&all(), ClaimantOrder::Id, &mut |_| Ok(()))));
}
