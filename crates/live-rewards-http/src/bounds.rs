use live_rewards_core::{Error, ErrorKind, Result};

/// Refuses a number below what the vendor takes, as `InvalidInput`.
pub fn at_least(name: &str, value: u32, least: u32) -> Result<()> {
    refuse_unless(value >= least, || format!("`{name}` must be at least {least}"))
}

/// Refuses more items than the vendor takes in one call, as `InvalidInput`.
pub fn at_most(name: &str, items: usize, most: usize) -> Result<()> {
    refuse_unless(items <= most, || format!("`{name}` must have at most {most} items"))
}

fn refuse_unless(fits: bool, message: impl FnOnce() -> String) -> Result<()> {
    if fits { Ok(()) } else { Err(Error::new(ErrorKind::InvalidInput, message())) }
}
