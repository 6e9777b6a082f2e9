//! What every vendor's client must do, run for each of them on the emulator.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod behaviour;
mod cassettes;
mod clock;
mod faults;
mod laws;
mod leaks;
mod listings;
mod refusals;
mod speed;
mod tampering;
mod vendors;

/// Runs each behaviour for each vendor, as tests of their own.
macro_rules! suite {
    ($($behaviour:ident)+) => {
        suite!(@vendor xiaoe: $($behaviour)+);
        suite!(@vendor polyv: $($behaviour)+);
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
    rows_agree_with_the_ground_truth
    claims_add_up_with_their_red_packets
    filters_narrow_to_the_rows_they_name
    filters_that_a_vendor_lacks_are_refused
    a_wrong_secret_is_not_authenticated
    a_clock_an_hour_off_is_corrected
    an_unreachable_vendor_is_a_transport_error
}
