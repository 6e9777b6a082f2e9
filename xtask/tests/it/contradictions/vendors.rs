use std::fs;

use super::{Case, assert_found, assert_problem, case};
use crate::support::{VENDOR, Workspace};

const BASE_URL: &str = "a base URL is `https://host`, without a slash at its end";
const TOLD_BY: &str = "an error is told either by its `code` or by what its `message_contains`";

const CASES: &[Case] = &[
    case(
        VENDOR,
        ["id = \"acme\"", "id = \"apex\""],
        "apex",
        "a vendor's id is its folder's name, not `apex`",
    ),
    case(
        VENDOR,
        ["service = \"Acme\"", "service = \"acme\""],
        "service",
        "`acme` is no name of a type",
    ),
    case(VENDOR, ["https://api", "http://api"], "base_url", BASE_URL),
    case(VENDOR, ["api.example.com", "api.example.com/"], "base_url", BASE_URL),
    case(VENDOR, ["code = \"7\"\n", ""], "/errors", TOLD_BY),
    case(
        VENDOR,
        ["code = \"7\"\n", "code = \"7\"\nmessage_contains = \"room\"\n"],
        "/errors",
        TOLD_BY,
    ),
    case(
        VENDOR,
        ["code = \"7\"", "message_contains = \"flat\""],
        "flat",
        "the attested message doesn't contain `flat`",
    ),
    case(
        VENDOR,
        ["name = \"app\"", "name = \"token\""],
        "headers",
        "there are two parameters of the authorisation called `token`",
    ),
    case(VENDOR, ["status = 400", "status = 99"], "/errors", "99 is no HTTP status of an error"),
];

#[test]
fn of_a_vendor() {
    assert_found(CASES);
}

#[test]
fn two_of_one_name() {
    let limit = "[[limits]]\nname = 'host'\nscope = 'address'\nrequests = 1\nwindow_seconds = 1\n\
                 source = 'somewhere'\ngrade = 'official'\n";
    let error = "[[errors]]\ncode = '7'\nstatus = 400\nkind = 'vendor'\nagain = 'no'\n\
                 meaning = { en = 'No.', zh = '无' }\nsource = 'somewhere'\ngrade = 'official'\n";
    let by_message = error.replace("code = '7'", "message_contains = 'no'");
    for (block, mark, message) in [
        (limit, "name = 'host'", "there are two limits called `host`"),
        (error, "code = '7'", "there are two errors with code `7`"),
        (by_message.as_str(), "message_contains = 'no'", "there are two errors with message `no`"),
    ] {
        let workspace = Workspace::new();
        let second = block.replace(mark, &format!("{mark} # twice"));
        let vendor = format!("{}\n{block}\n{second}", workspace.read(VENDOR));
        workspace.write(VENDOR, &vendor.replacen("code = \"7\"", "code = \"8\"", 1));
        assert_problem(&workspace, &workspace.problem(VENDOR, "# twice", message));
    }
}

#[test]
fn an_area_that_is_not_described() {
    let workspace = Workspace::new();
    workspace.replace(VENDOR, "gift = {", "room = {");
    let described = "`[areas]` describes `room`, but there is no such folder";
    let missing = "`[areas]` must say what the folder `gift` holds";
    assert_eq!(
        workspace.problems(),
        [format!("{VENDOR}: {described}"), format!("{VENDOR}: {missing}")]
    );
}

#[test]
fn an_area_that_is_no_module() {
    let workspace = Workspace::new();
    let specs = workspace.path("crates/vendor-specs/specs/acme");
    fs::rename(specs.join("gift"), specs.join("Gifts")).unwrap();
    workspace.replace(VENDOR, "gift = {", "Gifts = {");
    let message = "the folder `Gifts` is a module: call it in `snake_case`";
    assert_eq!(workspace.problems(), [format!("{VENDOR}: {message}")]);
}

#[test]
fn a_file_beside_the_vendor_that_is_no_spec() {
    let workspace = Workspace::new();
    let notes = "crates/vendor-specs/specs/acme/notes.toml";
    workspace.write(notes, "");
    let message = "is no spec: beside `vendor.toml` stand `shared.toml` and areas";
    assert_eq!(workspace.problems(), [format!("{notes}: {message}")]);
}

#[test]
fn a_folder_without_a_vendor() {
    let workspace = Workspace::new();
    workspace.remove(VENDOR);
    let problems = workspace.problems();
    assert!(problems[0].starts_with(&format!("{VENDOR}: can't be read: ")), "{problems:#?}");
}
