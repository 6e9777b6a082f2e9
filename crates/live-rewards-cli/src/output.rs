//! Standard output: data and nothing else. What is made for people shows no control characters and Beijing time; what is made for
//! machines is left as it is.

use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
};

use comfy_table::{Cell, Table, presets};
use live_rewards::Timestamp;
use live_rewards_ledger::LedgerKind;
use serde_json::Value;

use crate::{failure::Failure, language::say};

/// An empty table with these heads.
pub(crate) fn table(heads: impl IntoIterator<Item = impl Into<Cell>>) -> Table {
    let mut table = headless_table();
    table.set_header(heads);
    table
}

/// An empty table without heads.
pub(crate) fn headless_table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    table
}

/// A table or lines, with a line break.
pub(crate) fn text(text: &impl Display) -> Result<(), Failure> {
    let text = plain_lines(&text.to_string());
    writeln!(io::stdout(), "{text}").map_err(|error| Failure::stdout(&error))
}

/// A table of what a ledger has, and which ledger that is.
pub(crate) fn ledger_table(
    table: &impl Display,
    path: &Path,
    kind: LedgerKind,
) -> Result<(), Failure> {
    text(&format_args!("{table}\n{}", ledger_line(path, kind)))
}

/// Which ledger was shown.
pub(crate) fn ledger_line(path: &Path, kind: LedgerKind) -> String {
    let mark = demo_mark(kind);
    say!("Ledger: {}{mark}", "账本：{}{mark}", path.display())
}

/// What stands behind a ledger of emulated accounts.
pub(crate) const fn demo_mark(kind: LedgerKind) -> &'static str {
    match kind {
        LedgerKind::Demo => " (DEMO 示例数据)",
        LedgerKind::Real => "",
    }
}

/// Bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| Failure::stdout(&error))
}

/// A value on one line.
pub(crate) fn json(value: &Value) -> Result<(), Failure> {
    json_lines([value])
}

/// A value a line.
pub(crate) fn json_lines(values: impl IntoIterator<Item = impl Display>) -> Result<(), Failure> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    for value in values {
        writeln!(stdout, "{value}").map_err(|error| Failure::stdout(&error))?;
    }
    stdout.flush().map_err(|error| Failure::stdout(&error))
}

/// A time as people read it: Beijing's, which the head of its column says.
pub(crate) fn beijing(time: Timestamp) -> String {
    time.to_china()
}

/// A text on one line, as a terminal may show it.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(harmless).collect()
}

/// A text as a terminal may show it, with its line breaks.
pub(crate) fn plain_lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { harmless(c) }).collect()
}

/// Stands in for what would control the terminal, or turn the direction of the text behind it.
fn harmless(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || c.is_control() { char::REPLACEMENT_CHARACTER } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_controls_the_terminal() {
        let bad = "\0\t\r\n\u{1b}\u{7f}\u{80}\u{9b}\u{202a}\u{202e}\u{2066}\u{2069}";
        assert_eq!(plain(bad), "\u{fffd}".repeat(bad.chars().count()));
        assert_eq!(plain_lines("a\r\nb\u{1b}[2J"), "a\u{fffd}\nb\u{fffd}[2J");
        let good = "春季发布会 “é” 🧧👩\u{200d}💻 ¥1.00";
        assert_eq!(plain(good), good);
    }

    #[test]
    fn people_read_the_time_of_beijing() {
        let time = "2026-01-31T00:00:05.999Z".parse().unwrap();
        assert_eq!(beijing(time), "2026-01-31 08:00:05");
    }
}
