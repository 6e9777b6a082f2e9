//! What the files hold, and what may be in another one.

use super::*;

#[test]
fn what_may_be_in_the_next_file_is_suspended() {
    let (_folder, mut ledger, stamp) = synced();
    write(
        &mut ledger,
        &stamp,
        &[
            packet("before", None, "2026-01-09 10:00:00", 100),
            packet("within", None, "2026-01-11 10:00:00", 300),
            packet("edge", None, "2026-01-12 23:59:59", 400),
            packet("after", None, "2026-01-13 00:00:00", 500),
        ],
    );
    // The file tells its days itself; a line of its first day may belong to the day before.
    let lines = "2026-01-10,-1\n2026-01-12,-9\n";
    let (report, rows) = matched(&mut ledger, lines, &BankOptions::default());
    assert_eq!(report.from, Some(at("2026-01-10 00:00:00")));
    assert_eq!(report.until, Some(at("2026-01-13 00:00:00")));
    assert_eq!(report.at_edge, 1);
    assert_eq!(
        rows,
        [
            "matched amount_and_day | red_packet [\"before\"] 1.00 | 1: out 1.00",
            "missing_at_bank  | red_packet [\"within\"] 3.00 | -",
            "missing_in_ledger  | - | 2: out 9.00",
            "suspended edge | red_packet [\"edge\"] 4.00 | -",
        ]
    );
}

#[test]
fn only_hours_are_the_edge_of_lines_with_times() {
    let (_folder, mut ledger, stamp) = synced();
    write(
        &mut ledger,
        &stamp,
        &[
            packet("early", None, "2026-01-10 01:59:59", 100),
            packet("first", None, "2026-01-10 02:00:00", 200),
            packet("last", None, "2026-01-10 21:59:59", 300),
            packet("late", None, "2026-01-10 22:00:00", 400),
        ],
    );
    let lines = "2026-01-10 12:00:00,-9,,红包\n";
    let rows = |ledger: &mut Ledger, options| matched(ledger, lines, &options).1;
    let found = rows(&mut ledger, BankOptions::default());
    assert_eq!(
        found,
        [
            "missing_at_bank  | red_packet [\"first\"] 2.00 | -",
            "missing_at_bank  | red_packet [\"last\"] 3.00 | -",
            "missing_in_ledger  | - | 1: out 9.00",
            "suspended edge | red_packet [\"early\"] 1.00 | -",
            "suspended edge | red_packet [\"late\"] 4.00 | -",
        ]
    );
    // What lines are about makes no difference to the days that the file holds.
    let business = BankOptions { business: vec!["退".to_owned()], ..BankOptions::default() };
    assert_eq!(rows(&mut ledger, business).len(), 4);
    let precise = BankOptions { hour_slack: 0, ..BankOptions::default() };
    assert!(rows(&mut ledger, precise).iter().all(|row| row.starts_with("missing")));
    assert!(rows(&mut ledger, january()).iter().all(|row| row.starts_with("missing")));
}

#[test]
fn several_files_are_one() {
    let (_folder, mut ledger, stamp) = synced();
    write(
        &mut ledger,
        &stamp,
        &[
            packet("midnight", None, "2026-01-10 23:59:59", 100),
            packet("gap", None, "2026-01-12 12:00:00", 200),
            packet("fourth", None, "2026-01-13 12:00:00", 300),
        ],
    );
    let format: BankFormat = "date=1,amount=2,id=3".parse().unwrap();
    let mut match_files = |texts: &[&str], options: &BankOptions| {
        let mut files: Vec<_> =
            texts.iter().map(|text| BankFile::read(text.as_bytes(), &format).unwrap()).collect();
        let report = ledger.match_bank(&mut files, options).unwrap();
        let mut rows = Vec::new();
        for class in BankClass::ALL {
            let each = report.each(&ledger, *class, |row| {
                rows.push(format!("{:?} {}", row.file, shown(&row)));
                Ok::<_, LedgerError>(())
            });
            each.unwrap();
        }
        let warnings = files.iter().enumerate().flat_map(|(index, file)| {
            file.warnings().iter().map(move |warning| format!("{index}: {warning}"))
        });
        (rows, warnings.collect::<Vec<_>>())
    };
    let texts = [
        "2026-01-13 10:00:00,-5,F4\n",
        "2026-01-10 10:00:00,-4,F1\n",
        "2026-01-10 10:00:00,-4,F1\n2026-01-11 00:00:01,-1,F2\n2026-01-11 10:00:00,-4,F1\n",
        "",
    ];
    let (rows, warnings) = match_files(&texts, &BankOptions::default());
    assert_eq!(
        rows,
        [
            "Some(2) matched amount_and_day | red_packet [\"midnight\"] 1.00 | 2: out 1.00",
            "None missing_at_bank  | red_packet [\"fourth\"] 3.00 | -",
            "Some(0) missing_in_ledger  | - | 1: out 5.00",
            "Some(1) missing_in_ledger  | - | 1: out 4.00",
            "Some(2) missing_in_ledger  | - | 3: out 4.00",
            "None suspended edge | red_packet [\"gap\"] 2.00 | -",
        ]
    );
    assert_eq!(
        warnings,
        [
            "0: no file has lines of 2026-01-12 up to before 2026-01-13; give the files of these days, or from and until if they had no lines",
            "2: lines that were there before: 1, the first at line 1; they count once",
            "3: no line is about money that came or went; check the file and its format",
        ]
    );
    let (rows, warnings) = match_files(&texts[..3], &january());
    assert!(rows.contains(&"None missing_at_bank  | red_packet [\"gap\"] 2.00 | -".to_owned()));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let without_id = ["2026-01-10,-4\n", "2026-01-10,-4\n2026-01-11,-4\n"];
    let (rows, warnings) = match_files(&without_id, &january());
    assert_eq!(rows.iter().filter(|row| row.contains("out 4.00")).count(), 3);
    assert_eq!(
        warnings,
        [
            "1: another file has lines of the same days; what is in both counts twice unless the mapping has id"
        ]
    );
}

#[test]
fn a_file_that_breaks_off_leaves_nothing() {
    let (_folder, mut ledger, _stamp) = synced();
    let format: BankFormat = "date=1,amount=2".parse().unwrap();
    let read = |text: &'static str| BankFile::read(text.as_bytes(), &format).unwrap();
    let mut files = [read("2026-01-09,-1\n"), read("2026-01-10,-1\n2026-01-10,x\n")];
    let error = ledger.match_bank(&mut files, &january()).unwrap_err();
    assert_eq!(error.to_string(), "file 2: line 2: \"x\" is no amount: not a number");
    assert_eq!(matched(&mut ledger, "2026-01-10,-1\n", &january()).1.len(), 1);
}
