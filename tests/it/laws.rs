//! What the fuzz targets find out about arbitrary bytes, here on made-up ones.

use std::{
    fs,
    path::{Path, PathBuf},
};

use live_rewards_fuzz as laws;
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};

proptest! {
    #[test]
    fn amounts_are_what_their_characters_say(
        // Long runs of a digit, where rounding and the end of what is read show.
        text in "-?(0|[1-9][0-9]{0,4}(0{0,28}|9{0,28}))(\\.[0-9]{0,6}(0{1,36}|9{1,36})[0-9]{1,3})?([eE][-+]?[0-9]{1,2})?\
            |-?[0-9]{1,20}|[-+0-9.eE]{0,50}",
    ) {
        laws::amounts(&text);
    }

    #[test]
    fn times_round_trip(
        text in "[0-9]{4}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,10})?\
            |-?[0-9]{1,15}|[0-9]{4}-0[1-9]-[0-2][0-9]T[01][0-9]:[0-5][0-9]:[0-6][0-9](Z|\\+08:00)",
    ) {
        laws::times(&text);
    }

    #[test]
    fn callbacks_are_events_or_refused(head in "(application/(json|xml))?\n([a-zA-Z]{1,12}=[ -~]{0,12}&?){0,6}\n", body in bodies()) {
        let mut callback = head.into_bytes();
        callback.extend(body);
        laws::callbacks(&callback);
    }

    #[test]
    fn cursors_are_refused_by_all_but_their_own(text in cursors()) {
        laws::cursors(&text);
    }

    #[test]
    fn answers_end_in_an_output_or_a_fit_error(head in heads(), body in bodies()) {
        let mut answer = head.into_bytes();
        answer.extend(body);
        laws::envelope(&answer);
    }

    #[test]
    fn pages_are_read_into_no_more_than_they_held(body in bodies()) {
        laws::rows(&body);
    }
}

/// Some of queries that the law asks, most of others.
fn cursors() -> impl Strategy<Value = String> {
    let listings = select(vec![
        "xiaoe.red_packets.4e34fa4c1587cad6",
        "xiaoe.claims.39da5813d57e1aae",
        "xiaoe.claims.4e34fa4c1587cad6",
        "xiaoe.points_accounts.934db06cff5f1319",
        "xiaoe.points_entries.babfd46ac21aa452",
        "xiaoe.users.84b24683aaeeabc1",
        "polyv.red_packets.2e4cdc857adba905",
        "polyv.claims.2e4cdc857adba905",
        "yxt.gifts.eda2768b18f58d74",
    ]);
    let listings = listings.prop_map(str::to_owned);
    let others = "(xiaoe|polyv|yxt)\\.(red_packets|claims|gifts|points_accounts)\\.[0-9a-f]{16}";
    let listings = prop_oneof![listings, others];
    let places = "((([po][0-9]{1,10}|o[0-9]{11,20}|s)|t(~7b~22id~22~3a[0-9]~7d|[0-9a-z]{1,3})\
            |m2025-0[4-7]\\.2025-0[56]\\.[0-9]{1,3}\\.[0-9]{1,3})\\.([0-9]{1,2}|[0-9]{1,10})\
            (\\.(p|[a-z]{1,3}|~e7~ba~a2)\\.(end|[po][0-9]{1,10}\\.[0-9]{1,9}))?)";
    (listings, places).prop_map(|(listing, place)| format!("1.{listing}.{place}"))
}

/// Status, content type, `Retry-After` and `Date`, a line each.
fn heads() -> impl Strategy<Value = String> {
    let types = select(vec!["", "application/json", "text/html; charset=gbk", "x y"]);
    let dates = prop_oneof![
        select(vec!["", "Fri, 12 Aug 2022 03:48:46 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"])
            .prop_map(str::to_owned),
        "[0-9]{1,20}",
    ];
    let statuses = prop_oneof![Just(200_u16), 100_u16..600];
    (statuses, types, dates.clone(), dates)
        .prop_map(|(status, kind, after, date)| format!("{status}\n{kind}\n{after}\n{date}\n"))
}

/// The vendors' samples, damaged in some places.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        select(vec![
            "null", "[]", "{}", "\"\"", "\"", "{", "[", "]", "}", ",", "-1", "1e400", "\\ud800",
            "\\n", "200", "2008",
        ])
        .prop_map(|token| token.as_bytes().to_vec()),
        any::<u8>().prop_map(|byte| vec![byte]),
        "\\PC{200,1400}".prop_map(String::into_bytes),
    ];
    let damage = (any::<Index>(), 0..8_usize, token);
    (select(samples()), vec(damage, 0..6)).prop_map(|(mut body, damages)| {
        for (at, out, token) in damages {
            let at = at.index(body.len() + 1);
            let end = body.len().min(at + out);
            body.splice(at..end, token);
        }
        body
    })
}

fn samples() -> Vec<Vec<u8>> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/vendor-specs/specs");
    let mut paths = json_files(&specs);
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                return json_files(&path);
            }
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            is_json.then_some(path).into_iter().collect()
        })
        .collect()
}
