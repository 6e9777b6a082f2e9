//! What is made of the fixture, file by file.

use insta::assert_snapshot;

use crate::support::{
    CLEAR, CRATE_README, DOCUMENT, EMULATOR_README, ENDPOINT, LOG, SPEC, USERS, Workspace,
};

const GENERATED: &str = "crates/acme-api/src/generated";
const TABLES: &str = "crates/live-rewards-emulator/src/generated";

#[test]
fn a_spec_becomes_a_typed_endpoint() {
    assert_snapshot!("endpoint", Workspace::generated().read(ENDPOINT));
}

#[test]
fn shared_labels_become_enums_of_their_own_module() {
    let shared = Workspace::generated().read("crates/acme-api/src/generated/gift/shared.rs");
    assert_snapshot!("shared", shared);
}

#[test]
fn a_listing_by_month_has_labels_days_and_a_path_of_its_own() {
    let log = Workspace::widely_generated().read(&format!("{GENERATED}/points/log.rs"));
    assert_snapshot!("month", log);
}

#[test]
fn a_listing_by_cursor_has_what_is_inside_other_values() {
    let users = Workspace::widely_generated().read(&format!("{GENERATED}/points/users.rs"));
    assert_snapshot!("cursor", users);
}

#[test]
fn a_write_that_answers_nothing_has_no_types() {
    let clear = Workspace::widely_generated().read(&format!("{GENERATED}/points/clear.rs"));
    assert_snapshot!("nothing", clear);
}

#[test]
fn a_write_refuses_what_the_vendor_does_not_take() {
    let workspace = Workspace::wide();
    let parameters = r#"[[parameters]]
name = "points"
type = "count"
required = true
least = 1
example = 5
doc = { en = "Points.", zh = "积分" }

[[parameters]]
name = "reasons"
type = "text_list"
max_items = 3
doc = { en = "Reasons.", zh = "原因" }

[output]"#;
    workspace.replace(CLEAR, "[output]", parameters);
    let run = workspace.codegen(&[]);
    assert!(run.success, "{:#?}", run.problems);
    let clear = workspace.read(&format!("{GENERATED}/points/clear.rs"));
    let (_, check) = clear.split_once("    fn check").unwrap();
    let (check, _) = check.split_once("\n    }\n").unwrap();
    let lines: Vec<_> = check.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "(&self) -> Result<()> {",
            r#"at_least("points", self.points, 1)?;"#,
            r#"at_most("reasons", self.reasons.as_ref().map_or(0, Vec::len), 3)?;"#,
            "Ok(())",
        ]
    );
}

#[test]
fn an_object_may_be_read_like_a_row_and_a_list_may_be_none() {
    let workspace = Workspace::new();
    workspace.replace(SPEC, "object<GiftTotal>", "row<GiftTotal>");
    let totals =
        r#"type = "list<GiftTotal>", optional = true, doc = { en = "Totals.", zh = "总数" }"#;
    let next = "  { name = \"sentAt\"";
    workspace.replace(SPEC, next, &format!("  {{ name = \"totals\", {totals} }},\n{next}"));
    let run = workspace.codegen(&[]);
    assert!(run.success, "{:#?}", run.problems);
    let endpoint = workspace.read(ENDPOINT);
    for lines in [
        "output.paging.first().and_then(|paging| paging.total),",
        "    /// How many there are; at most one.\n    #[serde(default, deserialize_with = \"wire::row\")]\n    \
            pub paging: Rows<GiftTotal>,",
        "    #[serde(default, deserialize_with = \"wire::optional::list\")]\n    \
            pub totals: Option<Vec<GiftTotal>>,",
    ] {
        assert!(endpoint.contains(lines), "{lines}\n{endpoint}");
    }
}

#[test]
fn a_total_counts_unless_the_spec_says_otherwise() {
    let workspace = Workspace::wide();
    workspace.replace(SPEC, "by_time = true }", "by_time = true, total = false }");
    workspace.replace(USERS, "by = \"ids\"", "by = \"all\"");
    let run = workspace.codegen(&[]);
    assert!(run.success, "{:#?}", run.problems);
    for (module, called, total) in
        [("gift/list", "capability().by_time();", false), ("points/users", "capability();", true)]
    {
        let code = workspace.read(&format!("{GENERATED}/{module}.rs"));
        let lines = format!(
            "ListingCapability = {{\n        let mut capability = Self::PAGING.{called}\n        \
                capability.total = {total};\n        capability\n    }};"
        );
        assert!(code.contains(&lines), "{lines}\n{code}");
    }
    let readme = workspace.read("README.md");
    assert!(
        readme.contains("| 20, no total |") && readme.contains("| 50, by cursor, total known |")
    );
    let calls = workspace.read(CRATE_README);
    assert!(calls.contains("| 20, total known |"));
}

#[test]
fn the_last_page_that_a_vendor_gives_is_told() {
    let workspace = Workspace::wide();
    workspace.replace(LOG, "max_size = 50", "max_size = 50\nlast_page = 1000");
    let run = workspace.codegen(&[]);
    assert!(run.success, "{:#?}", run.problems);
    assert!(
        workspace.read(&format!("{GENERATED}/points/log.rs")).contains("last_page: Some(1000),")
    );
    assert!(workspace.read(DOCUMENT).contains("\"maximum\": 1000"));
}

#[test]
fn what_all_areas_share_is_a_module_of_the_crate() {
    let workspace = Workspace::widely_generated();
    assert_snapshot!("everywhere", workspace.read(&format!("{GENERATED}/shared.rs")));
    let modules = workspace.read(&format!("{GENERATED}/mod.rs"));
    let declared = modules.lines().filter(|line| line.contains("mod ")).collect::<Vec<_>>();
    assert_eq!(declared, ["mod codes;", "pub mod gift;", "pub mod points;", "pub mod shared;"]);
}

#[test]
fn modules_name_their_areas() {
    let workspace = Workspace::generated();
    assert_eq!(
        workspace.read("crates/acme-api/src/generated/mod.rs"),
        "\
// @generated by `cargo xtask codegen` from specs/acme. Do not edit.

//! The endpoints of Acme.
//!
//! How requests are authorised, which the client does by itself:
//!
//! - A token is good for a day.
//!
//! Source: <https://example.com/token> (official page, archived copy read 2026-11-20).

mod codes;
pub mod gift;

pub(crate) use codes::CODES;
"
    );
    assert_eq!(
        workspace.read("crates/acme-api/src/generated/gift/mod.rs"),
        "\
// @generated by `cargo xtask codegen` from specs/acme/gift. Do not edit.

//! Gifts (礼物).

mod list;
mod shared;

pub use list::*;
pub use shared::*;
"
    );
}

#[test]
fn known_errors_become_a_table() {
    let codes = Workspace::generated().read("crates/acme-api/src/generated/codes.rs");
    assert_snapshot!("codes", codes);
}

#[test]
fn samples_become_tests() {
    let tests = Workspace::generated().read("crates/acme-api/tests/it/samples.rs");
    assert_snapshot!("samples", tests);
}

#[test]
fn the_emulator_gets_routes_samples_and_errors() {
    let workspace = Workspace::generated();
    assert_snapshot!("emulator", workspace.read(&format!("{TABLES}/acme.rs")));
    assert_eq!(
        workspace.read(&format!("{TABLES}/mod.rs")),
        "\
// @generated by `cargo xtask codegen` from specs. Do not edit.

pub(crate) mod acme;
mod samples;
"
    );
    assert_eq!(
        workspace.read(&format!("{TABLES}/samples/mod.rs")),
        "\
// @generated by `cargo xtask codegen` from specs. Do not edit.

pub(super) mod acme;
"
    );
}

#[test]
fn the_emulator_gets_every_kind_of_route() {
    let workspace = Workspace::widely_generated();
    assert_snapshot!("routes", workspace.read(&format!("{TABLES}/acme.rs")));
    assert_snapshot!("answers", workspace.read(&format!("{TABLES}/samples/acme.rs")));
}

#[test]
fn a_vendor_becomes_an_openapi_document() {
    let document = Workspace::generated().read(DOCUMENT);
    assert_snapshot!("openapi", document.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn what_only_some_calls_have_is_in_the_openapi_document() {
    let document = Workspace::widely_generated().read(DOCUMENT);
    assert_snapshot!("wide_openapi", document.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn the_tests_of_samples_are_asked_with_examples() {
    let tests = Workspace::widely_generated().read("crates/acme-api/tests/it/samples.rs");
    assert_snapshot!("wide_samples", tests);
}

#[test]
fn readmes_of_crates_get_their_tables() {
    let workspace = Workspace::widely_generated();
    assert_snapshot!("calls", workspace.read(CRATE_README));
    assert_snapshot!("served", workspace.read(EMULATOR_README));
    assert_snapshot!("capabilities", workspace.read("README.md"));
}

#[test]
fn a_readme_in_chinese_gets_the_table_in_chinese() {
    let workspace = Workspace::wide();
    workspace.write("README.zh-CN.md", &workspace.read("README.md"));
    assert!(workspace.codegen(&[]).success);
    let readme = workspace.read("README.zh-CN.md");
    let filters = readme.lines().filter_map(|line| line.split(" | ").nth(4)).collect::<Vec<_>>();
    let log = "用户、类型、月份、时间（必填，至多 31 天）";
    assert_eq!(filters, ["筛选", "用户（至多 50 个）、时间", log, "id（至多 1 个）"]);
    assert!(readme.contains("| 50，按游标，有总数 |"));
}

#[test]
fn the_readme_gets_a_table_of_capabilities() {
    assert_eq!(
        Workspace::generated().read("README.md"),
        "\
# Acme

<!-- generated: capabilities -->

| Vendor | Reads | Call | Claims | Filters | Page | Rate limit | Evidence |
|---|---|---|---|---|---|---|---|
| Acme | gifts | [`POST /gifts`](https://example.com/gifts) | – | users (at most 50), time \
| 20, total known | 20000 in 60 s an application | official page; published sample |

<!-- /generated -->

The end.
"
    );
}
