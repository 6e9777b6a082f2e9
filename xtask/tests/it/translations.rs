use std::fs;

/// Pages that there are in both languages, without their endings.
const PAGES: [&str; 4] = [
    "README",
    "docs/finance-guide",
    "crates/live-rewards-ledger/docs/bank",
    "crates/live-rewards-ledger/docs/checks",
];

#[test]
fn both_languages_have_the_same_headings_and_code() {
    for page in PAGES {
        let texts = ["md", "zh-CN.md"].map(|ending| {
            let path = format!("{}/../{page}.{ending}", env!("CARGO_MANIFEST_DIR"));
            fs::read_to_string(path).unwrap()
        });
        let [english, chinese] = texts.each_ref().map(|text| outline(text));
        assert!(english.len() > 1, "{page} has no headings");
        assert_eq!(english, chinese, "{page}");
    }
}

/// The levels of the headings and the lines of the code, in order, without comments: these are in the page's language.
fn outline(text: &str) -> Vec<&str> {
    let mut outline = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            outline.push(line);
        } else if is_code {
            let code = line.split("# ").next().unwrap_or_default().trim_end();
            if !code.is_empty() {
                outline.push(code);
            }
        } else if let Some((level, _)) = line.split_once(' ')
            && level.starts_with('#')
        {
            outline.push(level);
        }
    }
    outline
}

#[test]
fn an_outline_leaves_out_what_is_in_a_language() {
    let page = "# One\n\nText # no head\n\n```sh\n# why\nrun it   # again\n\n#[x]\n```\n\n## Two\n";
    assert_eq!(outline(page), ["#", "```sh", "run it", "#[x]", "```", "##"]);
}
