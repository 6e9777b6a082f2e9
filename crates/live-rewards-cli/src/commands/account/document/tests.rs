use super::*;

fn document(text: &str) -> Document {
    Document { path: "live-rewards.toml".into(), toml: text.parse().unwrap() }
}

fn added(text: &str, name: &str) -> String {
    let mut document = document(text);
    assert!(!document.has(name));
    let mut secret = InlineTable::new();
    secret.insert("env", "SECRET".into());
    let settings = vec![
        ("vendor", "polyv".into()),
        ("app_id", "a\"b".into()),
        ("app_secret", Value::InlineTable(secret)),
    ];
    document.add(name, settings);
    document.check().unwrap();
    assert!(document.has(name));
    document.toml.to_string()
}

fn removed(text: &str, name: &str) -> String {
    let mut document = document(text);
    document.remove(name);
    document.check().unwrap();
    document.toml.to_string()
}

const COMMENTED: &str = "\
# ours
ledger = 'x.sqlite'   # beside

[accounts.a] # the first
vendor = 'yxt'
app_key = 'k' # a key
app_secret = { env = 'X' }
# the end of a

[sync]
read_ahead = 2

# examples:
#[accounts.b]
";

#[test]
fn an_account_comes_last_and_all_else_stays() {
    insta::assert_snapshot!(added(COMMENTED, "一号店"), @r#"
    # ours
    ledger = 'x.sqlite'   # beside

    [accounts.a] # the first
    vendor = 'yxt'
    app_key = 'k' # a key
    app_secret = { env = 'X' }
    # the end of a

    [sync]
    read_ahead = 2

    # examples:
    #[accounts.b]

    [accounts."一号店"]
    vendor = "polyv"
    app_id = 'a"b'
    app_secret = { env = "SECRET" }
    "#);
    assert_eq!(removed(&added(COMMENTED, "b"), "b"), COMMENTED);
}

#[test]
fn an_account_goes_with_its_own_comment_only() {
    let text = COMMENTED.replace("[accounts.a]", "# All accounts.\n\n# of a\n[accounts.a]");
    insta::assert_snapshot!(removed(&text, "a"), @r"
    # ours
    ledger = 'x.sqlite'   # beside

    # All accounts.

    # the end of a

    [sync]
    read_ahead = 2

    # examples:
    #[accounts.b]
    ");
    let last = "[accounts.a]\nvendor='yxt'\napp_key='k'\napp_secret={env='X'}\n\n# Ours.\n\n# of b\n[accounts.b]\nvendor='yxt'\napp_key='k'\n[accounts.b.app_secret]\nenv='X'\n";
    insta::assert_snapshot!(removed(last, "b"), @r"
    [accounts.a]
    vendor='yxt'
    app_key='k'
    app_secret={env='X'}

    # Ours.
    ");
}

#[test]
fn accounts_may_be_written_in_other_ways() {
    for text in [
        "",
        "[accounts]\n",
        "accounts = {}\n",
        "accounts.a = { vendor = 'yxt', app_key = 'k', app_secret = { env = 'X' } }\n",
        "accounts.a.vendor = 'yxt'\naccounts.a.app_key = 'k'\naccounts.a.app_secret.env = 'X'\n",
    ] {
        let with_b = added(text, "b");
        let with_b_and_c = added(&with_b, "c");
        let config = Config::parse(&removed(&with_b_and_c, "b"), Path::new("x")).unwrap();
        assert!(config.accounts().any(|(name, _)| name == "c"), "{text}");
        assert!(config.accounts().all(|(name, _)| name != "b"), "{text}");
    }
}

#[test]
fn a_file_keeps_its_permissions_and_its_links() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("live-rewards.toml");
    fs::write(&path, "ledger = 'x'\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("link.toml");
        symlink(&path, &link).unwrap();
        Document::read(link.clone()).unwrap().save().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        fs::remove_file(link).unwrap();
    }
    let mut document = Document::read(path.clone()).unwrap();
    document.add("b", vec![("vendor", "polyv".into())]);
    document.save().unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("[accounts.b]"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_can_not_be_read_is_told_without_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("live-rewards.toml");
    fs::write(&path, "[accounts.a]\napp_secret = 'hidden\n").unwrap();
    let failure = Document::read(path).err().unwrap();
    assert!(failure.text().contains("line 2") && !failure.text().contains("hidden"));
}
