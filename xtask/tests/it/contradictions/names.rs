//! Names that the generated code can't have.

use std::fs;

use super::{Case, assert_found, case};
use crate::fixture;
use crate::support::{EVERYWHERE, LOG, SPEC, VENDOR, Workspace};

const SINCE: &str = "name = \"since\"";

const CASES: &[Case] = &[
    case(
        SPEC,
        ["\"sentAt\"", "\"gift_id\""],
        "\"gift_id\"",
        "`giftId` and `gift_id` are both `gift_id` in Rust",
    ),
    case(
        SPEC,
        [SINCE, "name = \"room_id\""],
        "\"room_id\"",
        "`roomId` and `room_id` are both `room_id` in Rust",
    ),
    case(SPEC, [SINCE, "name = \"self\""], "\"self\"", "`self` gives no name in Rust"),
    case(SPEC, ["\"sentAt\"", "\"时间\""], "\"时间\"", "`时间` gives no name in Rust"),
    case(
        SPEC,
        [SINCE, "name = \"new\""],
        "\"new\"",
        "a setter can't be called `new`: requests have a `new`",
    ),
    case(
        SPEC,
        [SINCE, "name = \"parameters\""],
        "\"parameters\"",
        "a setter can't be called `parameters`: requests have a `parameters`",
    ),
    case(
        SPEC,
        [SINCE, "name = \"at\""],
        "\"at\"",
        "a setter can't be called `at`: requests have a `at`",
    ),
    case(
        SPEC,
        [SINCE, "name = \"start\""],
        "\"start\"",
        "a setter can't be called `start`: requests have a `start`",
    ),
    case(
        SPEC,
        [SINCE, "name = \"path\""],
        "name = \"path\"",
        "a setter can't be called `path`: requests have a `path`",
    ),
    case(
        SPEC,
        [SINCE, "name = \"empty\""],
        "name = \"empty\"",
        "a setter can't be called `empty`: requests have a `empty`",
    ),
    case(
        EVERYWHERE,
        ["\"nickname\"", "\"user_id\""],
        "\"user_id\"",
        "`userId` and `user_id` are both `user_id` in Rust",
    ),
    case(
        LOG,
        ["{ name = \"at\"", "{ name = \"user_id\""],
        "\"user_id\"",
        "`userId` and `user_id` are both `user_id` in Rust",
    ),
];

#[test]
fn of_fields_and_parameters() {
    assert_found(CASES);
}

#[test]
fn of_a_file() {
    for name in ["codes", "mod", "type"] {
        let workspace = Workspace::new();
        let file = format!("crates/vendor-specs/specs/acme/gift/{name}.toml");
        workspace.write(&file, fixture::LIST);
        workspace.remove(SPEC);
        let message = format!("a module can't be called `{name}`: rename `{name}.toml`");
        let expected = workspace.problem(&file, "id = \"gift_list\"", &message);
        assert_eq!(workspace.problems(), [expected]);
    }
}

#[test]
fn of_a_folder() {
    for name in ["codes", "shared", "mod", "type"] {
        let workspace = Workspace::new();
        let specs = workspace.path("crates/vendor-specs/specs/acme");
        fs::rename(specs.join("gift"), specs.join(name)).unwrap();
        workspace.replace(VENDOR, "gift = {", &format!("{name} = {{"));
        let message = format!("a module can't be called `{name}`: rename `{name}/`");
        assert_eq!(workspace.problems(), [format!("{VENDOR}: {message}")]);
    }
}
