//! Progress on standard error, for whoever waits at a terminal. In a pipe there is none.

use std::{
    fmt,
    io::{self, Write},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use indicatif::{
    FormattedDuration, HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
    WeakProgressBar,
};

use crate::{language::say, output::plain};

static IS_OFF: AtomicBool = AtomicBool::new(false);

/// What is shown now. It goes with its owner.
static SHOWN: Mutex<Option<WeakProgressBar>> = Mutex::new(None);

/// How often the elapsed time moves on where nothing else does.
const TICK: Duration = Duration::from_millis(200);

/// Shows none in this run.
pub(crate) fn turn_off() {
    IS_OFF.store(true, Ordering::Relaxed);
}

/// Whether somebody would see it.
pub(crate) fn is_seen() -> bool {
    !target().is_hidden()
}

fn target() -> ProgressDrawTarget {
    if IS_OFF.load(Ordering::Relaxed) {
        ProgressDrawTarget::hidden()
    } else {
        // Hidden by itself where standard error is no terminal.
        ProgressDrawTarget::stderr()
    }
}

/// A line of a terminal: how many rows, how many a second, for how long, and for how much longer where that can be said. It is gone
/// when this is dropped. One is shown at a time, and none beside rows that go to the same terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    counted: Counted,
    rows: Arc<AtomicU64>,
}

/// What the bar is as long as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Rows,
    Listings,
}

impl Progress {
    /// Rows one by one; so many in all, where known.
    pub(crate) fn rows(label: &str, total: Option<u64>) -> Self {
        Self::begin(label, total, Counted::Rows)
    }

    /// Listings, and the rows of all of them; so many listings, where known.
    pub(crate) fn listings(label: &str, total: Option<u64>) -> Self {
        Self::begin(label, total, Counted::Listings)
    }

    fn begin(label: &str, total: Option<u64>, counted: Counted) -> Self {
        let rows = Arc::new(AtomicU64::new(0));
        let bar = ProgressBar::with_draw_target(total, target());
        if !bar.is_hidden() {
            let figure = if total.is_some() { "{bar:20}" } else { "{spinner}" };
            let template = format!("{{prefix}} {figure} {{far}} {{wide_msg}}");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                let rows = Arc::clone(&rows);
                bar.set_style(style.with_key(
                    "far",
                    move |state: &ProgressState, text: &mut dyn fmt::Write| {
                        let rows = rows.load(Ordering::Relaxed);
                        // Nobody is left to tell if it fails.
                        let _ = text.write_str(&far(state, counted, rows));
                    },
                ));
            }
            bar.set_prefix(plain(label));
            bar.enable_steady_tick(TICK);
            *shown() = Some(bar.downgrade());
        }
        Self { bar, counted, rows }
    }

    /// So many rows more.
    pub(crate) fn add(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
        if self.counted == Counted::Rows {
            self.bar.inc(rows);
        }
    }

    /// So many listings are behind, and so many rows came until now; `what` is being read.
    pub(crate) fn reach(&self, listings: u64, rows: u64, what: &str) {
        self.rows.store(rows, Ordering::Relaxed);
        if self.bar.length().is_some_and(|length| length < listings) {
            self.bar.set_length(listings);
        }
        self.bar.set_position(listings);
        self.bar.set_message(plain(what));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// How far it is, in words.
fn far(state: &ProgressState, counted: Counted, rows: u64) -> String {
    let count = match (state.len(), counted) {
        (Some(all), Counted::Rows) => {
            let [rows, all] = [rows, all].map(HumanCount);
            say!("{rows} of {all} rows", "{rows} / {all} 行")
        }
        (Some(all), Counted::Listings) => {
            let [listings, all, rows] = [state.pos(), all, rows].map(HumanCount);
            say!("{listings} of {all} listings, {rows} rows", "列表 {listings} / {all}，{rows} 行")
        }
        (None, _) => {
            let rows = HumanCount(rows);
            say!("{rows} rows", "{rows} 行")
        }
    };
    let elapsed = state.elapsed();
    let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    let rate = HumanCount(rows.saturating_mul(1000).checked_div(milliseconds).unwrap_or(0));
    let elapsed = FormattedDuration(elapsed);
    let told = say!("{count}, {rate} rows/s, {elapsed}", "{count}，{rate} 行/秒，已用 {elapsed}");
    if state.len().is_some() && state.pos() > 0 {
        let left = FormattedDuration(state.eta());
        say!("{told}, about {left} left", "{told}，约剩 {left}")
    } else {
        told
    }
}

fn shown() -> std::sync::MutexGuard<'static, Option<WeakProgressBar>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Standard error. What is written there stands above the progress.
#[derive(Debug)]
pub(crate) struct Stderr;

impl Write for Stderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bar = shown().as_ref().and_then(WeakProgressBar::upgrade);
        match bar {
            Some(bar) => bar.suspend(|| io::stderr().write(bytes)),
            None => io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
