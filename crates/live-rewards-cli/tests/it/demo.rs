use std::{fs, path::Path};

use crate::run::{code, command, stderr, stdout};

fn demo(out: &Path, arguments: &[&str]) -> std::process::Output {
    command(&["demo", "--out", out.to_str().unwrap()]).args(arguments).output().unwrap()
}

/// Rows of a table of a vendor, and the sum of a column.
fn sum(out: &Path, file: &str, vendor: &str, column: &str) -> (usize, i64) {
    let mut csv = csv::Reader::from_path(out.join(file)).unwrap();
    let header = csv.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<i64> = csv
        .records()
        .map(Result::unwrap)
        .filter(|row| row[at("vendor")] == *vendor)
        .map(|row| {
            assert_eq!((&row[at("schema_version")], &row[at("demo")]), ("1", "true"));
            row[at(column)].parse().unwrap()
        })
        .collect();
    (rows.len(), rows.iter().sum())
}

#[test]
fn demo_tells_the_whole_story() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new").join("folder");
    let output = demo(&out, &[]);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    insta::assert_snapshot!(stderr(&output), @r"
    Emulating a month of three vendors …
    Syncing …
    Syncing again, seven hours later …
    Reconciling …
    Writing the files …
    ");
    let shown = stdout(&output).replace(out.to_str().unwrap(), "OUT");
    let (_, ending) = shown.split_once("All sums").unwrap();
    insta::assert_snapshot!(ending, @r"
     agree with the emulator's ground truth to the fen, and the checks found all 27 planted defects.

    Open these; all of it is DEMO data:
      OUT/report.html  the report, in a browser
      OUT/rewards.xlsx  the workbook
      OUT/*.csv  the rows, a file a table
      OUT/ledger.sqlite  the ledger, for reconcile, export and report --ledger
    ");

    // The files agree with the table.
    let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
    for vendor in ["xiaoe", "polyv"] {
        let line = shown.lines().find(|line| line.contains(vendor)).unwrap();
        let cells: Vec<&str> = line.split_whitespace().filter(|cell| *cell != "│").collect();
        let (packets, issued) = sum(&out, "red_packets.csv", vendor, "issued_fen");
        let (claims, claimed) = sum(&out, "claims.csv", vendor, "amount_fen");
        assert!(packets >= 300 && claims >= 3000, "{shown}");
        let expected = [packets.to_string(), claims.to_string(), yuan(issued), yuan(claimed)];
        assert_eq!(cells[1..5], expected);
    }
    let names: Vec<_> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
    for name in ["report.html", "rewards.xlsx", "claims.csv"] {
        let digest = fs::read_to_string(out.join(format!("{name}.sha256"))).unwrap();
        assert!(digest.ends_with(&format!("  {name}\n")), "{digest}");
    }
    assert!(fs::read(out.join("rewards.xlsx")).unwrap().starts_with(b"PK"));
    let report = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(report.contains("示例数据") && !report.contains("<script"));

    // The ledger is one like others.
    let ledger = out.join("ledger.sqlite");
    let reconcile = ["reconcile", "--ledger", ledger.to_str().unwrap(), "--fail-on", "error"];
    assert_eq!(code(&command(&reconcile).output().unwrap()), Some(6));
}

#[test]
fn a_demo_takes_the_place_of_a_demo_and_of_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.sqlite");
    fs::write(&ledger, "something else").unwrap();
    let output = demo(folder.path(), &[]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("is no demo's ledger and stays; choose another --out"));
    assert_eq!(fs::read_to_string(&ledger).unwrap(), "something else");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    fs::remove_file(&ledger).unwrap();
    assert_eq!(code(&demo(folder.path(), &[])), Some(0));
    let first = fs::read(&ledger).unwrap();
    let chinese = demo(folder.path(), &["--seed", "2", "--lang", "zh"]);
    assert_eq!(code(&chinese), Some(0), "{}", stderr(&chinese));
    assert!(stdout(&chinese).contains("27 处预设缺陷全部查出"));
    assert_ne!(fs::read(&ledger).unwrap(), first);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let out = folder.path().to_str().unwrap();
    let output = command(&["demo", "--out", out]).stdout(writer).output().unwrap();
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    assert!(folder.path().join("report.html").exists());
}
