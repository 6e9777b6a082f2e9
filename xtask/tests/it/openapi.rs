//! The OpenAPI documents: of the fixture, and those in this workspace.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{DOCUMENT, ENDPOINT, PAGE, Workspace};

/// The document in the vendor's crate, and the one that the emulator serves.
const BOTH: [&str; 2] = [DOCUMENT, "crates/live-rewards-emulator/src/generated/openapi/acme.json"];

#[test]
fn the_documents_can_be_made_alone() {
    let workspace = Workspace::new();
    assert_eq!(workspace.openapi(&[]).changes, BOTH.map(|file| format!("wrote {file}")));
    assert!(workspace.openapi(&["--check"]).success);
    assert!(!workspace.path(ENDPOINT).exists());
    let alone = workspace.read(DOCUMENT);
    assert_eq!(alone, Workspace::generated().read(DOCUMENT));
}

#[test]
fn a_document_that_differs() {
    let workspace = Workspace::generated();
    workspace.replace(DOCUMENT, "\"gift_list\"", "\"gifts\"");
    let message = "isn't what the specs make: run `cargo xtask codegen`";
    let problem = workspace.problem(DOCUMENT, "\"gifts\"", message);
    assert_eq!(workspace.problems(), std::slice::from_ref(&problem));
    assert_eq!(workspace.openapi(&["--check"]).problems, [problem]);
}

#[test]
fn a_sample_is_in_the_document_as_it_is() {
    let workspace = Workspace::generated();
    workspace.replace(PAGE, "0.50", "0.500");
    assert_eq!(workspace.openapi(&[]).changes, BOTH.map(|file| format!("wrote {file}")));
    assert!(workspace.read(DOCUMENT).contains("\"price\": 0.500,"));
}

#[test]
fn no_document_is_made_while_a_sample_is_wrong() {
    let workspace = Workspace::new();
    workspace.replace(PAGE, "0.50", "\"dear\"");
    let run = workspace.openapi(&[]);
    assert!(!run.success);
    assert_eq!(run.problems.len(), 1, "{:#?}", run.problems);
    assert!(!workspace.path(DOCUMENT).exists());
}

#[test]
fn a_document_of_no_vendor_is_removed() {
    let workspace = Workspace::generated();
    let old = "crates/apex-api/openapi.json";
    workspace.write(old, &workspace.read(DOCUMENT));
    let message = "no spec makes this file: run `cargo xtask codegen`, which removes it";
    assert_eq!(workspace.problems(), [format!("{old}: {message}")]);
    assert_eq!(workspace.codegen(&[]).changes, [format!("removed {old}")]);
    workspace.write(old, "{}\n");
    assert!(workspace.codegen(&["--check"]).success);
}

/// The documents of this workspace.
fn documents() -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let homes = fs::read_dir(root.join("crates")).unwrap();
    let files = homes.map(|home| home.unwrap().path().join("openapi.json"));
    let documents = files.filter(|file| file.exists());
    documents
        .map(|file| serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap())
        .collect()
}

#[test]
fn every_vendor_has_a_document_with_operations_of_unique_names() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/vendor-specs/specs");
    let documents = documents();
    assert_eq!(documents.len(), fs::read_dir(specs).unwrap().count());
    for document in documents {
        let paths = document["paths"].as_object().unwrap();
        let mut ids = BTreeSet::new();
        for operation in paths.values().flat_map(|path| path.as_object().unwrap().values()) {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id}");
        }
        assert!(!ids.is_empty());
    }
}

#[test]
fn every_reference_leads_somewhere() {
    for document in documents() {
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(!references.is_empty());
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }
}

fn collect<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").map(|reference| reference.as_str().unwrap()));
            for member in members.values() {
                collect(member, references);
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(item, references);
            }
        }
        _ => {}
    }
}
