//! How cells look, and how wide columns are.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// Formats of cells.
pub(super) struct Styles {
    /// That this is a demo.
    pub(super) banner: Format,
    /// The first line of a sheet.
    pub(super) title: Format,
    /// Other lines beside a table.
    pub(super) line: Format,
    /// Titles of columns.
    pub(super) head: Format,
    /// Rows.
    pub(super) body: Body,
    /// The row of totals.
    pub(super) total: Body,
}

/// Formats of a row by what its values are.
pub(super) struct Body {
    /// Stays text when somebody edits it.
    pub(super) text: Format,
    /// Long text.
    pub(super) prose: Format,
    pub(super) integer: Format,
    pub(super) points: Format,
    pub(super) money: Format,
    pub(super) time: Format,
}

const RED: u32 = 0x00C0_0000;
const BLUE: u32 = 0x00DD_EBF7;
const GREY: u32 = 0x0059_5959;

/// Colour of the tabs of a demo.
pub(super) const DEMO_TAB: u32 = RED;

impl Styles {
    pub(super) fn new() -> Self {
        let plain = Format::new();
        let bold = Format::new().set_bold();
        Self {
            banner: bold.clone().set_font_color(RED),
            title: bold.clone().set_font_size(14),
            line: plain.clone().set_font_color(GREY),
            head: bold
                .clone()
                .set_background_color(BLUE)
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter),
            body: Body::new(&plain),
            total: Body::new(&bold.set_border_top(FormatBorder::Thin)),
        }
    }
}

impl Body {
    fn new(base: &Format) -> Self {
        let number = |format: &str| base.clone().set_num_format(format);
        Self {
            text: number("@"),
            prose: base.clone(),
            integer: number("0"),
            points: number("#,##0"),
            money: number("#,##0.00"),
            time: number("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

/// A column: its title, and how many digits wide its values are.
pub(super) struct SheetColumn {
    pub(super) head: String,
    pub(super) width: u16,
}

/// Width of an id.
pub(super) const ID: u16 = 22;
/// Width of a name or a word.
pub(super) const NAME: u16 = 14;
/// Width of text to read.
pub(super) const PROSE: u16 = 60;
/// Width of a number.
pub(super) const NUMBER: u16 = 9;
/// Width of an amount of money.
pub(super) const MONEY: u16 = 13;
/// Width of a date with time.
pub(super) const TIME: u16 = 19;

/// Room for the button of a filter.
const BUTTON: u16 = 3;

impl SheetColumn {
    pub(super) fn new(head: impl Into<String>, width: u16) -> Self {
        Self { head: head.into(), width }
    }

    /// As wide as its values, and its title with the button beside it.
    pub(super) fn width(&self) -> u16 {
        let head: u16 = self.head.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        self.width.max(head.saturating_add(BUTTON))
    }
}
