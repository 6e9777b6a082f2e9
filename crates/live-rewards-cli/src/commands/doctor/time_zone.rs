use jiff::tz::{Offset, TimeZone};
use live_rewards::Timestamp;

use crate::{
    commands::checks::{Check, Topic},
    language::say,
};

/// Says in which zone this machine is, and that days are Beijing's nevertheless.
pub(super) fn check(now: Timestamp) -> Check {
    let zone = TimeZone::try_system().ok();
    let instant = jiff::Timestamp::from_millisecond(now.epoch_ms()).ok();
    let Some((zone, instant)) = zone.zip(instant) else {
        let seen = say!(
            "this machine's is not known; days and months are Beijing's (+08) anyway",
            "本机时区未知；日和月一律按北京时间（+08）"
        );
        return Check::skipped(Topic::TimeZone, seen);
    };
    let offset = zone.to_offset(instant);
    Check::ok(Topic::TimeZone, described(zone.iana_name(), offset))
}

fn described(name: Option<&str>, offset: Offset) -> String {
    let here = match name {
        Some(name) => format!("{name} ({offset})"),
        None => offset.to_string(),
    };
    if offset == Offset::constant(8) {
        return say!("{here}, as Beijing, whose days and months count", "{here}，与北京一致");
    }
    say!(
        "{here}; days and months are Beijing's (+08), so mind the hours of scheduled runs",
        "{here}；日和月按北京时间（+08），定时任务请留意钟点"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_told_with_beijings() {
        insta::assert_snapshot!(described(Some("Asia/Shanghai"), Offset::constant(8)), @"Asia/Shanghai (+08), as Beijing, whose days and months count");
        insta::assert_snapshot!(described(None, Offset::constant(-5)), @"-05; days and months are Beijing's (+08), so mind the hours of scheduled runs");
    }
}
