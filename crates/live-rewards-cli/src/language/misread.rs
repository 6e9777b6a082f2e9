use live_rewards_ledger::Language;

use super::language;

/// What serde says of a text that it can't read, on one line, in the language of this run.
pub(crate) fn misread(message: &str) -> String {
    match language() {
        Language::Chinese => chinese(message),
        _ => message.trim_end().replace('\n', " "),
    }
}

/// What this command says itself is in Chinese already; all else that isn't known is a parser's.
fn chinese(message: &str) -> String {
    // TOML's errors name the key behind.
    let (message, key) = match message.trim_end().rsplit_once("\nin `") {
        Some((message, key)) => (message, format!("`{key}：")),
        None => (message.trim_end(), String::new()),
    };
    let told = told(message).unwrap_or_else(|| untold(message));
    format!("{key}{told}")
}

fn untold(message: &str) -> String {
    if message.chars().any(|c| c >= '\u{2e80}') {
        return message.replace('\n', " ");
    }
    "语法有误".to_owned()
}

fn told(message: &str) -> Option<String> {
    let (what, of) = [
        "unknown field ",
        "unknown variant ",
        "missing field ",
        "duplicate field ",
        "invalid type: ",
        "invalid value: ",
        "expected ",
    ]
    .into_iter()
    .find_map(|what| Some((what, message.strip_prefix(what)?)))?;
    let (one, expected) = of.split_once(", expected ").unwrap_or((of, ""));
    let known = if expected.is_empty() {
        String::new()
    } else {
        let names = expected.trim_start_matches("one of ");
        format!("；可用的有：{}", names.replace(", ", "、").replace(" or ", "、"))
    };
    Some(match what {
        "unknown field " => format!("不认识的字段 {one}{known}"),
        "unknown variant " => format!("不认识的值 {one}{known}"),
        "missing field " => format!("缺少字段 {one}"),
        "duplicate field " => format!("字段 {one} 重复"),
        "invalid type: " => format!("{} 类型不对，应为{}", found(one), type_name(expected)),
        "invalid value: " => format!("{} 不对，应为{}", found(one), type_name(expected)),
        _ => format!("应为 {one}"),
    })
}

/// A value as serde tells it, as ``integer `0` ``.
fn found(value: &str) -> String {
    let names = [
        ("string ", "文本 "),
        ("integer ", "整数 "),
        ("floating point ", "小数 "),
        ("boolean ", "布尔值 "),
        ("map", "表"),
        ("sequence", "数组"),
    ];
    let name = names.into_iter().find_map(|(en, zh)| Some((zh, value.strip_prefix(en)?)));
    name.map_or_else(|| value.to_owned(), |(zh, rest)| format!("{zh}{rest}"))
}

fn type_name(expected: &str) -> &str {
    match expected {
        "a string" | "path string" => "文本",
        "a boolean" => " true 或 false",
        "a map" => "表",
        "a sequence" => "数组",
        "i64" | "u64" | "i32" | "u32" | "u16" => "整数",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_says_is_told_in_chinese() {
        let told: Vec<_> = [
            "unknown field `vendr`, expected one of `id`, `account`",
            "unknown field `x`, expected `env`",
            "missing field `vendor`\nin `accounts.a`\n",
            "duplicate field `id`",
            "invalid type: string \"a\", expected i64\nin `sync.read_ahead`",
            "invalid type: integer `1`, expected a string",
            "unknown variant `md4`, expected `md5` or `sha256`",
            "unclosed string\nin the middle",
            "没有叫 x 的平台\nin `accounts.a`",
        ]
        .into_iter()
        .map(chinese)
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        不认识的字段 `vendr`；可用的有：`id`、`account`
        不认识的字段 `x`；可用的有：`env`
        `accounts.a`：缺少字段 `vendor`
        字段 `id` 重复
        `sync.read_ahead`：文本 "a" 类型不对，应为整数
        整数 `1` 类型不对，应为文本
        不认识的值 `md4`；可用的有：`md5`、`sha256`
        语法有误
        `accounts.a`：没有叫 x 的平台
        "#);
    }
}
