#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| live_rewards_fuzz::cursors(text));
