use crate::run::{code, command, files, stderr, stdout};

#[test]
fn demo_writes_four_files_that_agree_with_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new").join("folder");
    let output = command(&["demo", "--out", out.to_str().unwrap()]).output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
    let shown = stdout(&output);
    let end = format!(
        "Files in {}, in place of any of the same name: red_packets.csv, claims.csv, gifts.csv, points_accounts.csv\n\
         All sums agree with the emulator's ground truth to the fen.\n",
        out.display()
    );
    assert!(shown.ends_with(&end), "{shown}");
    let files = files(&out);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["claims.csv", "gifts.csv", "points_accounts.csv", "red_packets.csv"]);

    let line = |vendor: &str| -> Vec<&str> {
        let line = shown.lines().find(|line| line.contains(vendor)).unwrap();
        line.split_whitespace().filter(|cell| *cell != "│").collect()
    };
    let sum = |file: &str, vendor: &str, column: &str| -> (usize, i64) {
        let mut csv = csv::Reader::from_reader(files[file].as_bytes());
        let header = csv.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let rows: Vec<i64> = csv
            .records()
            .map(Result::unwrap)
            .filter(|row| row[at("vendor")] == *vendor)
            .map(|row| {
                assert_eq!(&row[at("schema_version")], "1");
                row[at(column)].parse().unwrap()
            })
            .collect();
        (rows.len(), rows.iter().sum())
    };
    let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
    for vendor in ["xiaoe", "polyv"] {
        let cells = line(vendor);
        let (packets, issued) = sum("red_packets.csv", vendor, "issued_fen");
        let (claims, claimed) = sum("claims.csv", vendor, "amount_fen");
        assert!(packets >= 300 && claims >= 300, "{shown}");
        assert_eq!(
            cells[1..5],
            [packets.to_string(), claims.to_string(), yuan(issued), yuan(claimed)]
        );
    }
    let (gifts, points) = sum("gifts.csv", "yxt", "charged_points");
    assert!(gifts >= 300);
    assert_eq!(line("yxt")[6..8], [gifts.to_string(), points.to_string()]);
    let (accounts, points) = sum("points_accounts.csv", "xiaoe", "available");
    assert!(accounts >= 300);
    assert_eq!(line("xiaoe")[8..10], [accounts.to_string(), points.to_string()]);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command(&["demo", "--out", out]).stdout(writer).output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
}
