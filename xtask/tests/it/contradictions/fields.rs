//! Fields that several objects have, and what only some fields have.

use super::{Case, assert_found, assert_problem, case};
use crate::support::{EVERYWHERE, LOG, SHARED, USERS, Workspace};
use crate::{fixture, points};

const CASES: &[Case] = &[
    case(
        LOG,
        ["includes = [\"person\"]", "includes = [\"people\"]"],
        "includes",
        "there is no set of fields `people`",
    ),
    case(
        LOG,
        ["{ name = \"at\"", "{ name = \"nickname\""],
        "\"nickname\"",
        "there are two fields `nickname`",
    ),
    case(LOG, ["also = \"time\"", "also = \"kind\""], "also", "there are two fields `kind`"),
    case(
        LOG,
        ["includes = [\"person\"]", "includes = [\"person\", \"person\"]"],
        "includes",
        "`person` has a `userId`, which is there already",
    ),
    case(
        EVERYWHERE,
        ["name = \"nickname\"", "name = \"userId\""],
        "Nickname",
        "there are two fields `userId`",
    ),
    case(
        EVERYWHERE,
        ["\"text\"", "\"label<Kind>\""],
        "label<Kind>",
        "`nickname` has a type that isn't declared",
    ),
    case(
        EVERYWHERE,
        ["name = \"person\"", "name = \"Person\""],
        "\"Person\"",
        "a set of fields is called in `snake_case`, not `Person`",
    ),
    case(
        EVERYWHERE,
        ["name = \"person\"", "name = \"people\""],
        "\"people\"",
        "no type includes `people`",
    ),
    case(EVERYWHERE, ["2026-11-21", "today"], "today", "`seen` is a day, `yyyy-MM-dd`"),
    case(
        USERS,
        ["object<PageInfo>", "json"],
        "total_items",
        "`paging.count` is no count of the output, nor of an object in it",
    ),
    case(
        USERS,
        ["\"embedded<Prize>\",", "\"embedded<Prize>\", required = true,"],
        "embedded",
        "`embedded<…>` is never `required`",
    ),
    case(
        USERS,
        ["\"list<yuan>\",", "\"list<yuan>\", required = true,"],
        "list<yuan>",
        "a list is never `required`: a missing one is empty",
    ),
    case(USERS, ["list<yuan>", "list<flag>"], "list<flag>", "`list<flag>` is no type of a field"),
    case(
        USERS,
        ["\"embedded<Prize>\"", "\"embedded<Price>\""],
        "embedded<Price>",
        "`prize` has a type that isn't declared",
    ),
    case(
        LOG,
        ["type = \"decimal\"", "type = \"yuan\""],
        "unit_by",
        "only a `decimal` has its unit by another field",
    ),
    case(
        LOG,
        ["field = \"kind\"", "field = \"nickname\""],
        "unit_by",
        "`nickname` is no `label<…>` of the same object",
    ),
    case(LOG, ["2 = \"fen\"", "9 = \"fen\""], "unit_by", "`ChangeKind` has no label `9`"),
    case(LOG, ["{ 1 = \"yuan\", 2 = \"fen\" }", "{ }"], "unit_by", "no label of `kind` has a unit"),
];

#[test]
fn of_fields() {
    assert_found(CASES);
}

#[test]
fn two_sets_of_fields_of_one_name() {
    let workspace = Workspace::wide();
    let set = points::SHARED.split_once("[[field_sets]]").unwrap().1;
    let second = format!("{}\n[[field_sets]]{set}", fixture::SHARED);
    workspace.write(SHARED, &second);
    let message = "another set of fields is called `person`, too";
    assert_problem(&workspace, &workspace.problem(SHARED, "\"person\"", message));
}

#[test]
fn a_type_of_all_areas_that_no_call_has() {
    let workspace = Workspace::wide();
    workspace.replace(USERS, "object<PageInfo>", "object<Page>");
    let message = "no call has a `PageInfo`";
    assert_problem(&workspace, &workspace.problem(EVERYWHERE, "\"PageInfo\"", message));
}

#[test]
fn an_empty_output_that_includes_what_is_required() {
    let workspace = Workspace::wide();
    let output = "type = \"UserPage\"";
    workspace.replace(USERS, output, &format!("{output}\nempty = true"));
    let page = "zh = \"一页用户\" }\n";
    workspace.replace(USERS, page, &format!("{page}includes = [\"person\"]\n"));
    let message = "`userId` is required, so the output can't be `empty`";
    assert_problem(&workspace, &workspace.problem(USERS, "includes", message));
}
