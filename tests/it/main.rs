//! What every vendor's client must do, run for each of them on the emulator.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod behaviour;
mod callbacks;
mod cassettes;
mod clock;
mod faults;
mod income;
mod laws;
mod leaks;
mod ledger;
mod listings;
mod queries;
mod refusals;
mod speed;
mod tampering;
mod tokens;
mod vendors;

/// Runs each behaviour for each vendor, as tests of their own.
macro_rules! suite {
    ($($behaviour:ident)+) => {
        suite!(@vendor xiaoe: $($behaviour)+);
        suite!(@vendor polyv: $($behaviour)+);
        suite!(@vendor polyv_by_sha256: $($behaviour)+);
        suite!(@vendor yxt: $($behaviour)+);
    };
    (@vendor $vendor:ident: $($behaviour:ident)+) => {
        mod $vendor {
            $(
                #[tokio::test]
                async fn $behaviour() {
                    let account = crate::vendors::$vendor().await;
                    crate::behaviour::$behaviour(&account).await;
                }
            )+
        }
    };
}

suite! {
    capabilities_are_what_is_answered
    every_item_comes_once_in_order_at_any_page_size
    reading_ahead_changes_nothing_but_the_calls
    reading_goes_on_from_every_cursor
    cursors_of_other_queries_are_refused
    red_packets_agree_with_the_ground_truth
    a_summary_is_that_of_the_red_packets
    gifts_agree_with_the_ground_truth
    gift_payments_agree_with_the_ground_truth
    points_accounts_agree_with_the_ground_truth
    users_agree_with_the_ground_truth
    names_are_filled_in
    claims_add_up_with_their_red_packets
    sessions_hold_their_red_packets
    prizes_are_those_of_their_activities
    points_entries_add_up_to_the_balances
    times_narrow_to_the_rows_within
    a_session_narrows_to_its_rows
    a_user_and_a_kind_narrow_the_points_log
    filters_that_a_vendor_lacks_are_refused
    a_wrong_secret_is_not_authenticated
    a_clock_an_hour_off_is_corrected
    an_unreachable_vendor_is_a_transport_error
}
