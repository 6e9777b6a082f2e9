use std::{env, fmt::Write, fs, path::Path};

use live_rewards_ledger::{Column, ColumnType, SCHEMA_VERSION, TABLES, Table};

/// Written anew where this variable is set: `UPDATE_DOCS=1 cargo test --package live-rewards-ledger schema`.
const UPDATE: &str = "UPDATE_DOCS";

#[test]
fn the_document_says_what_the_description_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SCHEMA.md");
    let described = document();
    if env::var_os(UPDATE).is_some() {
        fs::write(&path, &described).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(written, described, "run it again with {UPDATE}=1");
}

fn document() -> String {
    let mut text = format!(
        "# Tables of rewards\n\n\
         Schema version {SCHEMA_VERSION}. Made from the description of the tables; the README says what is common to all of them.\n"
    );
    for table in TABLES {
        section(&mut text, table);
    }
    text
}

fn section(text: &mut String, table: &Table) {
    let Table { name, label, columns, .. } = table;
    write!(text, "\n## {name}\n\n{} · {}\n\n", label.en, label.zh).unwrap();
    text.push_str(
        "| column | type | key | required | English | 中文 |\n|---|---|---|---|---|---|\n",
    );
    for column in columns.iter().skip(1) {
        let Column { name, key, required, label, .. } = column;
        let mark = |is: bool| if is { "✓" } else { "" };
        writeln!(
            text,
            "| `{name}` | {} | {} | {} | {} | {} |",
            kind(column.kind),
            mark(*key),
            mark(*required),
            label.en,
            label.zh
        )
        .unwrap();
    }
}

fn kind(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Fen => "integer, fen",
        ColumnType::Points => "integer, points",
        ColumnType::Flag => "integer, 0 or 1",
        ColumnType::Time => "integer, ms since 1970",
        other => panic!("{other:?}"),
    }
}
