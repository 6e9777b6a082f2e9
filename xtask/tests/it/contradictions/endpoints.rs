use super::{Case, assert_found, assert_problem, case};
use crate::fixture;
use crate::support::{CLEAR, LOG, SHARED, SPEC, USERS, VENDOR, Workspace};

const ID: &str = "id = \"gift_list\"";
const OUTPUT: &str = "type = \"GiftPage\"";
const NO_DAY: &str = "`seen` is a day, `yyyy-MM-dd`";

const CASES: &[Case] = &[
    case(SPEC, [ID, "id = \"GiftList\""], "GiftList", "an id is in `snake_case`, not `GiftList`"),
    case(SPEC, ["\"/gifts\"", "\"gifts\""], "path", "a path starts with a slash"),
    case(SPEC, ["2026-11-21", "November"], "November", NO_DAY),
    case(SHARED, ["2026-11-21", "2026-1-1"], "2026-1-1", NO_DAY),
    case(VENDOR, ["2026-11-20", "yesterday"], "yesterday", NO_DAY),
    case(
        SPEC,
        ["notes", "limit = \"host\"\nnotes"],
        "host",
        "an endpoint has either a `limit` of the vendor or its own `[rate]`",
    ),
    case(
        SPEC,
        ["notes", "limit = \"host\"\nnotes"],
        "host",
        "the vendor has no limit called `host`",
    ),
    case(
        SPEC,
        ["name = \"no_room\"", "name = \"page\" # twice"],
        "# twice",
        "there are two samples `page`",
    ),
    case(
        SPEC,
        ["name = \"no_room\"", "name = \"noRoom\""],
        "noRoom",
        "a sample's name is in `snake_case`, not `noRoom`",
    ),
    case(SPEC, [OUTPUT, "type = \"Present\""], ID, "the output's type `Present` isn't declared"),
    case(
        SPEC,
        [OUTPUT, "type = \"gifts\""],
        "type = \"gifts\"",
        "`gifts` is no type of an output: write `Name`, `rows<Name>` or `nothing`",
    ),
    case(
        SPEC,
        [OUTPUT, "type = \"rows<Gift>\""],
        ID,
        "only an object can be `empty`: rows are by themselves",
    ),
    case(
        SPEC,
        ["\"object<GiftTotal>\",", "\"object<GiftTotal>\", required = true,"],
        "object<GiftTotal>",
        "`paging` is required, so the output can't be `empty`",
    ),
    case(
        CLEAR,
        ["\"nothing\"", "\"nothing\"\nempty = true"],
        "points_clear",
        "only an object can be `empty`: rows are by themselves",
    ),
    case(
        USERS,
        ["type = \"UserPage\"", "type = \"UserPage\"\nrows_in = \"users\""],
        "rows_in",
        "only an output that is `rows<…>` has them in a member",
    ),
    case(
        LOG,
        ["by_time = true, ", ""],
        "id = \"points_log\"",
        "`needs_time` and `longest_days` go with `by_time`",
    ),
    case(
        LOG,
        ["by_user = true", "by_user = true, total = false"],
        "id = \"points_log\"",
        "`total = false` goes with pages that tell a total",
    ),
    case(
        SPEC,
        ["zh = \"礼物列表\"", "zh = \" \""],
        "Lists gifts",
        "neither language of a text may be empty",
    ),
];

#[test]
fn of_an_endpoint() {
    assert_found(CASES);
}

#[test]
fn an_output_that_can_be_empty_but_is_shared() {
    let workspace = Workspace::new();
    let spec = fixture::LIST.replace("name = \"GiftTotal\"", "name = \"GiftSum\"");
    workspace.write(SPEC, &spec.replace(OUTPUT, "type = \"GiftTotal\""));
    let shared = format!(
        "{}\n[[types]]\nname = \"GiftTotal\"\ndoc = {{ en = \"A sum.\", zh = \"总数\" }}\nfields = []\n",
        fixture::SHARED
    );
    workspace.write(SHARED, &shared);
    let message = "an output that can be `empty` has its type in the same file";
    assert_problem(&workspace, &workspace.problem(SPEC, ID, message));
}

#[test]
fn a_file_that_is_no_module() {
    let workspace = Workspace::new();
    let file = "crates/vendor-specs/specs/acme/gift/giftList.toml";
    workspace.write(file, fixture::LIST);
    workspace.remove(SPEC);
    let message = "the file is a module: call it in `snake_case`, not `giftList`";
    assert_problem(&workspace, &workspace.problem(file, ID, message));
}

#[test]
fn two_endpoints_of_one_id() {
    let workspace = Workspace::new();
    let second = "crates/vendor-specs/specs/acme/gift/second.toml";
    workspace.write(second, fixture::LIST);
    let message = "another endpoint of the vendor is called `gift_list`, too";
    assert_problem(&workspace, &workspace.problem(second, ID, message));
}
