//! The regions of READMEs that follow from the specs.

mod calls;
mod capabilities;
mod cells;
mod language;
mod not_offered;
mod served;

use std::path::Path;
use std::{fs, io};

use vendor_specs::{Problem, Specs};

use self::language::Language;
use super::plan::Planned;

const END: &str = "<!-- /generated -->";

/// A generated part of a file.
struct Region {
    /// Its name in the marker before it.
    name: &'static str,
    text: String,
}

impl Region {
    fn start(&self) -> String {
        format!("<!-- generated: {} -->\n", self.name)
    }
}

/// The READMEs that there are, with their regions.
pub(crate) fn plan(root: &Path, specs: &Specs) -> Result<Vec<Planned>, Problem> {
    let mut planned = Vec::new();
    for (file, language) in
        [("README.md", Language::English), ("README.zh-CN.md", Language::Chinese)]
    {
        let text = capabilities::table(specs, language);
        planned.extend(filled(root, Path::new(file), [Region { name: "capabilities", text }])?);
    }
    for vendor in &specs.vendors {
        let file = Path::new("crates").join(vendor.spec.crate_name.as_str()).join("README.md");
        let regions = [
            Region { name: "calls", text: calls::table(vendor) },
            Region { name: "not offered", text: not_offered::table(vendor) },
        ];
        planned.extend(filled(root, &file, regions)?);
    }
    let file = Path::new("crates/live-rewards-emulator/README.md");
    let region = Region { name: "served", text: served::table(specs) };
    planned.extend(filled(root, file, [region])?);
    Ok(planned)
}

/// A file with these regions, if there is one.
fn filled(
    root: &Path,
    file: &Path,
    regions: impl IntoIterator<Item = Region>,
) -> Result<Option<Planned>, Problem> {
    let mut text = match fs::read_to_string(root.join(file)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::of(file, format!("can't be read: {error}"))),
    };
    for region in regions {
        text = replaced(file, &text, &region)?;
    }
    Ok(Some(Planned { path: file.to_owned(), text, shows_samples: false }))
}

fn replaced(file: &Path, text: &str, region: &Region) -> Result<String, Problem> {
    let start = region.start();
    let Some((before, rest)) = text.split_once(&start) else {
        let message = format!(
            "has no place for the table `{}`: write `{}` and `{END}`",
            region.name,
            start.trim_end()
        );
        return Err(Problem::of(file, message));
    };
    match rest.split_once(END) {
        Some((inside, after)) if !inside.contains("<!-- generated:") => {
            Ok(format!("{before}{start}\n{}\n{END}{after}", region.text))
        }
        _ => {
            let message = format!("the generated region has no end: write `{END}`");
            Err(Problem::of(file, message).at_line(before.lines().count() + 1))
        }
    }
}

/// A table in Markdown; each row is its cells.
fn markdown<const CELLS: usize>(
    titles: [&str; CELLS],
    rows: impl Iterator<Item = [String; CELLS]>,
) -> String {
    let mut table = format!("| {} |\n|{}\n", titles.join(" | "), "---|".repeat(CELLS));
    for row in rows {
        table.extend(["| ", &row.join(" | "), " |\n"]);
    }
    table
}
