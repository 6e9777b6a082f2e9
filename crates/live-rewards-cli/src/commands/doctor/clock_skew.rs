use http::{HeaderMap, header::DATE};
use httpdate::HttpDate;
use live_rewards::Timestamp;

use crate::{
    commands::checks::{Check, Topic},
    language::say,
};

/// From where on it is worth a look.
const WARN_MS: i64 = 30_000;
/// From where on requests are refused: Polyv takes timestamps of 3 minutes, YXT of 5.
const FAIL_MS: i64 = 170_000;

/// Compares this machine's clock with the time in an answer that came between two instants.
pub(super) fn check(headers: &HeaderMap, before: Timestamp, after: Timestamp) -> Check {
    let date = headers.get(DATE).and_then(|date| date.to_str().ok()?.parse::<HttpDate>().ok());
    let Some(date) = date else {
        return Check::skipped(
            Topic::Clock,
            say!("the answer doesn't say when it was written", "应答没有说明时间"),
        );
    };
    let written = Timestamp::from(std::time::SystemTime::from(date)).epoch_ms();
    judged(ahead_ms(written, before.epoch_ms(), after.epoch_ms()))
}

/// How far this machine is ahead, at least: the answer may have been written at any time between, and says a whole second.
fn ahead_ms(written: i64, before: i64, after: i64) -> i64 {
    let latest = written.saturating_add(999);
    if before > latest {
        before.saturating_sub(latest)
    } else if after < written {
        after.saturating_sub(written)
    } else {
        0
    }
}

fn judged(ahead_ms: i64) -> Check {
    let seconds = ahead_ms.saturating_abs().saturating_add(500) / 1000;
    let off = if seconds < 120 {
        say!("{seconds} s", "{seconds} 秒")
    } else {
        let minutes = seconds / 60;
        say!("{minutes} min", "{minutes} 分钟")
    };
    let seen = match ahead_ms {
        0 => say!("agrees with the vendor's", "与平台一致"),
        1.. => say!("{off} ahead of the vendor's", "比平台快 {off}"),
        _ => say!("{off} behind the vendor's", "比平台慢 {off}"),
    };
    let advice = || {
        say!(
            "set this machine's clock, best by NTP: Polyv refuses what is 3 minutes off, YXT 5",
            "请校准本机时钟，最好用 NTP：相差 3 分钟保利威即拒绝，云学堂为 5 分钟"
        )
    };
    match ahead_ms.saturating_abs() {
        off if off > FAIL_MS => Check::fail(Topic::Clock, 4, seen).with_advice(advice()),
        off if off > WARN_MS => Check::warn(Topic::Clock, seen, advice()),
        _ => Check::ok(Topic::Clock, seen),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// Of a machine that is so far ahead of 2022-08-12T02:48:46Z.
    fn seen(ahead_ms: i64, took_ms: i64) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, HeaderValue::from_static("Fri, 12 Aug 2022 02:48:46 GMT"));
        let at = |ms| Timestamp::from_epoch_ms(1_660_272_526_000 + ms).unwrap();
        format!("{:?}", check(&headers, at(ahead_ms), at(ahead_ms + took_ms)))
    }

    #[test]
    fn a_clock_that_is_off_is_told() {
        for (ahead_ms, took_ms, state, text) in [
            (0, 100, "Ok", "agrees"),
            (-5000, 9000, "Ok", "agrees"),
            (999, 100, "Ok", "agrees"),
            (20_999, 100, "Ok", "20 s ahead"),
            (31_500, 100, "Warn", "31 s ahead"),
            (-60_000, 100, "Warn", "60 s behind"),
            (180_000, 100, "Fail", "2 min ahead"),
            (-3_600_000, 100, "Fail", "60 min behind"),
        ] {
            let seen = seen(ahead_ms, took_ms);
            assert!(seen.contains(state) && seen.contains(text), "{ahead_ms}: {seen}");
        }
    }

    #[test]
    fn without_a_date_nothing_is_said() {
        let now = Timestamp::from_epoch_ms(0).unwrap();
        assert!(format!("{:?}", check(&HeaderMap::new(), now, now)).contains("Skipped"));
    }
}
